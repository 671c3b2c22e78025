"""count_include_pad, as PyTorch does by default.

2B: Padded cells are counted in the average
"""
# %% 2B-answer
def padded_windows(image, size, stride, padding, fill):
    if 2 * padding > size:
        raise ValueError("padding")
    rows, columns = (output_size(n, size, stride, padding) for n in image.shape)
    x = np.pad(image, padding, constant_values=fill)
    return [[x[i * stride : i * stride + size, j * stride : j * stride + size] for j in range(columns)] for i in range(rows)]

def max_pool(image, size, stride, padding=0):
    return np.array([[w.max() for w in row] for row in padded_windows(image, size, stride, padding, -np.inf)])

def avg_pool(image, size, stride, padding=0):
    return np.array([[w.mean() for w in row] for row in padded_windows(image, size, stride, padding, 0)])

def lp_pool(image, p, size, stride, padding=0):
    return np.array([[(abs(w) ** p).sum() ** (1 / p) for w in row] for row in padded_windows(image, size, stride, padding, 0)])
# %% 2C-answer
max_of_C = [[109, 92], [110, 85]]
# %% 3C-answer
pooled = [[4, 5], [3, 5]]
