"""NumPy inside f: the graph is cut.

1B: The result is cut off from autograd
1C: The result is cut off from autograd
"""
# %% 1B-answer
def f(x):
    a = x.detach().numpy()
    y = 2 + a**3 + np.log(1 + a**3)
    return torch.from_numpy(np.asarray(np.sqrt(y) + np.sin(y))).to(x.dtype)
