"""Summation broadcasts without putting the axes back.

3A-shapes: Summation: the summed axes are not put back
"""
# %% 3A-shapes-answer
def sum_to(tensor, shape):
    tensor = tensor.sum(tuple(range(len(tensor.shape) - len(shape))))
    return tensor.sum(tuple(k for k, n in enumerate(shape) if n == 1)).reshape(shape)


@rules.gradient(tape.Summation)
def sum_gradient(op, out_grad, node):
    return out_grad.broadcast_to(node.inputs[0].shape)


@rules.gradient(tape.BroadcastTo)
def stretch_gradient(op, out_grad, node):
    return sum_to(out_grad, node.inputs[0].shape)


@rules.gradient(tape.Reshape)
def reshape_gradient(op, out_grad, node):
    return out_grad.reshape(node.inputs[0].shape)


@rules.gradient(tape.Transpose)
def transpose_gradient(op, out_grad, node):
    return out_grad.transpose(op.axes)
