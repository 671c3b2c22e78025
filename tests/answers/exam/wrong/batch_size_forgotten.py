"""Shapes of one example.

4b: The batch size is missing
11b: The batch size is missing
"""
# %% 4b-answer
shapes = {'z1': (6,), 'z2': (6,), 'z3': (6,), 'z4': (20,), 'z5': ()}
# %% 11b-answer
conv_shapes = [(2, 220, 220)] * 3 + [(4, 55, 55)] * 3
