"""A parameter for the loss, and one for every channel of a ReLU, as if they were trained.

4a: 5 of 6 criteria are met; not yet: CrossEntropy
11a: 4 of 6 criteria are met; not yet: ReLU1, ReLU2
"""
# %% 4a-answer
parameters = {"Linear1": 18, "LayerNorm1": 12, "ReLU": 0, "Dropout": 0, "Linear2": 140, "CrossEntropy": 1}
# %% 11a-answer
conv_parameters = {"Conv1": 100, "BN1": 4, "ReLU1": 2, "Conv2": 76, "BN2": 8, "ReLU2": 4}
