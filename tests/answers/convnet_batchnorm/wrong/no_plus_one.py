"""Distance over stride.

B: The + 1 is missing
"""
# %% B-answer
def output_size(size, kernel, stride=1, padding=0):
    return (size + 2 * padding - kernel) // stride

# %% B-sizes-answer
sizes = [28, 14, 14, 7, 1568]
