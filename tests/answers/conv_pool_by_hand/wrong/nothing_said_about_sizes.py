"""A kernel that is too large gives an empty array.

1C-code: Sizes that do not fit give a result
"""
# %% 1C-code-answer
def conv2d(image, kernel, stride, padding):
    x = np.pad(image, [(0, 0)] * (image.ndim - 2) + [(max(padding, 0),) * 2] * 2)
    K, L = kernel.shape[-2:]
    s = max(stride, 1)
    rows, columns = max(0, (x.shape[-2] - K) // s + 1), max(0, (x.shape[-1] - L) // s + 1)
    out = np.zeros((*kernel.shape[:-3], rows, columns))
    for i, j in np.ndindex(rows, columns):
        window = x[..., i * s : i * s + K, j * s : j * s + L]
        out[..., i, j] = (window * kernel).sum(axis=tuple(range(-window.ndim, 0)))
    return out
# %% 2C-answer
max_of_C = [[109, 92], [110, 85]]
# %% 3B-answer
padded_output = [[-2, 0, 3, 10], [-2, 5, 3, 11], [-3, 7, -2, 13], [0, 3, 1, 5]]
