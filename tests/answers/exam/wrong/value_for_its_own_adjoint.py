"""The adjoint of the loss is the loss, not 1; the others are right.

5b: 6 of 7 criteria are met; not yet: v7
"""
# %% 5b-answer
def adjoints(v1, v2, v3, v4, v5, v6):
    difference = v6 - v3
    a6 = difference * 2 / difference.size
    a4 = a6 * (1 + v5)
    a2, a1 = v1.T @ a4, a4 @ v2.T
    return {"v7": (difference**2).mean(), "v6": a6, "v5": a6, "v4": a4, "v3": -a6, "v2": a2, "v1": a1}
