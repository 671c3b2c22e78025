"""Words for signs, lists for tuples, small letters."""
# %% 2A-answer
blanks = ["plus", "times", "x^2", "add", "minus"]
# %% 3B-recursion-answer
recursion = np.array([2**3, 26.0, 8])
# %% 3B-twice-answer
twice = [torch.tensor(48.0), 96, sympy.Integer(48)]
# %% 3C-answer
out_grad_is = " b "
# %% 3D-answer
matmul_returns = "c"
