"""np.std(ddof=1), as pandas does.

8a: The variance is divided by n - 1
8b: The variance is divided by n - 1
"""
# %% 8a-answer
r = np.array(numbers.rows, dtype=float)
layer_norm = (r - r.mean(1, keepdims=True)) / r.std(1, keepdims=True, ddof=1)
# %% 8b-answer
b = np.array(numbers.batch, dtype=float)
batch_norm = (b - b.mean(0)) / b.std(0, ddof=1)
