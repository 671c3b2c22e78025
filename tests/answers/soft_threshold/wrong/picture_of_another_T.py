"""The picture is drawn for T = 1.

B: The picture is right, but for T = 1
"""
# %% B-answer
T = 1.0
y = torch.linspace(-15, 15, 601)
figure, axes = plt.subplots()
axes.plot(y, soft_threshold(y, T))
axes.set_xticks([-2.81, 2.81])
axes.set(xlabel="y", ylabel="f")
T = 2.81
