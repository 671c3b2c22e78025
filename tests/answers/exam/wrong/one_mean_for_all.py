"""Mean and deviation of the whole array.

8a: Mean and variance are taken over all four
8b: Mean and variance are taken over all six
"""
# %% 8a-answer
r = np.array(numbers.rows, dtype=float)
layer_norm = (r - r.mean()) / r.std()
# %% 8b-answer
b = np.array(numbers.batch, dtype=float)
batch_norm = (b - b.mean()) / b.std()
