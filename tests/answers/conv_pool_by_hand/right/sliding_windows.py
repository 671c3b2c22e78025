"""Sliding windows and einsum; the gradient by hand with np.add.at."""
# %% 1C-code-answer
def conv2d(image, kernel, stride=1, padding=0, dilation=1):
    flat = image.ndim == 2
    x = image[None] if flat else image
    w = kernel[None, None] if flat else kernel
    output_size(x.shape[1], w.shape[2], stride, padding, dilation)
    output_size(x.shape[2], w.shape[3], stride, padding, dilation)
    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    reach = [dilation * (n - 1) + 1 for n in w.shape[2:]]
    windows = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(1, 2))
    windows = windows[:, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("cijkl,ockl->oij", windows, w)
    return out[0] if flat else out

# %% 1D-code-answer
def conv2d_input_gradient(grad_out, kernel, stride, padding, input_shape):
    expected = tuple(output_size(n, k, stride, padding) for n, k in zip(input_shape, kernel.shape))
    if grad_out.shape != expected:
        raise ValueError("shape")
    i, j, u, v = np.indices((*grad_out.shape, *kernel.shape))
    padded = np.zeros([n + 2 * padding for n in input_shape])
    np.add.at(padded, (i * stride + u, j * stride + v), grad_out[:, :, None, None] * kernel)
    return padded[padding:, padding:][: input_shape[0], : input_shape[1]]

# %% 2B-answer
def windows_of(image, size, stride, padding, fill):
    if padding > size / 2:
        raise ValueError("padding")
    output_size(image.shape[0], size, stride, padding)
    output_size(image.shape[1], size, stride, padding)
    padded = np.pad(np.asarray(image, dtype=float), padding, constant_values=fill)
    return np.lib.stride_tricks.sliding_window_view(padded, (size, size))[::stride, ::stride]

def max_pool(image, size, stride, padding=0):
    return windows_of(image, size, stride, padding, -np.inf).max(axis=(2, 3))

def avg_pool(image, size, stride, padding=0):
    return np.nanmean(windows_of(image, size, stride, padding, np.nan), axis=(2, 3))

def lp_pool(image, p, size, stride, padding=0):
    return (np.abs(windows_of(image, size, stride, padding, 0)) ** p).sum(axis=(2, 3)) ** (1 / p)
