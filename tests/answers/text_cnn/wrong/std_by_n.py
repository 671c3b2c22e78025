"""np.nanstd divides by n.

E: The standard deviation is divided by n
"""
# %% E-answer
import numpy as np


def accuracy_chart(accuracies):
    table = np.array(list(accuracies.values()))
    figure, axes = plt.subplots()
    axes.bar(range(len(table)), np.nanmean(table, axis=1), yerr=np.nanstd(table, axis=1))
    axes.set_xticks(range(len(table)), [str(s) for s in accuracies])
    axes.set(xlabel="stride", ylabel="accuracy")
    lost = int(np.isnan(table).sum())
    axes.set_title(f"{lost} diverged")
    return figure
