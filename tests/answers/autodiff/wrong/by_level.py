"""Breadth first, turned round.

3B: The nodes are listed by their distance from the output
"""
# %% 3B-answer
@rules.topological
def topological_order(node):
    order, queue = [], [node]
    while queue:
        n = queue.pop(0)
        if n not in order:
            order.append(n)
            queue.extend(n.inputs)
    return order[::-1]
