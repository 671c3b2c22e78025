"""Everything typed, as a student with a pencil does; plain Python loops in the code; no bonus."""
# %% 1A-answer
size_of_C = [3, 3]
# %% 1B-answer
def output_size(i, k, s, p):
    if i < 1 or k < 1 or s < 1 or p < 0 or k > i + 2 * p:
        raise ValueError(f"{k} does not fit")
    return math.floor((i - k + 2 * p) / s) + 1
# %% 1C-answer
C = [[109, 92, 72], [108, 85, 74], [110, 74, 79]]
# %% 1C-code-answer
def conv2d(image, kernel, stride, padding):
    if image.ndim == 3:
        return np.array([sum(conv2d(image[c], one[c], stride, padding) for c in range(len(image))) for one in kernel])
    H, W = image.shape
    K, L = kernel.shape
    rows, columns = output_size(H, K, stride, padding), output_size(W, L, stride, padding)
    out = []
    for i in range(rows):
        row = []
        for j in range(columns):
            total = 0.0
            for u in range(K):
                for v in range(L):
                    a, b = i * stride + u - padding, j * stride + v - padding
                    if 0 <= a < H and 0 <= b < W:
                        total += image[a, b] * kernel[u, v]
            row.append(total)
        out.append(row)
    return np.array(out)
# %% 1D-answer
dE_dA = [[4, 7, 10, 6, 3], [9, 17, 25, 16, 8], [11, 23, 34, 23, 11], [7, 16, 24, 17, 8], [2, 6, 9, 7, 3]]
# %% 1D-code-answer
def conv2d_input_gradient(grad_out, kernel, stride, padding, input_shape):
    H, W = input_shape
    K, L = kernel.shape
    if len(grad_out) != output_size(H, K, stride, padding) or len(grad_out[0]) != output_size(W, L, stride, padding):
        raise ValueError("the shape of grad_out is not the output's")
    grad = [[0.0] * W for _ in range(H)]
    for a in range(H):
        for b in range(W):
            for i in range(len(grad_out)):
                for j in range(len(grad_out[0])):
                    u, v = a + padding - i * stride, b + padding - j * stride
                    if 0 <= u < K and 0 <= v < L:
                        grad[a][b] += grad_out[i, j] * kernel[u, v]
    return grad
# %% 2A-answer
pooling_modules = ["nn.MaxPool2d", "nn.AvgPool2d", "nn.FractionalMaxPool2d", "nn.LPPool2d", "nn.AdaptiveMaxPool2d",
                   "nn.AdaptiveAvgPool2d", "nn.MaxUnpool2d"]
# %% 2C-answer
max_of_C = [[109, 92], [110, 85]]
# %% 2D-answer
def factor(n):
    return 1 / n

p_for_max = "inf"
p_for_average = 1.0
counterexample = [[-7, -7], [-7, -7]]
# %% 3A-answer
size = (16, 16)
# %% 3B-answer
padded_output = [[-2, 0, 3, 10], [-2, 5, 3, 11], [-3, 7, -2, 13], [0, 3, 1, 5]]
# %% 3C-answer
pooled = [[4, 5], [3, 5]]
# %% 4A-answer
output_shape = (16, 6, 6)
