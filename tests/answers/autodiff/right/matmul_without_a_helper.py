"""MatMul sums its batch axes by itself."""
# %% 3A-matmul-answer
@rules.gradient(tape.MatMul)
def matmul(op, out_grad, node):
    a, b = node.inputs
    shares = []
    for share, tensor in ((out_grad @ b.transpose(-1, -2), a), (a.transpose((-1, -2)) @ out_grad, b)):
        extra = len(share.shape) - len(tensor.shape)
        axes = list(range(extra))
        axes += [extra + i for i, n in enumerate(tensor.shape[:-2]) if n == 1]
        shares.append(share.sum(tuple(axes)).reshape(*tensor.shape))
    return shares
