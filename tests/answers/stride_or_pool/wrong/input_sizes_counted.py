"""Counts the places of the input.

D-count: The strided convolutions are counted at every place of their input
"""
# %% D-count-answer
multiply_adds = {"pooled": [313600, 2508800, 15680], "strided": [313600, 2508800, 15680]}
