"""Counts how many uses are still open, from the output; no recursion."""
# %% 3B-answer
@rules.topological
def topological_order(node):
    users, todo, found = {}, [node], {node}
    while todo:
        current = todo.pop()
        for one in current.inputs:
            users[one] = users.get(one, 0) + 1
            if one not in found:
                found.add(one)
                todo.append(one)
    order, ready = [], [node]
    while ready:
        current = ready.pop()
        order.append(current)
        for one in current.inputs:
            users[one] -= 1
            if users[one] == 0:
                ready.append(one)
    return list(reversed(order))
