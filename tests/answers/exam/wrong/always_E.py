"""Chooses E wherever it is wrong.

6: Newton's method divides by second deriva
"""
# %% 6-answer
choice_6 = "E"
