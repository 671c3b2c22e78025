"""Autograd in place of one's own sums.

1D-code: A library moves the window here
"""
# %% 1D-code-answer
def conv2d_input_gradient(grad_out, kernel, stride, padding, input_shape):
    x = torch.zeros(1, 1, *input_shape, dtype=torch.float64, requires_grad=True)
    out = F.conv2d(x, torch.tensor(kernel)[None, None], stride=stride, padding=padding)
    if out.shape[2:] != grad_out.shape:
        raise ValueError("shape")
    out.backward(torch.tensor(grad_out)[None, None])
    return x.grad[0, 0].numpy()
