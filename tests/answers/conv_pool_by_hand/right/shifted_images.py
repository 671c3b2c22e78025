"""The sum over kernel entries of shifted images; the gradient as a full convolution with a spread-out gradient."""
# %% 1C-code-answer
def conv2d(image, kernel, stride=1, padding=0, dilation=1):
    if image.ndim == 3:
        return np.stack([
            np.sum([conv2d(x, w, stride, padding, dilation) for x, w in zip(image, one)], axis=0) for one in kernel
        ])
    K, L = kernel.shape
    rows = output_size(len(image), K, stride, padding, dilation)
    columns = output_size(len(image[0]), L, stride, padding, dilation)
    padded = np.pad(image, padding)
    out = 0
    for u in range(K):
        for v in range(L):
            shifted = padded[u * dilation :: stride, v * dilation :: stride][:rows, :columns]
            out = out + kernel[u, v] * shifted
    return out
# %% 1D-code-answer
def conv2d_input_gradient(grad_out, kernel, stride, padding, input_shape):
    K, L = kernel.shape
    sizes = [output_size(n, k, stride, padding) for n, k in zip(input_shape, kernel.shape)]
    if list(grad_out.shape) != sizes:
        raise ValueError("grad_out does not belong to this image")
    spread = np.zeros((input_shape[0] + 2 * padding - K + 1, input_shape[1] + 2 * padding - L + 1))
    spread[: stride * sizes[0] : stride, : stride * sizes[1] : stride] = grad_out
    full = np.pad(spread, ((K - 1, K - 1), (L - 1, L - 1)))
    turned = np.rot90(kernel, 2)
    windows = np.lib.stride_tricks.sliding_window_view(full, (K, L))
    grad = np.tensordot(windows, turned, axes=2)
    return grad[padding : grad.shape[0] - padding, padding : grad.shape[1] - padding]
# %% 4B-answer
def min_pool(x, size, stride):
    pool = torch.nn.MaxPool2d(kernel_size=size, stride=stride)
    return pool(x.neg()).neg()
