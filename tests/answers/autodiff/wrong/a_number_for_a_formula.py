"""The slope at one point in place of a formula.

1A: This is the number 9.2485
"""
# %% 1A-answer
df = 9.2485
