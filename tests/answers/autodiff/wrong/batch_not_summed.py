"""MatMul does not sum over broadcast batches.

3A-matmul: MatMul: the gradient is not summed over the axes of the batch
"""
# %% 3A-matmul-answer
@rules.gradient(tape.MatMul)
def matmul_gradient(op, out_grad, node):
    a, b = node.inputs
    return out_grad @ b.T, a.T @ out_grad
