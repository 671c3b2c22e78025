"""Collects the results in an array of integers.

1C-code: The result is stored as whole numbers
"""
# %% 1C-code-answer
def conv2d(image, kernel, stride, padding):
    H, W = image.shape[-2:]
    K, L = kernel.shape[-2:]
    if stride < 1 or padding < 0 or K > H + 2 * padding or L > W + 2 * padding:
        raise ValueError("does not fit")
    x = np.pad(image, [(0, 0)] * (image.ndim - 2) + [(padding, padding)] * 2)
    rows, columns = (H + 2 * padding - K) // stride + 1, (W + 2 * padding - L) // stride + 1
    out = np.zeros((*kernel.shape[:-3], rows, columns), dtype=int)
    for i in range(rows):
        for j in range(columns):
            window = x[..., i * stride : i * stride + K, j * stride : j * stride + L]
            out[..., i, j] = (window * kernel).sum(axis=tuple(range(-window.ndim, 0)))
    return out
# %% 2C-answer
max_of_C = [[109, 92], [110, 85]]
# %% 3B-answer
padded_output = [[-2, 0, 3, 10], [-2, 5, 3, 11], [-3, 7, -2, 13], [0, 3, 1, 5]]
