"""Opens the file as bytes and calls str() on each line.

A: str(bytes) is taken for the text
"""
# %% A-answer
def read_trec(path):
    pairs = []
    with open(path, "rb") as f:
        for line in f:
            line = str(line.strip())[2:-1]
            label, text = line.split(" ", 1)
            pairs.append((text, label.split(":")[0]))
    return pairs
