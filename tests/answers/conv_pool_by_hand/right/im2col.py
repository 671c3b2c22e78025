"""One matrix product for the whole convolution, and its transpose for the gradient."""
# %% 1C-code-answer
def conv2d(image, kernel, stride=1, padding=0, dilation=1):
    x = image if image.ndim == 3 else image[np.newaxis]
    w = kernel if kernel.ndim == 4 else kernel[np.newaxis, np.newaxis]
    channels, H, W = x.shape
    out_channels, _, K, L = w.shape
    rows = output_size(H, K, stride, padding, dilation)
    columns = output_size(W, L, stride, padding, dilation)
    padded = np.zeros((channels, H + 2 * padding, W + 2 * padding))
    padded[:, padding : padding + H, padding : padding + W] = x
    table = [
        padded[:, i * stride : i * stride + dilation * K : dilation, j * stride : j * stride + dilation * L : dilation][
            :, :K, :L
        ].ravel()
        for i in range(rows)
        for j in range(columns)
    ]
    out = (np.array(table) @ w.reshape(out_channels, -1).T).T.reshape(out_channels, rows, columns)
    return out if image.ndim == 3 else out[0]
# %% 1D-code-answer
def conv2d_input_gradient(grad_out, kernel, stride, padding, input_shape):
    H, W = input_shape
    K, L = kernel.shape
    rows, columns = output_size(H, K, stride, padding), output_size(W, L, stride, padding)
    if grad_out.shape != (rows, columns):
        raise ValueError(f"grad_out should be {(rows, columns)}")
    matrix = np.zeros((rows * columns, H * W))
    for place in range(rows * columns):
        i, j = divmod(place, columns)
        for u in range(K):
            for v in range(L):
                a, b = i * stride + u - padding, j * stride + v - padding
                if 0 <= a < H and 0 <= b < W:
                    matrix[place, a * W + b] = kernel[u, v]
    return (grad_out.ravel() @ matrix).reshape(H, W)
