"""Knows two and one that is none.

2A: -
"""
# %% 2A-answer
pooling_modules = {"MaxPool2d", "AvgPool2d", "Upsample"}
