"""Moves by one.

10a: The stride is forgotten
"""
# %% 10a-answer
size = (38, 38)
