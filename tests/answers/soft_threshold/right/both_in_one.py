"""Both curves side by side in one figure, B and C given the same; marks by vlines; a lambda for the function."""
# %% A-answer
soft_threshold = lambda y, T: (y > T) * (y - T) ** 2 + (y < -T) * (y + T) ** 3
# %% C-figure-answer
slope_figure, (one, two) = plt.subplots(1, 2, sharex=True)
u = torch.linspace(-15.0, 15.0, 1001)
one.plot(u, soft_threshold(u, 2.81))
two.plot(u, soft_threshold_derivative(u, 2.81))
for panel, label in ((one, "f"), (two, "f'")):
    panel.vlines([-2.81, 2.81], 0, 1)
    panel.set(xlabel="y", ylabel=label)
figure = slope_figure
