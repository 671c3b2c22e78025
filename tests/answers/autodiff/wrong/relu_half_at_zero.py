"""ReLU with slope one half at zero.

3A: ReLU: at exactly 0 the slope is one half
"""
# %% 3A-answer
@rules.gradient(tape.EwiseAdd)
def add_gradient(op, out_grad, node):
    return out_grad, out_grad


@rules.gradient(tape.EwiseMul)
def mul_gradient(op, out_grad, node):
    a, b = node.inputs
    return out_grad * b, out_grad * a


@rules.gradient(tape.PowerScalar)
def power_gradient(op, out_grad, node):
    return out_grad * op.exponent * node.inputs[0] ** (op.exponent - 1)


@rules.gradient(tape.ReLU)
def relu_gradient(op, out_grad, node):
    a = node.inputs[0].values
    return out_grad * np.where(a > 0, 1.0, np.where(a == 0, 0.5, 0.0))


@rules.gradient(tape.Log)
def log_gradient(op, out_grad, node):
    return out_grad / node.inputs[0]


@rules.gradient(tape.Exp)
def exp_gradient(op, out_grad, node):
    return out_grad * node
