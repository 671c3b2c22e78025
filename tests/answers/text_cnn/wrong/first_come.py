"""Numbers the classes as they come, and makes the labels floats.

B: -
"""
# %% B-answer
def prepare(train, test, kind="svd"):
    words = vectors([t for t, _ in train], kind=kind)
    number = {}
    for _, c in train:
        number.setdefault(c, len(number))
    y, y_test = (torch.tensor([float(number[c]) for _, c in pairs]) for pairs in (train, test))
    return words.sentences([t for t, _ in train]), y, words.sentences([t for t, _ in test]), y_test
