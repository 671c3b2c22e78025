"""Numbers the classes in the order in which the training file brings them.

B: The classes are numbered in the order in which they first appear
"""
# %% B-answer
def prepare(train, test, kind="svd"):
    texts, labels = zip(*train)
    test_texts, test_labels = zip(*test)
    order = []
    for label in labels:
        if label not in order:
            order.append(label)
    words = vectors(texts, kind=kind)
    y, y_test = (torch.tensor([order.index(c) for c in these]) for these in (labels, test_labels))
    return words.sentences(texts), y, words.sentences(test_texts), y_test
