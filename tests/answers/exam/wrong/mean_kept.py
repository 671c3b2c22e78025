"""Only divides.

8a: The mean is not subtracted
8b: The mean is not subtracted
"""
# %% 8a-answer
layer_norm = [[8 / 3, 2 / 3], [0, 2]]
# %% 8b-answer
b = np.array(numbers.batch, dtype=float)
batch_norm = b / b.std(0)
