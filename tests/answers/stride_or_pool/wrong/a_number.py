"""Returns the first stride, not a list.

A: The first stride is returned as a number
"""
# %% A-answer
def strides_that_fit(size, kernel, padding, target):
    fits = []
    for S in range(1, size + 2 * padding + 1):
        if size + 2 * padding >= kernel and (size + 2 * padding - kernel) // S + 1 == target:
            return S
    return None

# %% A-stride-answer
stride = strides_that_fit(28, 5, 2, 14)
