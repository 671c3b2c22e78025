"""Two calls of backward, with .grad taken out and cleared between them; plain numbers out."""
# %% 3E-answer
def differentiate_twice(f, x):
    t = Tensor([x]).reshape(())
    leaf = t.inputs[0]
    backward(f(t))
    slope, leaf.grad = leaf.grad, None
    backward(slope.sum())
    return slope.values.item(), leaf.grad.values.item()
