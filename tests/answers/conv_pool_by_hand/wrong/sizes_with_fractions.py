"""Half outputs.

3A: The floor is forgotten
4A: The floor is forgotten
"""
# %% 3A-answer
size = ((32 - 3 + 2) / 2 + 1, (32 - 3 + 2) / 2 + 1)
# %% 4A-answer
output_shape = (16, 6.25, 6.25)
