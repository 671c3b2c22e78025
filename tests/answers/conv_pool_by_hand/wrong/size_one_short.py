"""Forgets the window's last place.

1A: The window's last place is left out
"""
# %% 1A-answer
size_of_C = (5 - 3, 5 - 3)
