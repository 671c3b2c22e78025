"""What comes back for what arrives; factors for products.

3C: C is d loss / d x
3D: B: the transposes are only one factor
"""
# %% 3C-answer
out_grad_is = "C"
# %% 3D-answer
matmul_returns = "B"
