"""p_h p_w comparisons for each window.

4C: The largest of n numbers is found with n - 1
"""
# %% 4C-answer
def comparisons(c, h, w, p_h, p_w, s_h, s_w):
    return c * ((h + p_h) // s_h + 1) * ((w + p_w) // s_w + 1) * p_h * p_w
