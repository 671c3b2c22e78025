"""Takes the adjoints from the dictionary of all of them."""
# %% 3E-answer
def differentiate_twice(f, x):
    x = Tensor(float(x), name="x")
    slope = adjoints(f(x))[x]
    found = adjoints(slope)
    return [slope.values, found[x].values if x in found else 0]
