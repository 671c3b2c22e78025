"""Output first.

11c: Input and output of the linear layer
"""
# %% 11c-answer
pool_kernel, in_features, out_features = "H6", "n_c", "C6"
