"""h - p_h.

4C: The padding is forgotten
"""
# %% 4C-answer
def comparisons(c, h, w, p_h, p_w, s_h, s_w):
    return c * ((h - p_h) // s_h + 1) * ((w - p_w) // s_w + 1) * (p_h * p_w - 1)
