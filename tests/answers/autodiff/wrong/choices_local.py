"""Local derivatives in both choices.

3C: A is the local derivative
3D: A: the Jacobians
"""
# %% 3C-answer
out_grad_is = "A"
# %% 3D-answer
matmul_returns = "A"
