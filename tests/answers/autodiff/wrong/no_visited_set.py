"""Nobody remembers who was visited.

3B: A node that is used more than once stands in the list more than once
"""
# %% 3B-answer
@rules.topological
def topological_order(node):
    order = []
    for one in node.inputs:
        order += topological_order(one)
    return order + [node]
