"""Counts running mean and variance.

4a: Mean and variance are calculated anew
11a: Running mean and variance are counted
"""
# %% 4a-answer
parameters = {'Linear1': 18, 'LayerNorm1': 24, 'ReLU': 0, 'Dropout': 0, 'Linear2': 140, 'CrossEntropy': 0}
# %% 11a-answer
conv_parameters = [100, 8, 0, 76, 16, 0]
