"""TensorFlow's order.

11b: PyTorch writes the channels before
"""
# %% 11b-answer
conv_shapes = [("B", 220, 220, 2)] * 3 + [("B", 55, 55, 4)] * 3
