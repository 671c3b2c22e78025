"""Divides with / and compares.

A: There is no floor
A-stride: -
"""
# %% A-answer
def strides_that_fit(size, kernel, padding, target):
    fits = []
    for S in range(1, size + 2 * padding + 1):
        if size + 2 * padding >= kernel and (size + 2 * padding - kernel) / S + 1 == target:
            fits.append(S)
    return fits

# %% A-stride-answer
stride = (set(strides_that_fit(28, 5, 2, 14)) & set(strides_that_fit(14, 5, 2, 7)) or {None}).pop()
