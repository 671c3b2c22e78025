"""Adjoints with einsum and outer products, in torch's functions and as a list."""
# %% 5b-answer
def adjoints(v1, v2, v3, v4, v5, v6):
    difference = v6 - v3
    a6 = difference * 2 / difference.size
    a4 = a6 * (1 + v5)
    return [np.float64(1), a6, a6.copy(), a4, -a6, np.outer(v1, a4), np.einsum("id,kd->ik", a4, v2)]
# %% 5c-answer
values = {"v6": [[1, -1, -2, 2]], "v5": [[1, -1, -2, 2]], "v4": [[2, -2, -4, 4]], "v3": [[-1, 1, 2, -2]],
          "v2": [[2, -2, -4, 4], [4, -4, -8, 8]], "v1": [[-12, 6]]}
