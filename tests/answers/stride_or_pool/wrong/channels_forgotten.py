"""One input channel for every layer.

D-count: The input channels of the second convolution are forgotten.
"""
# %% D-count-answer
multiply_adds = {"pooled": [25 * 16 * 28 * 28, 25 * 32 * 14 * 14, 15680], "strided": [25 * 16 * 14 * 14, 25 * 32 * 7 * 7, 15680]}
