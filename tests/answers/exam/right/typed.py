"""Everything typed with literal numbers, letters in lower case."""
# %% 4a-answer
parameters = {"Linear1": 18, "LayerNorm1": 12, "ReLU": 0, "Dropout": 0, "Linear2": 140, "CrossEntropy": 0}
# %% 4b-answer
shapes = {"z1": ("B", 6), "z2": ("B", 6), "z3": ("B", 6), "z4": ("B", 20), "z5": ()}
# %% 5c-answer
values = {"v6": [[1, -1, -2, 2]], "v5": [[1, -1, -2, 2]], "v4": [[2, -2, -4, 4]], "v3": [[-1, 1, 2, -2]],
          "v2": [[2, -2, -4, 4], [4, -4, -8, 8]], "v1": [[-12, 6]]}
# %% 8a-answer
layer_norm = [[1, -1], [-1, 1]]
# %% 8b-answer
batch_norm = [[1, 1, 1], [-1, -1, -1]]
# %% 10a-answer
size = (19, 19)
# %% 10b-answer
output = [[1, 3, 2, 0], [3, 0, 9, 4], [-2, 10, -2, 10], [-2, 1, 5, 2]]
# %% 10c-answer
pooled = [[4, 5], [3, 4]]
# %% 11a-answer
conv_parameters = {"Conv1": 100, "BN1": 4, "ReLU1": 0, "Conv2": 76, "BN2": 8, "ReLU2": 0}
# %% 11b-answer
conv_shapes = dict.fromkeys(("Conv1", "BN1", "ReLU1"), ("B", 2, 220, 220)) | dict.fromkeys(("Conv2", "BN2", "ReLU2"), ("B", 4, 55, 55))
# %% 11c-answer
pool_kernel, in_features, out_features = "W6", "C6", "n_c"
# %% 3a-answer
choice_3a = 'b'
# %% 3b-answer
choice_3b = 'b'
# %% 3c-answer
choice_3c = 'a'
# %% 3d-answer
choice_3d = 'a'
# %% 6-answer
choice_6 = 'b'
# %% 7a-answer
choice_7a = 'a'
# %% 7b-answer
choice_7b = 'c'
# %% 7c-answer
choice_7c = 'd'
# %% 7d-answer
choice_7d = 'b'
# %% 8c-answer
choice_8c = 'c'
# %% 9a-answer
choice_9a = 'c'
# %% 9b-answer
choice_9b = 'd'
# %% 9c-answer
choice_9c = 'c'
# %% 11e-answer
choice_11e = 'd'
# %% 11f-answer
choice_11f = 'a'
# %% 12a-answer
choice_12a = 'b'
# %% 12b-answer
choice_12b = 'd'
# %% 12c-answer
choice_12c = 'd'
