"""Takes exp(0) for 0.

5c: exp(0) is 1, not 0
"""
# %% 5c-answer
x, W, y = (np.array(m, dtype=float) for m in (numbers.x, numbers.W, numbers.y))
a = (0 - y) / 2
values = {"v6": a, "v5": a, "v4": a, "v3": -a, "v2": x.T @ a, "v1": a @ W.T}
