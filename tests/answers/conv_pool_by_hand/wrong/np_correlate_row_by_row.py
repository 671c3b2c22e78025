"""np.correlate for every row.

1C-code: A library moves the window here
"""
# %% 1C-code-answer
from numpy import correlate as slide

def conv2d(image, kernel, stride, padding):
    if kernel.ndim == 4:
        return np.stack([sum(conv2d(x, w, stride, padding) for x, w in zip(image, one)) for one in kernel])
    if stride < 1 or padding < 0 or any(k > n + 2 * padding for k, n in zip(kernel.shape, image.shape)):
        raise ValueError("does not fit")
    x = np.pad(np.asarray(image, dtype=float), padding)
    rows = x.shape[0] - kernel.shape[0] + 1
    out = [sum(slide(x[i + u], kernel[u], "valid") for u in range(len(kernel))) for i in range(rows)]
    return np.array(out)[::stride, ::stride]
# %% 2C-answer
max_of_C = [[109, 92], [110, 85]]
# %% 3B-answer
padded_output = [[-2, 0, 3, 10], [-2, 5, 3, 11], [-3, 7, -2, 13], [0, 3, 1, 5]]
