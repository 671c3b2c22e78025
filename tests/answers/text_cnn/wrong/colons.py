"""Splits at every colon and takes the second piece: a question with a colon of its own is cut short.

A: The line is split at every colon
"""
# %% A-answer
def read_trec(path):
    pairs = []
    with open(path, encoding="latin-1") as f:
        for line in f:
            parts = line.strip().split(":")
            fine, text = parts[1].split(" ", 1)
            pairs.append((text, parts[0]))
    return pairs
