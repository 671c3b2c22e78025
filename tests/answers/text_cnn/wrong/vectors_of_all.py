"""Fits the vectors on training and test questions together.

B: The vectors are fitted on the test questions, too
"""
# %% B-answer
def prepare(train, test, kind="svd"):
    words = vectors([t for t, _ in train + test], kind=kind)
    out = []
    for pairs in (train, test):
        out += [words.sentences([t for t, _ in pairs]), torch.tensor([TREC_CLASSES.index(c) for _, c in pairs])]
    return out
