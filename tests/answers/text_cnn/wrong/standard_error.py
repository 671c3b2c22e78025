"""Shows the standard error of the mean.

E: The error bars show the standard error
"""
# %% E-answer
import numpy as np


def accuracy_chart(accuracies):
    table = np.array(list(accuracies.values()))
    figure, axes = plt.subplots()
    n = np.isfinite(table).sum(axis=1)
    axes.bar(range(len(table)), np.nanmean(table, axis=1), yerr=np.nanstd(table, axis=1, ddof=1) / np.sqrt(n))
    axes.set_xticks(range(len(table)), [str(s) for s in accuracies])
    axes.set(xlabel="stride", ylabel="accuracy")
    lost = int(np.isnan(table).sum())
    axes.set_title(f"{lost} diverged")
    return figure
