"""Forgets the + 1.

3A: One short
4A: One short
"""
# %% 3A-answer
size = (15, 15)
# %% 4A-answer
output_shape = (16, 5, 5)
