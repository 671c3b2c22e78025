"""backward is thought to overwrite.

3B-twice: A second backward does not replace
"""
# %% 3B-twice-answer
twice = (48, 48, 48)
