"""The figures in other styles: object-oriented, scatter points, ticks for the marks, LaTeX labels."""
# %% B-answer
import numpy as np
from matplotlib.figure import Figure

figure = Figure(figsize=(9, 4))
left = figure.add_subplot(1, 2, 1)
grid = np.arange(-15, 15.01, 0.05)
left.plot(grid, soft_threshold(torch.from_numpy(grid), 2.81).numpy(), "k--", linewidth=3, label="f")
left.set_xticks([-15, -2.81, 2.81, 15])
left.set_xlabel("$y$")
left.set_ylabel("$f_T(y)$")
left.legend()
# %% C-figure-answer
points = torch.linspace(-15, 15, 300)
slope_figure = plt.figure()
plt.scatter(points.numpy(), soft_threshold_derivative(points, 2.81).numpy(), s=4)
plt.xlabel("input")
plt.ylabel("slope")
