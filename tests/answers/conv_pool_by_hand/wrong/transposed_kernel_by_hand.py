"""Lays the kernel's rows where its columns belong.

1C: The kernel is transposed
1D: The kernel is transposed
"""
# %% 1C-answer
C = [[int((A[i : i + 3, j : j + 3] * B.T).sum()) for j in range(3)] for i in range(3)]
# %% 1D-answer
dE_dA = np.zeros((5, 5))
for i in range(3):
    for j in range(3):
        dE_dA[i : i + 3, j : j + 3] += B.T
