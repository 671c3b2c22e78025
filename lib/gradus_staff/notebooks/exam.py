# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Exam
#
# **160 points, 180 minutes.** Ten sections, numbered 3 to 12 as in print. Most questions want one letter, some numbers or a shape, two want code.
# You may use paper, a calculator and this notebook; nothing here needs a network to be trained.
#
# **How to answer.** Assign your answer to the name that stands in the cell, and run the check below it. The checks of this exam look at
# the *form* only: a letter that exists, a matrix of the right size, a shape. Whether an answer is right you will read after grading,
# with the reason.
#
# **The clock** starts when you run the first cell, and it goes on when the kernel is restarted. When the time is over nothing is locked or
# lost: what you have saved is what you hand in. Save often.

# %%
import numpy as np
import torch

from gradus import exam_figures
from gradus.clock import exam_clock
from gradus.personal import enter_student_id, your_numbers
from gradus.questions.exam import check, judge

exam_clock("exam", minutes=180)

# %% nbgrader={"grade": false, "grade_id": "numbers", "locked": true, "schema_version": 3, "solution": false, "task": false}
numbers = your_numbers("exam", course="gradus", version="fixed")

# %% [markdown]
# # 3. Bag of questions (15 points)

# %% [markdown]
# ## Question 3a (3 points)
#
# A deep network has sigmoids where others have ReLUs, and the inputs of the sigmoids are large, positive or negative. What is to be expected in training?

# %%
exam_figures.sigmoid_picture()

# %% [markdown]
# * **A**: vanishing gradients, therefore instability
# * **B**: vanishing gradients, therefore slow training
# * **C**: exploding gradients, therefore instability
# * **D**: exploding gradients, therefore slow training

# %% nbgrader={"grade": false, "grade_id": "3a-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_3a = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_3a = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "3a", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("3a", choice_3a)
### BEGIN HIDDEN TESTS
judge("3a", choice_3a)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 3b (3 points)
#
# Somebody trains a classifier of images by gradient descent on the 0/1 loss itself: 1 for a wrong answer, 0 for a right one. Does that work?

# %%
exam_figures.zero_one_loss()

# %% [markdown]
# * **A**: Yes: it is exactly what we want to be small.
# * **B**: No: it cannot be differentiated usefully; it is flat almost everywhere.
# * **C**: Only partly: the network learns one class only.
# * **D**: In principle yes, but not for images.

# %% nbgrader={"grade": false, "grade_id": "3b-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_3b = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_3b = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "3b", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("3b", choice_3b)
### BEGIN HIDDEN TESTS
judge("3b", choice_3b)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 3c (3 points)
#
# Somebody trains a network to read digits with the mean squared error between its ten outputs and one-hot labels. Does that work?
#
# * **A**: Yes, but cross-entropy is likely to work better.
# * **B**: No: the squared error cannot be differentiated here.
# * **C**: Only partly: the network learns one class only.
# * **D**: In principle yes, but not for images.

# %% nbgrader={"grade": false, "grade_id": "3c-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_3c = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_3c = "A"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "3c", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("3c", choice_3c)
### BEGIN HIDDEN TESTS
judge("3c", choice_3c)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 3d (3 points)
#
# A linear map $\mathbb{R}^n \to \mathbb{R}^m$ can be written as a matrix with $m$ rows and $n$ columns:
#
# * **A**: always
# * **B**: sometimes
# * **C**: never

# %% nbgrader={"grade": false, "grade_id": "3d-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_3d = one letter, "A" to "C", in quotes
### BEGIN SOLUTION
choice_3d = "A"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "3d", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("3d", choice_3d)
### BEGIN HIDDEN TESTS
judge("3d", choice_3d)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 3e (3 points)
#
# In a network every ReLU is replaced by the leaky $\max(kx, x)$ with a slope $0 < k \le 1$ on the negative side (left picture). What becomes of the
# network's capacity, the variety of functions that it can represent, as $k \to 1$?

# %%
exam_figures.leaky_slopes()

# %% [markdown]
# * **A**: It falls; at $k = 1$ the network is linear.
# * **B**: It grows, because the negative side lets more through.
# * **C**: It stays the same.
# * **D**: The gradients vanish, so that nothing can be learned.
#
# **Bonus.** The printed exam had $\max(-kx, x)$ (right picture). With that formula and $k = 1$, is the network *more* than linear? Answer `True` or
# `False`. (It can make good for a wrong letter, by one point.)

