"""219.

11b: The padding of Conv1 is on both sides
"""
# %% 11b-answer
conv_shapes = [("B", 2, 219, 219)] * 3 + [("B", 4, 55, 55)] * 3
