"""Does not notice that the window is wider than the padded row.

A: -
"""
# %% A-answer
def strides_that_fit(size, kernel, padding, target):
    fits = []
    for S in range(1, size + 2 * padding + 1):
        if max(size + 2 * padding - kernel, 0) // S + 1 == target:
            fits.append(S)
    return fits