# %% nbgrader={"grade": false, "grade_id": "3e-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_3e, more_than_linear = one letter, True or False
### BEGIN SOLUTION
choice_3e, more_than_linear = "A", True
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "3e", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("3e", (choice_3e, more_than_linear))
### BEGIN HIDDEN TESTS
judge("3e", (choice_3e, more_than_linear))
### END HIDDEN TESTS

# %% [markdown]
# # 4. A perceptron (20 points)
#
# Two questions about this network:

# %%
numbers.show("4")

# %%
exam_figures.perceptron_picture()

# %% [markdown]
# ## Question 4a: parameters (10 points)
#
# How many numbers does each layer learn?

# %% nbgrader={"grade": false, "grade_id": "4a-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# parameters = {"Linear1": ..., "LayerNorm1": ..., "ReLU": ..., "Dropout": ..., "Linear2": ..., "CrossEntropy": ...}
### BEGIN SOLUTION
m = numbers.mlp
parameters = {
    "Linear1": m.features * m.hidden + m.hidden, "LayerNorm1": 2 * m.hidden, "ReLU": 0, "Dropout": 0,
    "Linear2": m.hidden * m.classes + m.classes, "CrossEntropy": 0,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "4a", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
check("4a", parameters)
### BEGIN HIDDEN TESTS
judge("4a", parameters)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 4b: shapes (10 points)
#
# Give the shapes of $z_1$ (after Linear1), $z_2$ (after LayerNorm1), $z_3$ (after ReLU), $z_4$ (after Linear2) and $z_5$ (the loss), as tuples, with `"B"` for the
# batch size: `("B", 10)`. A number without axes has the shape `()`.

# %% nbgrader={"grade": false, "grade_id": "4b-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# shapes = {"z1": ..., "z2": ..., "z3": ..., "z4": ..., "z5": ...}
### BEGIN SOLUTION
hidden = ("B", numbers.mlp.hidden)
shapes = {"z1": hidden, "z2": hidden, "z3": hidden, "z4": ("B", numbers.mlp.classes), "z5": ()}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "4b", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
check("4b", shapes)
### BEGIN HIDDEN TESTS
judge("4b", shapes)
### END HIDDEN TESTS

# %% [markdown]
# # 5. Backpropagation (30 points)
#
# ## Question 5a: the operations (8 points)
#
# The graph computes $y = (x_1 x_2 + x_3)^2 - x_1 x_3$. Which operations stand in the blanks (a) to (e)? Use `"+"`, `"-"`, `"*"` and `"square"`.

# %%
exam_figures.graph_with_blanks()

# %% nbgrader={"grade": false, "grade_id": "5a-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# blanks = {"a": ..., "b": ..., "c": ..., "d": ..., "e": ...}
### BEGIN SOLUTION
blanks = {"a": "*", "b": "+", "c": "square", "d": "*", "e": "-"}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "5a", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
check("5a", blanks)
### BEGIN HIDDEN TESTS
judge("5a", blanks)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 5b: adjoints as formulas (10 points)
#
# A small network and its loss:
#
# $$ v_1 = x, \quad v_2 = W, \quad v_3 = y, \quad v_4 = v_1 v_2, \quad v_5 = \exp(v_4), \quad v_6 = v_4 + v_5, \quad v_7 = \mathrm{MSE}(v_6, v_3), $$
#
# where $v_1 v_2$ is a matrix product, $\exp$ acts entry by entry, and MSE is the mean of the squared differences over all $d$ entries. The shapes are $(1, k)$ for
# $v_1$, $(k, d)$ for $v_2$, and $(1, d)$ for $v_3$ to $v_6$.
#
# The adjoint $\bar v_i = \partial v_7 / \partial v_i$ has the shape of $v_i$. Write a function that returns all of them, as formulas in $v_1$ to $v_6$ (NumPy arrays).

# %%
exam_figures.network_graph()


# %% nbgrader={"grade": false, "grade_id": "5b-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def adjoints(v1, v2, v3, v4, v5, v6):
    """{"v7": ..., "v6": ..., ..., "v1": ...}: the adjoint of every node."""
    ### BEGIN SOLUTION
    d = v6.shape[1]
    v6bar = 2 / d * (v6 - v3)
    v5bar = v6bar
    v4bar = v5bar * np.exp(v4) + v6bar  # v4 is used twice
    return {
        "v7": 1.0, "v6": v6bar, "v5": v5bar, "v4": v4bar, "v3": -v6bar, "v2": v1.T @ v4bar, "v1": v4bar @ v2.T,
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "5b", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
check("5b", adjoints)
### BEGIN HIDDEN TESTS
judge("5b", adjoints)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 5c: adjoints as numbers (12 points)
#
# The same network at these numbers. (They are chosen so that $xW = 0$ and no calculator is needed.) Type the six adjoints as matrices: $\bar v_6$ to $\bar v_3$ have
# one row of four numbers, $\bar v_2$ has two rows, $\bar v_1$ has one row of two.

# %%
numbers.show("5")

# %% nbgrader={"grade": false, "grade_id": "5c-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# values = {"v6": [[...]], "v5": [[...]], "v4": [[...]], "v3": [[...]], "v2": [[...], [...]], "v1": [[..., ...]]}
### BEGIN SOLUTION
x, W, y = (np.array(m, dtype=float) for m in (numbers.x, numbers.W, numbers.y))
values = adjoints(x, W, y, x @ W, np.exp(x @ W), x @ W + np.exp(x @ W))
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "5c", "locked": true, "points": 12, "schema_version": 3, "solution": false, "task": false}
check("5c", values)
### BEGIN HIDDEN TESTS
judge("5c", values)
### END HIDDEN TESTS

# %% [markdown]
# # 6. Optimisation (5 points)

# %% [markdown]
# ## Question 6 (5 points)
#
# Adam, here without correction of the bias, keeps two running averages of the gradient $g$ and its squares, and moves the parameters $\theta$:
#
# $$ m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2, \qquad \theta \leftarrow \theta - \eta\, \frac{m}{\sqrt{v} + \epsilon}. $$
#
# Remove the second moment: $v$ is 0 and the division is dropped. What remains?
#
# * **A**: plain SGD
# * **B**: SGD with momentum
# * **C**: SGD with momentum and correction of its bias
# * **D**: Nesterov's accelerated gradient
# * **E**: Newton's method

# %% nbgrader={"grade": false, "grade_id": "6-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_6 = one letter, "A" to "E", in quotes
### BEGIN SOLUTION
choice_6 = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "6", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("6", choice_6)
### BEGIN HIDDEN TESTS
judge("6", choice_6)
### END HIDDEN TESTS

# %% [markdown]
# # 7. Initialisation (12 points)

# %% [markdown]
# ## Question 7a (3 points)
#
# Weights in front of a ReLU are often drawn with variance $2/n$, where $n$ is the number of inputs. Why?
#
# * **A**: so that the outputs of a layer are about as large as its inputs
# * **B**: so that the weights of a unit add up to 1
# * **C**: so that the trained network generalises better
# * **D**: so that the gradients are as small as possible

# %% nbgrader={"grade": false, "grade_id": "7a-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_7a = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_7a = "A"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "7a", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("7a", choice_7a)
### BEGIN HIDDEN TESTS
judge("7a", choice_7a)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 7b (3 points)
#
# Which of these does **not** work against *both* vanishing and exploding gradients?
#
# * **A**: Adam
# * **B**: normalising the activations
# * **C**: reducing the learning rate
# * **D**: residual connections

# %% nbgrader={"grade": false, "grade_id": "7b-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_7b = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_7b = "C"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "7b", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("7b", choice_7b)
### BEGIN HIDDEN TESTS
judge("7b", choice_7b)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 7c (3 points)
#
# All weights of a network with ReLUs start at zero, and it has no biases. What does it learn?
#
# * **A**: It learns as usual.
# * **B**: It learns, but slowly.
# * **C**: All units of a layer learn the same thing.
# * **D**: Nothing.

# %% nbgrader={"grade": false, "grade_id": "7c-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_7c = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_7c = "D"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "7c", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("7c", choice_7c)
### BEGIN HIDDEN TESTS
judge("7c", choice_7c)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 7d (3 points)
#
# All biases of a network with ReLUs start at $10^6$; the weights are drawn as usual. What is the network like at first?
#
# * **A**: Every ReLU is dead.
# * **B**: It is a linear map.
# * **C**: Like any other: biases do not matter at first.
# * **D**: Its gradients vanish in the ReLUs.

# %% nbgrader={"grade": false, "grade_id": "7d-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_7d = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_7d = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "7d", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("7d", choice_7d)
### BEGIN HIDDEN TESTS
judge("7d", choice_7d)
### END HIDDEN TESTS

# %% [markdown]
# # 8. Normalisation (15 points)
#
# In this section the variance is the **biased** one (divided by the number of entries), $\epsilon = 0$, and there is no affine map afterwards. Fractions, roots and decimals are all fine.
#
# ## Question 8a: layer normalisation (6 points)
#
# Two examples (rows) with two features each. Apply LayerNorm.

# %%
numbers.show("8a")

# %% nbgrader={"grade": false, "grade_id": "8a-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# layer_norm = [[..., ...], [..., ...]]
### BEGIN SOLUTION
rows = np.array(numbers.rows, dtype=float)
layer_norm = (rows - rows.mean(axis=1, keepdims=True)) / rows.std(axis=1, keepdims=True)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "8a", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("8a", layer_norm)
### BEGIN HIDDEN TESTS
judge("8a", layer_norm)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 8b: batch normalisation (6 points)
#
# A batch of two examples (rows) with three features each. Apply BatchNorm in training mode.

# %%
numbers.show("8b")

# %% nbgrader={"grade": false, "grade_id": "8b-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# batch_norm = [[..., ..., ...], [..., ..., ...]]
### BEGIN SOLUTION
batch = np.array(numbers.batch, dtype=float)
batch_norm = (batch - batch.mean(axis=0)) / batch.std(axis=0)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "8b", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("8b", batch_norm)
### BEGIN HIDDEN TESTS
judge("8b", batch_norm)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 8c (3 points)
#
# By mistake the BatchNorm layers stay in eval mode during the whole training. Their running mean is 0 and their running variance 1, as at the start; $\epsilon = 0$, no affine map. What does such a layer do?
#
# * **A**: It normalises each batch as usual.
# * **B**: It returns zeros.
# * **C**: It is the identity.
# * **D**: Its running statistics follow the batches.

# %% nbgrader={"grade": false, "grade_id": "8c-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_8c = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_8c = "C"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "8c", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("8c", choice_8c)
### BEGIN HIDDEN TESTS
judge("8c", choice_8c)
### END HIDDEN TESTS

# %% [markdown]
# # 9. Regularisation (10 points)
#
# This dropout has a bug. `p` is the probability with which a unit is dropped; `training` is `False` when the network is used.
#
# ```python
# def dropout(x, p, training):
#     mask = (torch.rand_like(x) > p).to(x.dtype)
#     if training:
#         return mask * x / (1 - p)
#     return mask * x
# ```

# %% [markdown]
# ## Question 9a (1 point)
#
# What is the bug?
#
# * **A**: The mask keeps units with the wrong probability: it should be `rand < p`.
# * **B**: In training it must not be divided by `1 - p`.
# * **C**: When the network is used it must return `x`.
# * **D**: When the network is used it must return `(1 - p) * x`.

# %% nbgrader={"grade": false, "grade_id": "9a-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_9a = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_9a = "C"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "9a", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("9a", choice_9a)
### BEGIN HIDDEN TESTS
judge("9a", choice_9a)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 9a, continued: mend it (2 points)
#
# Write the function as it should be. In training the output's mean is the input's, every entry has a chance of its own, and each call draws anew; `p = 0` and `p = 1` both work
# (with `p = 1` everything is dropped); in use nothing changes. `x` is a float tensor of any shape.

# %% nbgrader={"grade": false, "grade_id": "9a-code-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dropout(x, p, training):
    """Entries of x dropped with probability p while training, and the others scaled up; x itself otherwise."""
    ### BEGIN SOLUTION
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)  # 0 / 0 otherwise
    mask = (torch.rand_like(x) >= p).to(x.dtype)
    return mask * x / (1 - p)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "9a-code", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("9a-code", dropout)
