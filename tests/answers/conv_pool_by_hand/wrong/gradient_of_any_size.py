"""Takes a gradient of the output whatever its size, where it should raise ValueError.

1D-code: Sizes that do not fit give a result
"""
# %% 1D-code-answer
def conv2d_input_gradient(grad_out, kernel, stride, padding, input_shape):
    (H, W), (K, L) = input_shape, kernel.shape
    padded = np.zeros((H + 2 * padding, W + 2 * padding))
    for i, j in np.ndindex(*grad_out.shape):
        padded[i * stride : i * stride + K, j * stride : j * stride + L] += grad_out[i, j] * kernel
    return padded[padding : padding + H, padding : padding + W]
