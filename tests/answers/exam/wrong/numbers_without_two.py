"""1/4 in place of 2/4.

5c: The 2 of the square's slope is forgotten
"""
# %% 5c-answer
values = {name: (np.array(m) / 2).tolist() for name, m in {'v6': [[1, -1, -2, 2]], 'v5': [[1, -1, -2, 2]], 'v4': [[2, -2, -4, 4]], 'v3': [[-1, 1, 2, -2]], 'v2': [[2, -2, -4, 4], [4, -4, -8, 8]], 'v1': [[-12, 6]]}.items()}
