"""All rules on raw arrays: right numbers, no graph.

3A: A gradient is computed on arrays
3E: -
"""
# %% 3A-answer
@rules.gradient(tape.EwiseAdd)
def add_gradient(op, out_grad, node):
    return out_grad, out_grad


@rules.gradient(tape.EwiseMul)
def mul_gradient(op, out_grad, node):
    a, b = node.inputs
    return Tensor(out_grad.values * b.values), Tensor(out_grad.values * a.values)


@rules.gradient(tape.PowerScalar)
def power_gradient(op, out_grad, node):
    return Tensor(out_grad.values * op.exponent * node.inputs[0].values ** float(op.exponent - 1))


@rules.gradient(tape.ReLU)
def relu_gradient(op, out_grad, node):
    return out_grad * (node.inputs[0].values > 0)


@rules.gradient(tape.Log)
def log_gradient(op, out_grad, node):
    return Tensor(out_grad.values / node.inputs[0].values)


@rules.gradient(tape.Exp)
def exp_gradient(op, out_grad, node):
    return Tensor(out_grad.values * node.values)
