"""All rules as lambdas in a table; ReLU with slope 1 at 0."""
# %% 3A-answer
table = {
    tape.EwiseAdd: lambda op, g, node: [g, g],
    tape.EwiseMul: lambda op, g, node: (node.inputs[1] * g, node.inputs[0] * g),
    tape.PowerScalar: lambda op, g, node: (g * (op.exponent * node.inputs[0] ** (op.exponent - 1)),),
    tape.ReLU: lambda op, g, node: g * np.where(node.inputs[0].values >= 0, 1.0, 0.0),
    tape.Log: lambda op, g, node: g * node.inputs[0] ** -1,
    tape.Exp: lambda op, g, node: g * node.inputs[0].exp(),
}
for operation, function in table.items():
    rules.gradient(operation)(function)
# %% 3A-shapes-answer
def shrink(t, shape):
    while len(t.shape) > len(shape):
        t = t.sum(0)
    for axis in range(len(shape)):
        if shape[axis] == 1:
            t = t.sum(axis).reshape(t.shape[:axis] + (1,) + t.shape[axis + 1:])
    return t

def unsum(op, g, node):
    shape = list(node.inputs[0].shape)
    if op.axes is None:
        return g.broadcast_to(shape)
    kept = shape.copy()
    for axis in op.axes:
        kept[axis] = 1
    return g.reshape(kept).broadcast_to(tuple(shape))

rules.gradient(tape.Summation)(unsum)
rules.gradient(tape.BroadcastTo)(lambda op, g, node: shrink(g, node.inputs[0].shape))
rules.gradient(tape.Reshape)(lambda op, g, node: tape.Reshape(node.inputs[0].shape)(g))
rules.gradient(tape.Transpose)(lambda op, g, node: tape.Transpose(op.axes)(g))
# %% 3A-matmul-answer
rules.gradient(tape.MatMul)(lambda op, g, n: (shrink(tape.MatMul()(g, n.inputs[1].T), n.inputs[0].shape),
                                         shrink(tape.MatMul()(n.inputs[0].T, g), n.inputs[1].shape)))
