"""nll_loss of plain scores, and a last batch that is dropped.

D-measure: nll_loss of plain scores
D-nan: That is the accuracy of the most frequent class
"""
# %% D-measure-answer
def measure(model, X, y, batch_size=200):
    loss, right = 0.0, 0.0
    with torch.no_grad():
        for xb, yb in zip(X.split(batch_size), y.split(batch_size)):
            scores = model(xb)
            loss += F.nll_loss(scores, yb, reduction="sum").item()
            right += (scores.argmax(1) == yb).sum().item() if not scores.isnan().any() else float("nan")
    return loss / len(X), right / len(X)


# %% D-nan-answer
accuracy_of_nan = 138 / 500
