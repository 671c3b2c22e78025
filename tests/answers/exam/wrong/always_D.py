"""Chooses D wherever it is wrong.

3a: Training is slow, but because gradients
3b: Images are not the matter: the loss is f
3c: The loss sees scores and labels, not pix
3e: The slopes are k and 1, both near 1: gra
6: Nesterov takes the gradient at the place
7a: Small gradients are not the aim; their s
7b: A residual connection hands the gradient
7d: Every ReLU is on, with slope 1: the grad
8c: Running statistics are updated in traini
9a: (1 - p) x belongs to the other conventio
9c: Dropped units hand back no gradient at a
11f: The same kernel visits every place, so a
12a: d in / d out is the wrong way round: nob
"""
# %% 3a-answer
choice_3a = "D"
# %% 3b-answer
choice_3b = "D"
# %% 3c-answer
choice_3c = "D"
# %% 3e-answer
choice_3e, more_than_linear = "D", False
# %% 6-answer
choice_6 = "D"
# %% 7a-answer
choice_7a = "D"
# %% 7b-answer
choice_7b = "D"
# %% 7d-answer
choice_7d = "D"
# %% 8c-answer
choice_8c = "D"
# %% 9a-answer
choice_9a = "D"
# %% 9c-answer
choice_9c = "D"
# %% 11f-answer
choice_11f = "D"
# %% 12a-answer
choice_12a = "D"
