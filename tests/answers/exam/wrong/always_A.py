"""Chooses A wherever it is wrong.

3a: The gradients vanish, but that does not
3b: It is what we want to be small, but grad
6: The first moment is still there: the ste
7b: Adam divides by the size of recent gradi
7c: Every weight's gradient is a product wit
7d: A ReLU dies when its input is always neg
8c: The batch's own mean and variance are us
9a: A unit is kept with probability 1 - p, a
9b: Between hidden layers others can take ov
9c: Training takes longer with dropout, beca
11e: It predicts boxes and classes; it does n
12a: d loss / d in is what gradient returns,
12b: The numbers that come out are the right
12c: The product is what compute returns.
"""
# %% 3a-answer
choice_3a = "A"
# %% 3b-answer
choice_3b = "A"
# %% 6-answer
choice_6 = "A"
# %% 7b-answer
choice_7b = "A"
# %% 7c-answer
choice_7c = "A"
# %% 7d-answer
choice_7d = "A"
# %% 8c-answer
choice_8c = "A"
# %% 9a-answer
choice_9a = "A"
# %% 9b-answer
choice_9b = "A"
# %% 9c-answer
choice_9c = "A"
# %% 11e-answer
choice_11e = "A"
# %% 12a-answer
choice_12a = "A"
# %% 12b-answer
choice_12b = "A"
# %% 12c-answer
choice_12c = "A"
