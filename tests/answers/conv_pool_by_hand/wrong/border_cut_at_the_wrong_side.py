"""Cuts rows and columns off at the end.

1D-code: The padding is cut off at the wrong side
"""
# %% 1D-code-answer
def conv2d_input_gradient(grad_out, kernel, stride, padding, input_shape):
    (H, W), (K, L) = input_shape, kernel.shape
    if grad_out.shape != (output_size(H, K, stride, padding), output_size(W, L, stride, padding)):
        raise ValueError("shape")
    pass
    padded = np.zeros((H + 2 * padding, W + 2 * padding))
    for i, j in np.ndindex(*grad_out.shape):
        padded[i * stride : i * stride + K, j * stride : j * stride + L] += grad_out[i, j] * kernel
    return padded[:H, :W]
