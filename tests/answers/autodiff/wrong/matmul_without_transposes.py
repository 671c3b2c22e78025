"""MatMul without transposes.

3A-matmul: MatMul: the transposes are missing
"""
# %% 3A-matmul-answer
@rules.gradient(tape.MatMul)
def matmul_gradient(op, out_grad, node):
    a, b = node.inputs
    return sum_to(out_grad @ b, a.shape), sum_to(a @ out_grad, b.shape)
