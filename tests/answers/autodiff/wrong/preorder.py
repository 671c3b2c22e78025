"""The node is appended before its inputs, and the list turned round.

3B: -
"""
# %% 3B-answer
@rules.topological
def topological_order(node):
    seen, order = set(), []
    def visit(n):
        if n not in seen:
            seen.add(n)
            order.append(n)
            for one in n.inputs:
                visit(one)
    visit(node)
    return order[::-1]
