"""Bars one by one with a legend that says how many models each of them stands for, in words."""
# %% E-answer
import math

WORDS = "none one two three four five six seven eight nine ten".split()


def accuracy_chart(accuracies):
    figure, axes = plt.subplots()
    for i, stride in enumerate(accuracies):
        values = sorted(a for a in accuracies[stride] if a == a)
        m = sum(values) / len(values)
        s = math.sqrt(sum((a - m) ** 2 for a in values) / (len(values) - 1))
        count = WORDS[len(values)] if len(values) <= 10 else len(values)
        axes.bar([i], [m], yerr=[[s], [s]], capsize=6, label=f"stride {stride}: {count} models learned")
    axes.legend(fontsize=6)
    axes.set(xticks=range(len(accuracies)), xticklabels=accuracies.keys(), xlabel="Stride", ylabel="Accuracy [1]")
    return figure


# %% D-measure-answer
def measure(model, X, y, batch_size=200):
    n, loss, right = 0, 0, 0
    for x, t in zip(X.split(batch_size), y.split(batch_size)):
        with torch.no_grad():
            s = model(x)
        loss = loss + (s.logsumexp(1) - s.gather(1, t[:, None])[:, 0]).sum()
        right = right + (s.argmax(1) == t).sum()
        n += len(t)
    loss = loss / n
    return loss.item(), (right / n).item() if torch.isfinite(loss) else float("nan")
