"""Unpacks line.split(":") into two: fails at the first question with a colon.

A: The line is split at every colon
"""
# %% A-answer
def read_trec(path):
    pairs = []
    with open(path, encoding="latin-1") as f:
        for line in f:
            coarse, rest = line.strip().split(":")
            pairs.append((rest[rest.find(" ") + 1 :], coarse))
    return pairs
