"""The labels' adjoint with plus.

5c: The sign of v3's adjoint is wrong
"""
# %% 5c-answer
values = {'v6': [[1, -1, -2, 2]], 'v5': [[1, -1, -2, 2]], 'v4': [[2, -2, -4, 4]], 'v3': [[1, -1, -2, 2]], 'v2': [[2, -2, -4, 4], [4, -4, -8, 8]], 'v1': [[-12, 6]]}
