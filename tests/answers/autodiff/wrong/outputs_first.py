"""The list is the wrong way round.

3B: The list begins with the output
3E: -
"""
# %% 3B-answer
@rules.topological
def topological_order(node):
    seen, order = set(), []
    def visit(n):
        if n not in seen:
            seen.add(n)
            for one in n.inputs:
                visit(one)
            order.append(n)
    visit(node)
    return order[::-1]
