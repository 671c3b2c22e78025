"""Sees no scale and shift.

4a: LayerNorm learns nothing by itself
11a: BatchNorm learns a scale and a shift
"""
# %% 4a-answer
parameters = {'Linear1': 18, 'LayerNorm1': 0, 'ReLU': 0, 'Dropout': 0, 'Linear2': 140, 'CrossEntropy': 0}
# %% 11a-answer
conv_parameters = [100, 0, 0, 76, 0, 0]
