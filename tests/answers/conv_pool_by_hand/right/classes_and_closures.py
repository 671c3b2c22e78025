"""Windows from a generator, poolings made by a function of functions, the size counted instead of calculated."""
# %% 1B-answer
def output_size(i, k, s, p, d=1):
    if s <= 0 or p < 0 or k <= 0 or i <= 0 or d <= 0:
        raise ValueError("sizes and strides are positive")
    places = [left for left in range(-p, i + p, s) if left + d * (k - 1) < i + p]
    if not places:
        raise ValueError("the kernel is larger than the padded image")
    return len(places)
# %% 1C-code-answer
def windows(image, K, L, stride, padding, dilation=1):
    rows = output_size(image.shape[-2], K, stride, padding, dilation)
    columns = output_size(image.shape[-1], L, stride, padding, dilation)
    for i in range(rows):
        for j in range(columns):
            a = i * stride - padding + dilation * np.arange(K)
            b = j * stride - padding + dilation * np.arange(L)
            yield i, j, rows, columns, a, b

def conv2d(image, kernel, stride=1, padding=0, dilation=1):
    out = {}
    for i, j, rows, columns, a, b in windows(image, *kernel.shape[-2:], stride, padding, dilation):
        inside_a, inside_b = (a >= 0) & (a < image.shape[-2]), (b >= 0) & (b < image.shape[-1])
        pixels = image[..., a[inside_a][:, None], b[inside_b]]
        weights = kernel[..., np.flatnonzero(inside_a)[:, None], np.flatnonzero(inside_b)]
        product = weights * pixels
        out[i, j] = product.sum() if image.ndim == 2 else product.sum(axis=(1, 2, 3))
    table = np.array([[out[i, j] for j in range(columns)] for i in range(rows)])
    return table if image.ndim == 2 else np.moveaxis(table, -1, 0)
# %% 2B-answer
def pooling(summary):
    def pool(image, size, stride, padding=0):
        if padding * 2 > size:
            raise ValueError("too much padding")
        out = {}
        for i, j, rows, columns, a, b in windows(image, size, size, stride, padding):
            a = [n for n in a if 0 <= n < image.shape[0]]
            b = [n for n in b if 0 <= n < image.shape[1]]
            out[i, j] = summary(image[np.ix_(a, b)])
        return np.array([[out[i, j] for j in range(columns)] for i in range(rows)])
    return pool

max_pool = pooling(np.amax)
avg_pool = pooling(lambda x: x.sum() / x.size)

def lp_pool(image, p, size, stride, padding=0):
    return pooling(lambda x: np.linalg.norm(x.ravel(), ord=p))(image, size, stride, padding)
