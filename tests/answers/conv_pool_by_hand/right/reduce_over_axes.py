"""One axis after the other where that is possible; recursion for the channels; the size by counting floors."""
# %% 1B-answer
def output_size(i, k, s, p):
    """i: side, k: kernel, s: stride, p: padding"""
    room = i - k + 2 * p
    if room < 0 or min(s, k) < 1 or p < 0:
        raise ValueError(f"no place for a window of {k} in {i} with padding {p}")
    return 1 + int(room // s)
# %% 1C-code-answer
def conv2d(image, kernel, stride, padding):
    image, kernel = np.asarray(image), np.asarray(kernel)
    if kernel.ndim == 4:
        return np.stack([conv2d(image, one, stride, padding) for one in kernel])
    if kernel.ndim == 3:
        return sum(map(lambda pair: conv2d(*pair, stride, padding), zip(image, kernel)))
    H, W = image.shape
    rows, columns = output_size(H, kernel.shape[0], stride, padding), output_size(W, kernel.shape[1], stride, padding)
    padded = np.zeros((H + 2 * padding, W + 2 * padding))
    padded[padding : H + padding, padding : W + padding] += image
    return np.fromfunction(
        np.vectorize(lambda i, j: np.vdot(
            padded[int(i) * stride : int(i) * stride + kernel.shape[0], int(j) * stride : int(j) * stride + kernel.shape[1]],
            kernel)),
        (rows, columns))
# %% 2B-answer
def _sizes(image, size, stride, padding):
    if padding > size // 2:
        raise ValueError("padding > size / 2")
    return [output_size(n, size, stride, padding) for n in image.shape]

def _along(image, size, stride, padding, fill, f):
    rows, columns = _sizes(image, size, stride, padding)
    x = np.full((image.shape[0] + 2 * padding, image.shape[1] + 2 * padding), fill, dtype=float)
    x[padding : padding + image.shape[0], padding : padding + image.shape[1]] = image
    x = np.stack([f(x[i * stride : i * stride + size], axis=0) for i in range(rows)])
    return np.stack([f(x[:, j * stride : j * stride + size], axis=1) for j in range(columns)], axis=1)

def max_pool(image, size, stride, padding=0):
    return _along(image, size, stride, padding, float("-inf"), np.max)

def avg_pool(image, size, stride, padding=0):
    total = _along(image, size, stride, padding, 0.0, np.sum)
    return total / _along(np.ones_like(image), size, stride, padding, 0.0, np.sum)

def lp_pool(image, p, size, stride, padding=0):
    if p == math.inf:
        return _along(abs(image), size, stride, padding, 0.0, np.max)
    return _along(abs(image) ** p, size, stride, padding, 0.0, np.sum) ** (1 / p)
# %% 2D-answer
def factor(n):
    return n ** -1
p_for_max, p_for_average = float("inf"), 1
counterexample = np.array([[-1e3, 1.0], [0.5, 0.25]])
