"""Both curves are right, and nothing says what stands on the axes.

B: 2 of 3 criteria are met; not yet: axes labelled
C-figure: 1 of 2 criteria are met; not yet: axes labelled
"""
# %% B-answer
y = torch.linspace(-15, 15, 400)
figure, axes = plt.subplots()
axes.plot(y, soft_threshold(y, 2.81))
axes.axvline(-2.81)
axes.axvline(2.81)
# %% C-figure-answer
slope_figure, axes = plt.subplots()
axes.plot(y, soft_threshold_derivative(y, 2.81))
