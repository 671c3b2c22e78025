"""as_strided views, in-place sums into float32, and np.vectorize for the pooling."""
# %% 1C-code-answer
def conv2d(image, kernel, stride=1, padding=0):
    if image.ndim == 3:
        return np.concatenate([sum(conv2d(x, k, stride, padding) for x, k in zip(image, one))[None] for one in kernel])
    rows = output_size(image.shape[0], kernel.shape[0], stride, padding)
    columns = output_size(image.shape[1], kernel.shape[1], stride, padding)
    x = np.ascontiguousarray(np.pad(image.astype(np.float64), padding))
    down, across = x.strides
    view = np.lib.stride_tricks.as_strided(
        x, (rows, columns, *kernel.shape), (down * stride, across * stride, down, across), writeable=False
    )
    return (view * kernel).sum((2, 3))
# %% 2B-answer
def each_window(image, size, stride, padding, f):
    rows = output_size(image.shape[0], size, stride, padding)
    columns = output_size(image.shape[1], size, stride, padding)
    if 2 * padding > size:
        raise ValueError("padding should be at most half of the window")
    def at(i, j):
        top, left = i * stride - padding, j * stride - padding
        return f(image[max(0, top) : max(0, top + size), max(0, left) : max(0, left + size)])
    return np.vectorize(at, otypes=[float])(*np.indices((rows, columns)))

def max_pool(image, size, stride, padding=0):
    return each_window(image, size, stride, padding, np.max)

def avg_pool(image, size, stride, padding=0):
    return each_window(image, size, stride, padding, np.average)

def lp_pool(image, p, size, stride, padding=0):
    return each_window(image, size, stride, padding, lambda x: np.power(np.sum(np.power(np.fabs(x), p)), 1 / p))
# %% 4B-answer
def min_pool(x, size, stride):
    return torch.max_pool2d(x * -1, (size, size), stride=(stride, stride)) * -1
