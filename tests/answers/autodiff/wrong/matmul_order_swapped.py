"""MatMul returns the gradients the wrong way round.

3A-matmul: MatMul: the two gradients come in the wrong order
"""
# %% 3A-matmul-answer
@rules.gradient(tape.MatMul)
def matmul_gradient(op, out_grad, node):
    a, b = node.inputs
    return sum_to(a.T @ out_grad, b.shape), sum_to(out_grad @ b.T, a.shape)
