"""Forgets to strip the end of the line.

A: The end of the line is still part of the question
"""
# %% A-answer
def read_trec(path):
    pairs = []
    for line in open(path, encoding="latin-1"):
        label, text = line.split(" ", 1)
        pairs.append((text, label[: label.index(":")]))
    return pairs
