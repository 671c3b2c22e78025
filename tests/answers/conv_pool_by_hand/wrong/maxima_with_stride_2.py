"""Lets the windows lie side by side.

2C: The window moves by 2; the stride is 1
"""
# %% 2C-answer
max_of_C = [[109]]
