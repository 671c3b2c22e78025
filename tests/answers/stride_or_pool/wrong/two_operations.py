"""Multiplications and additions apart.

D-count: Multiplications and additions are counted apart
"""
# %% D-count-answer
multiply_adds = {"pooled": [627200, 5017600, 31360], "strided": [156800, 1254400, 31360]}
