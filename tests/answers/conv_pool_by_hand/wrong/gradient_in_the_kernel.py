"""Derives in B.

1D: This is dE/dB
"""
# %% 1D-answer
dE_dA = [[int(A[u : u + 3, v : v + 3].sum()) for v in range(3)] for u in range(3)]
