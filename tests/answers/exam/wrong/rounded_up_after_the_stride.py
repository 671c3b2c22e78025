"""56.

11b: The size after the stride is rounded up
"""
# %% 11b-answer
conv_shapes = [("B", 2, 220, 220)] * 3 + [("B", 4, 56, 56)] * 3
