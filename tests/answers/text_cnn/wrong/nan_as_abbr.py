"""Does not look for NaN: a dead network gets the accuracy of class 0. And guesses 1/6.

D-measure: A network that answers NaN gets the accuracy of class 0
D-nan: That is what guessing among six classes would give
"""
# %% D-measure-answer
def measure(model, X, y, batch_size=200):
    loss = right = 0
    with torch.no_grad():
        for xb, yb in zip(X.split(batch_size), y.split(batch_size)):
            scores = model(xb)
            loss += F.cross_entropy(scores, yb, reduction="sum").item()
            right += (scores.argmax(1) == yb).sum().item()
    return loss / len(X), right / len(X)


# %% D-nan-answer
accuracy_of_nan = 1 / 6
