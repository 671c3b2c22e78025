"""No root.

8a: It is divided by the variance
8b: It is divided by the variance
"""
# %% 8a-answer
r = np.array(numbers.rows, dtype=float)
layer_norm = (r - r.mean(1, keepdims=True)) / r.var(1, keepdims=True)
# %% 8b-answer
b = np.array(numbers.batch, dtype=float)
batch_norm = (b - b.mean(0)) / b.var(0)
