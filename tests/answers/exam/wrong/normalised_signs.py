"""Mean minus x.

8a: The signs are turned
"""
# %% 8a-answer
layer_norm = [[-1, 1], [1, -1]]
