"""np.mean and np.std of rows that hold NaN: the bar is gone.

E: NaN runs are averaged in: one NaN makes the whole mean NaN
"""
# %% E-answer
import numpy as np


def accuracy_chart(accuracies):
    table = np.array(list(accuracies.values()))
    figure, axes = plt.subplots()
    axes.bar(range(len(table)), table.mean(axis=1), yerr=table.std(axis=1, ddof=1))
    axes.set_xticks(range(len(table)), [str(s) for s in accuracies])
    axes.set(xlabel="stride", ylabel="accuracy")
    lost = int(np.isnan(table).sum())
    axes.set_title(f"{lost} diverged")
    return figure
