"""Reshape and Transpose hand out_grad back.

3A-shapes: Transpose: the axes are not swapped back
"""
# %% 3A-shapes-answer
def sum_to(tensor, shape):
    tensor = tensor.sum(tuple(range(len(tensor.shape) - len(shape))))
    return tensor.sum(tuple(k for k, n in enumerate(shape) if n == 1)).reshape(shape)


@rules.gradient(tape.Summation)
def sum_gradient(op, out_grad, node):
    shape = node.inputs[0].shape
    axes = range(len(shape)) if op.axes is None else [k % len(shape) for k in op.axes]
    return out_grad.reshape(tuple(1 if k in axes else n for k, n in enumerate(shape))).broadcast_to(shape)


@rules.gradient(tape.BroadcastTo)
def stretch_gradient(op, out_grad, node):
    return sum_to(out_grad, node.inputs[0].shape)


@rules.gradient(tape.Reshape)
def reshape_gradient(op, out_grad, node):
    return out_grad


@rules.gradient(tape.Transpose)
def transpose_gradient(op, out_grad, node):
    return out_grad
