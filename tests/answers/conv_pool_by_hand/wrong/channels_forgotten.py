"""Works for one channel only.

1C-code: -
"""
# %% 1C-code-answer
def conv2d(image, kernel, stride, padding):
    H, W = image.shape
    K, L = kernel.shape
    if stride < 1 or padding < 0 or K > H + 2 * padding or L > W + 2 * padding:
        raise ValueError("does not fit")
    x = np.pad(image, padding)
    rows, columns = (H + 2 * padding - K) // stride + 1, (W + 2 * padding - L) // stride + 1
    return np.array([[(x[i * stride : i * stride + K, j * stride : j * stride + L] * kernel).sum()
                      for j in range(columns)] for i in range(rows)])
# %% 2C-answer
max_of_C = [[109, 92], [110, 85]]
# %% 3B-answer
padded_output = [[-2, 0, 3, 10], [-2, 5, 3, 11], [-3, 7, -2, 13], [0, 3, 1, 5]]
