"""Forgets the shift.

4a: LayerNorm learns a scale and a shift for each feature, not one
11a: BatchNorm has a scale and a shift for each channel
"""
# %% 4a-answer
parameters = {'Linear1': 18, 'LayerNorm1': 6, 'ReLU': 0, 'Dropout': 0, 'Linear2': 140, 'CrossEntropy': 0}
# %% 11a-answer
conv_parameters = [100, 2, 0, 76, 4, 0]
