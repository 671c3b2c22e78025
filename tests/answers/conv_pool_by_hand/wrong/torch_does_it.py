"""F.conv2d behind a NumPy face.

1C-code: A library moves the window here
"""
# %% 1C-code-answer
def conv2d(image, kernel, stride, padding):
    x, w = torch.tensor(image, dtype=torch.float64), torch.tensor(kernel, dtype=torch.float64)
    if stride < 1 or padding < 0 or w.shape[-1] > x.shape[-1] + 2 * padding or w.shape[-2] > x.shape[-2] + 2 * padding:
        raise ValueError("does not fit")
    if x.dim() == 2:
        return F.conv2d(x[None, None], w[None, None], stride=stride, padding=padding)[0, 0].numpy()
    return F.conv2d(x[None], w, stride=stride, padding=padding)[0].numpy()
# %% 2C-answer
max_of_C = [[109, 92], [110, 85]]
# %% 3B-answer
padded_output = [[-2, 0, 3, 10], [-2, 5, 3, 11], [-3, 7, -2, 13], [0, 3, 1, 5]]
