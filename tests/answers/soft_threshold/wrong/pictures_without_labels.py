"""Right curves, no labels, no marks, and the slope over half the range.

B: -
C-figure: -
"""
# %% B-answer
y = torch.linspace(-15, 15, 400)
figure, axes = plt.subplots()
axes.plot(y, soft_threshold(y, 2.81))
# %% C-figure-answer
y = torch.linspace(-7, 7, 400)
slope_figure, axes = plt.subplots()
axes.plot(y, soft_threshold_derivative(y, 2.81))
axes.set(xlabel="y", ylabel="slope")
