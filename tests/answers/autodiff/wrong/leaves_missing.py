"""Leaves are left out.

3B: The leaves are missing
"""
# %% 3B-answer
@rules.topological
def topological_order(node):
    seen, order = set(), []
    def visit(n):
        if n not in seen and n.op is not None:
            seen.add(n)
            for one in n.inputs:
                visit(one)
            order.append(n)
    visit(node)
    return order
