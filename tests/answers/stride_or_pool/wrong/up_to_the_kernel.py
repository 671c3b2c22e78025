"""Believes that a stride cannot be larger than the window.

A: Only strides up to the kernel are tried
"""
# %% A-answer
def strides_that_fit(size, kernel, padding, target):
    fits = []
    for S in range(1, kernel + 1):
        if size + 2 * padding >= kernel and (size + 2 * padding - kernel) // S + 1 == target:
            fits.append(S)
    return fits
