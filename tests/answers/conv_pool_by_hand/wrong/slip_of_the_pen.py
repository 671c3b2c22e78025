"""One of nine numbers is wrong: two of three rows still count.

1C: -
"""
# %% 1C-answer
C = [[109, 92, 72], [108, 86, 74], [110, 74, 79]]
