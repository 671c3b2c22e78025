"""Chooses C wherever it is wrong.

3a: A sigmoid's slope is never above 1/4, so
3b: Nothing is learned at all: the gradient
3c: The squared error compares every class w
3d: Every linear map between R^n and R^m is
3e: At k = 1 nothing is left of the bend: th
6: The update as given here corrects no bia
7a: Initialisation sets where training start
7c: That happens to equal weights that are n
7d: The biases decide which ReLUs are on, an
9b: Dropping some of the input works like no
11e: Telling very similar objects apart was n
11f: A kernel has one size and one direction;
12a: d out / d in is the operation's own part
12b: The second derivative needs a graph of t
12c: d loss / d out is what gradient is given
"""
# %% 3a-answer
choice_3a = "C"
# %% 3b-answer
choice_3b = "C"
# %% 3c-answer
choice_3c = "C"
# %% 3d-answer
choice_3d = "C"
# %% 3e-answer
choice_3e, more_than_linear = "C", False
# %% 6-answer
choice_6 = "C"
# %% 7a-answer
choice_7a = "C"
# %% 7c-answer
choice_7c = "C"
# %% 7d-answer
choice_7d = "C"
# %% 9b-answer
choice_9b = "C"
# %% 11e-answer
choice_11e = "C"
# %% 11f-answer
choice_11f = "C"
# %% 12a-answer
choice_12a = "C"
# %% 12b-answer
choice_12b = "C"
# %% 12c-answer
choice_12c = "C"
