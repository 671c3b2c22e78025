"""range without + 1.

A: The largest stride, as wide as the padded image, is left out.
"""
# %% A-answer
def strides_that_fit(size, kernel, padding, target):
    fits = []
    for S in range(1, size + 2 * padding):
        if size + 2 * padding >= kernel and (size + 2 * padding - kernel) // S + 1 == target:
            fits.append(S)
    return fits
