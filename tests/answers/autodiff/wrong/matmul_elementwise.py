"""MatMul with element-wise products.

3A-matmul: -
"""
# %% 3A-matmul-answer
@rules.gradient(tape.MatMul)
def matmul_gradient(op, out_grad, node):
    a, b = node.inputs
    return out_grad * b, out_grad * a