### BEGIN HIDDEN TESTS
judge("9a-code", dropout)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 9b (3 points)
#
# Which is the worst place for a dropout layer?
#
# * **A**: between two hidden layers
# * **B**: after the activation of a hidden layer
# * **C**: right after the input
# * **D**: after the final linear layer

# %% nbgrader={"grade": false, "grade_id": "9b-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_9b = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_9b = "D"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "9b", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("9b", choice_9b)
### BEGIN HIDDEN TESTS
judge("9b", choice_9b)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 9c (4 points)
#
# What is the main reason to use dropout?
#
# * **A**: faster training
# * **B**: less memory
# * **C**: better generalisation
# * **D**: gradients that do not vanish

# %% nbgrader={"grade": false, "grade_id": "9c-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_9c = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_9c = "C"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "9c", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("9c", choice_9c)
### BEGIN HIDDEN TESTS
judge("9c", choice_9c)
### END HIDDEN TESTS

# %% [markdown]
# # 10. Convolutional networks by hand (14 points)
#
# "Convolution" is cross-correlation, as in PyTorch.
#
# ## Question 10a: the size (2 points)
#
# How many rows and columns has the output?

# %%
numbers.show("10a")

# %% nbgrader={"grade": false, "grade_id": "10a-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# size = (rows, columns)
### BEGIN SOLUTION
size = (numbers.size.output, numbers.size.output)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "10a", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("10a", size)
### BEGIN HIDDEN TESTS
judge("10a", size)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 10b: a convolution (8 points)
#
# Type the output.

