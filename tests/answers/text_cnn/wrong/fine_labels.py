"""Keeps the whole label, DESC:manner.

A: The fine label is kept
"""
# %% A-answer
def read_trec(path):
    with open(path, encoding="latin-1") as f:
        return [tuple(line.strip().split(" ", 1))[::-1] for line in f]
