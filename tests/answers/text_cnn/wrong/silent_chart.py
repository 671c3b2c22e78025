"""Right bars, but nobody is told that models are missing, and the axes have no labels.

E: Models that diverged are left out without a word
"""
# %% E-answer
import numpy as np


def accuracy_chart(accuracies):
    table = np.array(list(accuracies.values()))
    figure, axes = plt.subplots()
    axes.bar([str(s) for s in accuracies], np.nanmean(table, axis=1), yerr=np.nanstd(table, axis=1, ddof=1))
    return figure
