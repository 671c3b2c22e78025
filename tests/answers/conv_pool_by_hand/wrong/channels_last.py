"""TensorFlow's order.

4A: PyTorch writes the channels first
"""
# %% 4A-answer
output_shape = (6, 6, 16)
