"""Counts the weights.

D-count: The parameters are counted, not how often each is used.
"""
# %% D-count-answer
multiply_adds = {"pooled": [400, 12800, 15680], "strided": [400, 12800, 15680]}
