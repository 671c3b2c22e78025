"""Masks on a copy; everything in one tensor."""
# %% A-answer
def soft_threshold(y, T):
    above = (y > T).to(y.dtype)
    below = (y < -T).to(y.dtype)
    return above * (y - T) ** 2 + below * (y + T) ** 3
