"""Convolves as in mathematics, on paper and in the code.

1C: The kernel is flipped: that is the convolution
1C-code: The kernel is flipped: that is the convolution
2C: C is not right: the kernel was flipped
3B: The kernel is flipped
"""
# %% 1C-answer
K = B[::-1, ::-1]
C = [[int((A[i : i + 3, j : j + 3] * K).sum()) for j in range(3)] for i in range(3)]
# %% 1C-code-answer
def conv2d(image, kernel, stride, padding):
    H, W = image.shape[-2:]
    K, L = kernel.shape[-2:]
    if stride < 1 or padding < 0 or K > H + 2 * padding or L > W + 2 * padding:
        raise ValueError("does not fit")
    x = np.pad(image, [(0, 0)] * (image.ndim - 2) + [(padding, padding)] * 2)
    rows, columns = (H + 2 * padding - K) // stride + 1, (W + 2 * padding - L) // stride + 1
    out = np.zeros((*kernel.shape[:-3], rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = x[..., i * stride : i * stride + K, j * stride : j * stride + L]
            out[..., i, j] = (window * kernel[..., ::-1, ::-1]).sum(axis=tuple(range(-window.ndim, 0)))
    return out
