"""Pools windows that lie beside the image: the padding may be more than half the window.

The Lp pooling overflows for large p, so the bonus makes nothing good.

2B: Sizes that do not fit give a result
"""
# %% 2B-answer
def windows(image, size, stride, padding):
    rows, columns = (output_size(side, size, stride, padding) for side in image.shape)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride - padding, j * stride - padding
        yield i, j, image[max(top, 0) : max(top + size, 0), max(left, 0) : max(left + size, 0)]

def pool(image, size, stride, padding, summary):
    found = list(windows(image, size, stride, padding))
    out = np.zeros((found[-1][0] + 1, found[-1][1] + 1))
    for i, j, pixels in found:
        out[i, j] = summary(pixels) if pixels.size else 0.0
    return out

def max_pool(image, size, stride, padding=0):
    return pool(image, size, stride, padding, np.max)

def avg_pool(image, size, stride, padding=0):
    return pool(image, size, stride, padding, np.mean)

def lp_pool(image, p, size, stride, padding=0):
    return pool(image, size, stride, padding, lambda pixels: (np.abs(pixels) ** p).sum() ** (1 / p))
