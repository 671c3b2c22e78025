"""Rounds 15.5 and 5.25 up.

3A: The size is rounded up
4A: The size is rounded up
"""
# %% 3A-answer
size = (17, 17)
# %% 4A-answer
output_shape = (16, 7, 7)
