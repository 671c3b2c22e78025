"""= in place of +=, on paper and in the code.

1D: The gradient is counted without overlaps
1D-code: Where windows overlap, only the last one is kept
"""
# %% 1D-answer
dE_dA = np.zeros((5, 5))
for i in range(3):
    for j in range(3):
        dE_dA[i : i + 3, j : j + 3] = B
# %% 1D-code-answer
def conv2d_input_gradient(grad_out, kernel, stride, padding, input_shape):
    (H, W), (K, L) = input_shape, kernel.shape
    if grad_out.shape != (output_size(H, K, stride, padding), output_size(W, L, stride, padding)):
        raise ValueError("shape")
    padded = np.zeros((H + 2 * padding, W + 2 * padding))
    for i, j in np.ndindex(*grad_out.shape):
        padded[i * stride : i * stride + K, j * stride : j * stride + L] = grad_out[i, j] * kernel
    return padded[padding : padding + H, padding : padding + W]
