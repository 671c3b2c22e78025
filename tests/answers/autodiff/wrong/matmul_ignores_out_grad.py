"""MatMul with ones in place of out_grad.

3A-matmul: MatMul ignores out_grad
"""
# %% 3A-matmul-answer
@rules.gradient(tape.MatMul)
def matmul_gradient(op, out_grad, node):
    a, b = node.inputs
    ones = Tensor(np.ones(out_grad.shape))
    return sum_to(ones @ b.T, a.shape), sum_to(a.T @ ones, b.shape)
