"""Turns the kernel although the scatter needs no flip.

1D: The kernel is turned by 180 degrees
1D-code: The kernel is turned by 180 degrees
"""
# %% 1D-answer
dE_dA = np.zeros((5, 5))
for i in range(3):
    for j in range(3):
        dE_dA[i : i + 3, j : j + 3] += B[::-1, ::-1]
# %% 1D-code-answer
def conv2d_input_gradient(grad_out, kernel, stride, padding, input_shape):
    (H, W), (K, L) = input_shape, kernel.shape
    if grad_out.shape != (output_size(H, K, stride, padding), output_size(W, L, stride, padding)):
        raise ValueError("shape")
    kernel = kernel[::-1, ::-1]
    padded = np.zeros((H + 2 * padding, W + 2 * padding))
    for i, j in np.ndindex(*grad_out.shape):
        padded[i * stride : i * stride + K, j * stride : j * stride + L] += grad_out[i, j] * kernel
    return padded[padding : padding + H, padding : padding + W]
