"""Opens the file as Python does by default, in UTF-8.

A: The file is not read as Latin-1
"""
# %% A-answer
def read_trec(path):
    pairs = []
    for line in open(path, encoding="utf-8"):
        label, text = line.strip().split(" ", 1)
        pairs.append((text, label.split(":")[0]))
    return pairs
