"""Thinks that p is trained.

4a: Dropout learns nothing
"""
# %% 4a-answer
parameters = {'Linear1': 18, 'LayerNorm1': 12, 'ReLU': 0, 'Dropout': 1, 'Linear2': 140, 'CrossEntropy': 0}
