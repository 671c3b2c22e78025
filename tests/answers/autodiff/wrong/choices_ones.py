"""Ones, and out_grad twice.

3C: D is true at the output only
3D: D: out_grad has the shape of the result
"""
# %% 3C-answer
out_grad_is = "D"
# %% 3D-answer
matmul_returns = "D"
