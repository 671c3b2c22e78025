"""Stops at the first stride.

A: Only the smallest stride is returned
"""
# %% A-answer
def strides_that_fit(size, kernel, padding, target):
    fits = []
    for S in range(1, size + 2 * padding + 1):
        if size + 2 * padding >= kernel and (size + 2 * padding - kernel) // S + 1 == target:
            return [S]
    return fits
