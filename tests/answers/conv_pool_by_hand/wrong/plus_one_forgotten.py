"""The + 1 is not there.

1B: The + 1 is missing
"""
# %% 1B-answer
def output_size(i, k, s, p):
    if k > i + 2 * p or s < 1 or p < 0 or k < 1:
        raise ValueError("no")
    return (i - k + 2 * p) // s
# %% 1C-answer
C = [[109, 92, 72], [108, 85, 74], [110, 74, 79]]

# The right function again, so that only 1B is wrong.
def output_size(i, k, s, p, d=1):
    reach = d * (k - 1) + 1
    if min(i, k, s, d) < 1 or p < 0 or reach > i + 2 * p:
        raise ValueError("does not fit")
    return (i + 2 * p - reach) // s + 1
