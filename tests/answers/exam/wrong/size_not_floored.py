"""18.5 + 1.

10a: The floor is forgotten
"""
# %% 10a-answer
size = (19.5, 19.5)
