"""The class first, the text second.

A: Text and class have changed places
"""
# %% A-answer
def read_trec(path):
    pairs = []
    for line in open(path, encoding="latin-1"):
        label, text = line.strip().split(" ", 1)
        pairs.append((label.split(":")[0], text))
    return pairs