# %%
numbers.show("10b")

# %% nbgrader={"grade": false, "grade_id": "10b-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# output = [[...], ...]
### BEGIN SOLUTION
kernel, padded = np.array(numbers.kernel), np.pad(numbers.image, 1)
output = [[(padded[i : i + 2, j : j + 2] * kernel).sum() for j in range(4)] for i in range(4)]
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "10b", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
check("10b", output)
### BEGIN HIDDEN TESTS
judge("10b", output)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 10c: maximum pooling (4 points)

# %%
numbers.show("10c")

# %% nbgrader={"grade": false, "grade_id": "10c-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# pooled = [[..., ...], [..., ...]]
### BEGIN SOLUTION
image = np.array(numbers.pooled)
pooled = [[image[i : i + 2, j : j + 2].max() for j in (0, 2)] for i in (0, 2)]
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "10c", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("10c", pooled)
### BEGIN HIDDEN TESTS
judge("10c", pooled)
### END HIDDEN TESTS

# %% [markdown]
# # 11. Computer vision (25 points)
#
# The first three questions are about this network:

# %%
numbers.show("11")

# %%
exam_figures.convnet_picture()

# %% [markdown]
# ## Question 11a: parameters (6 points)
#
# How many numbers does each layer learn?

# %% nbgrader={"grade": false, "grade_id": "11a-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# conv_parameters = {"Conv1": ..., "BN1": ..., "ReLU1": ..., "Conv2": ..., "BN2": ..., "ReLU2": ...}
### BEGIN SOLUTION
n = numbers.convnet
conv_parameters = {
    "Conv1": n.kernel_1**2 * n.filters_1 + n.filters_1, "BN1": 2 * n.filters_1, "ReLU1": 0,
    "Conv2": n.kernel_2**2 * n.filters_1 * n.filters_2 + n.filters_2, "BN2": 2 * n.filters_2, "ReLU2": 0,
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "11a", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("11a", conv_parameters)
### BEGIN HIDDEN TESTS
judge("11a", conv_parameters)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 11b: shapes (6 points)
#
# Give the shape of every layer's output, with `"B"` for the batch size. (Whether Conv2 is padded by 0 or by 1 makes no difference here. See why.)

# %% nbgrader={"grade": false, "grade_id": "11b-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# conv_shapes = {"Conv1": ("B", ..., ..., ...), "BN1": ..., "ReLU1": ..., "Conv2": ..., "BN2": ..., "ReLU2": ...}
### BEGIN SOLUTION
n = numbers.convnet
first = ("B", n.filters_1, n.side_1, n.side_1)
second = ("B", n.filters_2, n.side_2(), n.side_2())
conv_shapes = {"Conv1": first, "BN1": first, "ReLU1": first, "Conv2": second, "BN2": second, "ReLU2": second}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "11b", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("11b", conv_shapes)
### BEGIN HIDDEN TESTS
judge("11b", conv_shapes)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 11c: from pictures to classes (3 points)
#
# Call the shape after ReLU2 $(B, C_6, H_6, W_6)$. It shall become $(B, n_c)$, scores for $n_c$ classes, by one average pooling over the *whole* picture (it is square) and one
# linear layer. How large is the pooling's window, and what are the two arguments of `Linear(in_features, out_features)`? Give names in quotes: `"H6"`, `"W6"`, `"C6"`, `"n_c"`.

# %% nbgrader={"grade": false, "grade_id": "11c-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# pool_kernel, in_features, out_features = ..., ..., ...
### BEGIN SOLUTION
pool_kernel, in_features, out_features = "H6", "C6", "n_c"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "11c", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("11c", (pool_kernel, in_features, out_features))
### BEGIN HIDDEN TESTS
judge("11c", (pool_kernel, in_features, out_features))
### END HIDDEN TESTS

# %% [markdown]
# ## Question 11d (3 points)
#
# To find $N$ objects in a picture, YOLO needs $N$ forward passes. `True` or `False`?

# %%
exam_figures.grid_of_boxes()

# %% nbgrader={"grade": false, "grade_id": "11d-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# n_passes = True or False
### BEGIN SOLUTION
n_passes = False
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "11d", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("11d", n_passes)
### BEGIN HIDDEN TESTS
judge("11d", n_passes)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 11e (3 points)
#
# What was YOLO's strength when it came out?
#
# * **A**: It segments the picture, too.
# * **B**: It finds small objects that stand in tight groups.
# * **C**: It tells very similar objects apart.
# * **D**: It is fast and simple.

# %% nbgrader={"grade": false, "grade_id": "11e-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_11e = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_11e = "D"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "11e", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("11e", choice_11e)
### BEGIN HIDDEN TESTS
judge("11e", choice_11e)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 11f (4 points)
#
# To which changes of the picture is the answer of a convolutional network, by its construction, (more or less) invariant?
#
# * **A**: translations only
# * **B**: translations and rotations
# * **C**: translations, rotations and changes of size
# * **D**: none of these

# %% nbgrader={"grade": false, "grade_id": "11f-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_11f = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_11f = "A"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "11f", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("11f", choice_11f)
### BEGIN HIDDEN TESTS
judge("11f", choice_11f)
### END HIDDEN TESTS

# %% [markdown]
# # 12. Frameworks (14 points)
#
# An engine for automatic differentiation has operations with two methods. `compute` works on raw arrays; `gradient` is called in the backward pass:
#
# ```python
# class EwiseMul(TensorOp):
#     def compute(self, a, b):
#         return a * b
#
#     def gradient(self, out_grad, node):
#         a, b = node.inputs
#         return out_grad * b, out_grad * a
# ```
#
# Below, *in* is an input of the operation, *out* its output, and *loss* the scalar that the backward pass started from.

# %% [markdown]
# ## Question 12a (5 points)
#
# What is `out_grad`?
#
# * **A**: $\partial\,\text{loss} / \partial\,\text{in}$
# * **B**: $\partial\,\text{loss} / \partial\,\text{out}$
# * **C**: $\partial\,\text{out} / \partial\,\text{in}$
# * **D**: $\partial\,\text{in} / \partial\,\text{out}$

# %% nbgrader={"grade": false, "grade_id": "12a-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_12a = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_12a = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "12a", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("12a", choice_12a)
### BEGIN HIDDEN TESTS
judge("12a", choice_12a)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 12b (4 points)
#
# Somebody writes `EwiseMul.gradient` on the raw arrays of `a`, `b` and `out_grad` and wraps the results as new tensors. What works?
#
# * **A**: Neither first nor second derivatives.
# * **B**: Second derivatives, but not first ones.
# * **C**: Both.
# * **D**: First derivatives, but not second ones.

# %% nbgrader={"grade": false, "grade_id": "12b-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_12b = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_12b = "D"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "12b", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("12b", choice_12b)
### BEGIN HIDDEN TESTS
judge("12b", choice_12b)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 12c (5 points)
#
# What does `MatMul.gradient` return, for the product of $A$ and $B$?
#
# * **A**: the product $AB$
# * **B**: $\partial\,\text{out} / \partial A$ and $\partial\,\text{out} / \partial B$
# * **C**: $\partial\,\text{loss} / \partial\,\text{out}$
# * **D**: $\partial\,\text{loss} / \partial A$ and $\partial\,\text{loss} / \partial B$

# %% nbgrader={"grade": false, "grade_id": "12c-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choice_12c = one letter, "A" to "D", in quotes
### BEGIN SOLUTION
choice_12c = "D"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "12c", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("12c", choice_12c)
### BEGIN HIDDEN TESTS
judge("12c", choice_12c)
### END HIDDEN TESTS

# %% [markdown]
# # Before you hand in
#
# * Run all cells once from top to bottom (*Kernel*, *Restart Kernel and Run All Cells*). The clock does not start anew.
# * Save, then submit. Answers that are missing cost their own points and nothing else.
# * After grading, every question explains itself: read the reasons of those that you got right as well. Sometimes one is right for the wrong reason.
#
# ## To take away
#
# Most of these questions have one idea behind them: **follow the numbers.** Forwards, and shapes and parameters count themselves. Backwards, and what a product of slopes does to a
# gradient, what a flat loss cannot teach, why zeros stay zeros. What you can do by hand for two pixels, a network does for millions.
