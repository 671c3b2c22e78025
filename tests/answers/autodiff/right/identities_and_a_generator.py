"""Remembers identities; a generator; the leaves come in another order."""
# %% 3B-answer
def walk(node, done):
    if id(node) not in done:
        done.add(id(node))
        for one in node.inputs[::-1]:
            yield from walk(one, done)
        yield node

@rules.topological
def topological_order(node):
    return tuple(walk(node, set()))
