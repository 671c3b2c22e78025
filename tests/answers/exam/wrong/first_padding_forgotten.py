"""218.

11b: The padding of Conv1 is forgotten
"""
# %% 11b-answer
conv_shapes = [("B", 2, 218, 218)] * 3 + [("B", 4, 55, 55)] * 3
