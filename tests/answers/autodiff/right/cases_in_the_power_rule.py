"""The power rule with cases for 0, 1 and 2; a rule that repeats a sum for Summation."""
# %% 3A-answer
@rules.gradient(tape.EwiseAdd)
def add(self, out_grad, node):
    return out_grad * 1, out_grad * 1

@rules.gradient(tape.EwiseMul)
def mul(self, out_grad, node):
    lhs, rhs = node.inputs
    return tape.EwiseMul()(out_grad, rhs), tape.EwiseMul()(out_grad, lhs)

@rules.gradient(tape.PowerScalar)
def power(self, out_grad, node):
    a, n = node.inputs[0], self.exponent
    if n == 0:
        return out_grad * 0
    if n == 1:
        return out_grad
    if n == 2:
        return out_grad * (a + a)
    return out_grad * node / a * n

@rules.gradient(tape.ReLU)
def relu(self, out_grad, node):
    mask = Tensor((node.values > 0).astype(float))
    return mask * out_grad

@rules.gradient(tape.Log)
def log(self, out_grad, node):
    return out_grad * (1 / node.inputs[0])

@rules.gradient(tape.Exp)
def exp(self, out_grad, node):
    return (node * out_grad,)
