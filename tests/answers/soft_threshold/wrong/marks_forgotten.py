"""The curve is right and labelled, and nothing marks the edges of the band.

B: 2 of 3 criteria are met; not yet: ±T marked
"""
# %% B-answer
y = torch.linspace(-15, 15, 400)
figure, axes = plt.subplots()
axes.plot(y, soft_threshold(y, 2.81))
axes.set(xlabel="y", ylabel="f(y)")
