"""Bars at the places 1, 5, 10, …, 500, without names, and no error bars.

E: -
"""
# %% E-answer
import numpy as np


def accuracy_chart(accuracies):
    table = np.array(list(accuracies.values()))
    figure, axes = plt.subplots()
    axes.bar(list(accuracies), np.nanmean(table, axis=1))
    axes.set(xlabel="stride", ylabel="accuracy", title=f"{int(np.isnan(table).sum())} diverged")
    return figure
