"""Chooses B wherever it is wrong.

3c: The squared error is differentiable ever
3d: There is no exception: the images of the
3e: The negative side lets more through, but
7a: A variance does not make the weights sum
7b: Normalisation keeps activations at the s
7c: The gradients are not small but exactly
8c: Subtracting 0 and dividing by 1 does not
9a: The division is right: it makes good for
9b: After the activation of a hidden layer i
9c: The masks need memory of their own, and
11e: Each grid cell predicts few boxes, so sm
11f: A kernel is not turned: a rotated edge m
12b: To differentiate twice the first gradien
12c: These would be arrays with four axes; th
"""
# %% 3c-answer
choice_3c = "B"
# %% 3d-answer
choice_3d = "B"
# %% 3e-answer
choice_3e, more_than_linear = "B", False
# %% 7a-answer
choice_7a = "B"
# %% 7b-answer
choice_7b = "B"
# %% 7c-answer
choice_7c = "B"
# %% 8c-answer
choice_8c = "B"
# %% 9a-answer
choice_9a = "B"
# %% 9b-answer
choice_9b = "B"
# %% 9c-answer
choice_9c = "B"
# %% 11e-answer
choice_11e = "B"
# %% 11f-answer
choice_11f = "B"
# %% 12b-answer
choice_12b = "B"
# %% 12c-answer
choice_12c = "B"
