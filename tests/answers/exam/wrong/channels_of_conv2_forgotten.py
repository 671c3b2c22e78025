"""Filters of one channel.

11a: The input channels are forgotten
"""
# %% 11a-answer
conv_parameters = [100, 4, 0, 40, 8, 0]
