"""v3 - v6.

5b: All signs are turned
"""
# %% 5b-answer
def adjoints(v1, v2, v3, v4, v5, v6):
    d = v6.shape[1]
    a6 = 2 / d * (v3 - v6)
    a5 = a6
    a4 = a5 * np.exp(v4) + a6
    return {"v7": 1.0, "v6": a6, "v5": a5, "v4": a4, "v3": -a6, "v2": v1.T @ a4, "v1": a4 @ v2.T}
# %% 5c-answer
values = {"v6": [[1, -1, -2, 2]], "v5": [[1, -1, -2, 2]], "v4": [[2, -2, -4, 4]], "v3": [[-1, 1, 2, -2]],
          "v2": [[2, -2, -4, 4], [4, -4, -8, 8]], "v1": [[-12, 6]]}
