"""1d in place of 2d.

2A: The modules for signals (1d)
"""
# %% 2A-answer
pooling_modules = {"MaxPool1d", "AvgPool1d", "FractionalMaxPool1d", "LPPool1d", "AdaptiveMaxPool1d", "AdaptiveAvgPool1d"}
