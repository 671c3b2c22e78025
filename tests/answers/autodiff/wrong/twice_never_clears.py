"""Clearing is forgotten.

3B-twice: x.grad = None empties it
"""
# %% 3B-twice-answer
twice = [48, 96, 144]
