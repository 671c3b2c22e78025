"""Returns f in place of f'.

C: The formula is typed in
C-figure: This is the picture of f
"""
# %% C-answer
def soft_threshold_derivative(y, T):
    return soft_threshold(y, T)
