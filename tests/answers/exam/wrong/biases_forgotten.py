"""Counts weights only.

4a: The biases of the linear layers are forgotten
11a: The biases are forgotten
"""
# %% 4a-answer
parameters = {'Linear1': 12, 'LayerNorm1': 12, 'ReLU': 0, 'Dropout': 0, 'Linear2': 120, 'CrossEntropy': 0}
# %% 11a-answer
conv_parameters = [98, 4, 0, 72, 8, 0]
