"""Flattens without averaging.

11c: The window is 1
"""
# %% 11c-answer
pool_kernel, in_features, out_features = 1, "C6", "n_c"
