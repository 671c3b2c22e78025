"""C6 H6 W6 inputs.

11c: The linear layer sees one number for each channel
"""
# %% 11c-answer
pool_kernel, in_features, out_features = "H6", "C6*H6*W6", "n_c"
