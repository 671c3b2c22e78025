"""576 in place of a shape.

4A: This is the number of outputs
"""
# %% 4A-answer
output_shape = 16 * 6 * 6
