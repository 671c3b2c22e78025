"""EwiseAdd returns one gradient for two inputs.

3A: The number of tensors that a gradient returns
3E: -
"""
# %% 3A-answer
@rules.gradient(tape.EwiseAdd)
def add_gradient(op, out_grad, node):
    return out_grad


@rules.gradient(tape.EwiseMul)
def mul_gradient(op, out_grad, node):
    a, b = node.inputs
    return out_grad * b, out_grad * a


@rules.gradient(tape.PowerScalar)
def power_gradient(op, out_grad, node):
    return out_grad * op.exponent * node.inputs[0] ** (op.exponent - 1)


@rules.gradient(tape.ReLU)
def relu_gradient(op, out_grad, node):
    return out_grad * (node.inputs[0].values > 0)


@rules.gradient(tape.Log)
def log_gradient(op, out_grad, node):
    return out_grad / node.inputs[0]


@rules.gradient(tape.Exp)
def exp_gradient(op, out_grad, node):
    return out_grad * node
