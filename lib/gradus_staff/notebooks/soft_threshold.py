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
# # Soft threshold
#
# **40 points.** A signal is often a few large numbers in a sea of small, noisy ones. A *soft threshold* keeps the
# large ones and sets the small ones to zero: everything inside the band from $-T$ to $T$ becomes 0, and what sticks
# out of the band is kept. It is the step at the heart of wavelet denoising and of sparse coding, and it behaves like
# an activation function whose flat part is a band.
#
# Ours is asymmetric on purpose, so that a sign or a power in the wrong place shows:
#
# $$
# f_T(y) = \begin{cases} 0 & \text{if } -T \le y \le T,\\ (y - T)^2 & \text{if } y > T,\\ (y + T)^3 & \text{if } y < -T,
# \end{cases} \qquad T > 0.
# $$
#
# You will write it as code that works on whole tensors (A), draw it (B), let autograd differentiate it (C), build it
# into a module with a trainable matrix (D), and follow a gradient through a matrix inverse (E).
#
# **How to work.** Write your answers where it says `YOUR CODE HERE`. Below each answer stands a cell with a check; it
# shows at once what is right and what is not yet. The check knows a few examples; grading asks for many more.

# %%
import matplotlib.pyplot as plt
import torch
from torch import nn

from gradus.questions.soft_threshold import check, judge, symmetric_invertible_matrix
from gradus.widgets import SoftThresholdExplorer

# %% [markdown]
# ## A worked example
#
# Take $T = 2.81$.
#
# * $y = 3.2$ lies above the band. What sticks out is $3.2 - 2.81 = 0.39$, so $f_T(3.2) = 0.39^2 = 0.1521$.
# * $y = 1.5$ lies inside: $f_T(1.5) = 0$.
# * $y = -3.2$ lies below. What sticks out is $-3.2 + 2.81 = -0.39$, so $f_T(-3.2) = (-0.39)^3 = -0.0593$. A cube keeps
#   its sign: below the band $f_T$ is *negative*.
#
# Move $T$ and the point, and watch the three branches and the tangent:

# %%
SoftThresholdExplorer(T=2.81)


# %% [markdown]
# ## Question A: the function (8 points)
#
# Write `soft_threshold(y, T)`.
#
# | | |
# |---|---|
# | `y` | a tensor of any shape, `float32` or `float64` |
# | `T` | a positive Python number |
# | returns | a tensor with the shape and dtype of `y`; autograd can follow it |
#
# In a loop over the entries it would read like this, but a loop is slow, and you can do without:
#
# ```
# for every entry:   0  if -T <= y <= T      (y - T)**2  if y > T      (y + T)**3  if y < -T
# ```
#
# <details><summary>Hint 1</summary>Both outer branches can be computed for <em>every</em> entry; what remains is to choose.</details>
# <details><summary>Hint 2</summary>Look up <code>torch.where(condition, a, b)</code>.</details>

# %% nbgrader={"grade": false, "grade_id": "A-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def soft_threshold(y, T):
    """f_T(y), entry by entry."""
    ### BEGIN SOLUTION
    above = (y - T) ** 2
    below = (y + T) ** 3
    return torch.where(y > T, above, torch.where(y < -T, below, torch.zeros_like(y)))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "A", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
check("A", soft_threshold)
### BEGIN HIDDEN TESTS
judge("A", soft_threshold)
### END HIDDEN TESTS

# %% [markdown]
# ## Question B: its picture (6 points)
#
# Draw $f_T$ for $T = 2.81$ on $[-15, 15]$. Mark $\pm T$ on the axis of $y$, and label both axes. Any style will do:
# the check reads the lines and labels of your figure, not its pixels.
#
# Call the figure `figure` (`figure, axes = plt.subplots()`).
#
# <details><summary>Hint</summary><code>axes.axvline(T, linestyle=":")</code> marks a place on the horizontal axis.</details>

# %% nbgrader={"grade": false, "grade_id": "B-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
T = 2.81
y = torch.linspace(-15, 15, 601)
figure, axes = plt.subplots(figsize=(6, 3.5), layout="constrained")
axes.plot(y, soft_threshold(y, T))
for edge in (-T, T):
    axes.axvline(edge, color="grey", linestyle=":")
axes.set(xlabel="y", ylabel="$f_T(y)$", title=f"Soft threshold, T = {T}")
plt.show()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "B", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("B", figure)
### BEGIN HIDDEN TESTS
judge("B", figure)
### END HIDDEN TESTS

# %% [markdown]
# The picture shows the asymmetry at once: the left arm falls like a cube, some 1,800 units deep at $-15$, while the
# right arm climbs like a parabola to about 150. Both leave the band *flat*: at $\pm T$ there is no kink.

# %% [markdown]
# ## Question C: its derivative, by autograd (6 + 2 points)
#
# You could type $f'_T$ as a formula. Don't: let autograd find it.
#
# Write `soft_threshold_derivative(y, T)`: a tensor with the shape and dtype of `y` that holds $f'_T$ at every entry.
#
# A trap lies inside the band. There a program may return a constant, and a constant does not depend on `y`. PyTorch then
# raises an error, or with `allow_unused=True` answers `None`. The derivative of a constant is not `None`: it is **0**,
# and your function returns a tensor of zeros. At $y = \pm T$ the slopes from both sides are 0 as well.
#
# <details><summary>Hint 1</summary>Autograd differentiates <em>numbers</em>. Each output depends on its own input only,
# so the gradient of the <em>sum</em> of the outputs holds every slope.</details>
# <details><summary>Hint 2</summary><code>torch.autograd.grad(out.sum(), y)</code>; <code>y</code> must require a gradient.
# Make a copy that does: <code>y.detach().clone().requires_grad_()</code>.</details>

# %% nbgrader={"grade": false, "grade_id": "C-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def soft_threshold_derivative(y, T):
    """f'_T(y), entry by entry, by automatic differentiation."""
    ### BEGIN SOLUTION
    y = y.detach().clone().requires_grad_()
    (slope,) = torch.autograd.grad(soft_threshold(y, T).sum(), y, allow_unused=True)
    return torch.zeros_like(y) if slope is None else slope
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "C", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("C", soft_threshold_derivative)
### BEGIN HIDDEN TESTS
judge("C", soft_threshold_derivative)
### END HIDDEN TESTS

# %% [markdown]
# Now draw the derivative as you drew the function, with $T = 2.81$ on $[-15, 15]$ and both axes labelled. Call the figure
# `slope_figure`.

# %% nbgrader={"grade": false, "grade_id": "C-figure-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
T = 2.81
y = torch.linspace(-15, 15, 601)
slope_figure, axes = plt.subplots(figsize=(6, 3.5), layout="constrained")
axes.plot(y, soft_threshold_derivative(y, T), color="tab:orange")
for edge in (-T, T):
    axes.axvline(edge, color="grey", linestyle=":")
axes.set(xlabel="y", ylabel="$f_T'(y)$", title=f"Its derivative, T = {T}")
plt.show()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "C-figure", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("C-figure", slope_figure)
### BEGIN HIDDEN TESTS
judge("C-figure", slope_figure)
### END HIDDEN TESTS

# %% [markdown]
# ## Question D: a module with a matrix (10 points)
#
# A threshold treats every coordinate by itself. To threshold in *another* basis, change to it, threshold, and change back:
#
# $$ g_T(x; M) = M^{-1} f_T(M x), \qquad x \in \mathbb{R}^d,\; M \in \mathbb{R}^{d \times d} \text{ invertible}, $$
#
# with $f_T$ applied entry by entry. Write it as a module whose matrix can be trained.
#
# | | |
# |---|---|
# | `ConjugateSoftThreshold(T, M0)` | `T` a positive number, `M0` a tensor $(d, d)$ |
# | `.M` | its one parameter, at first equal to `M0` |
# | `forward(x)` | `x` a tensor $(d,)$; returns $g_T(x; M)$, $(d,)$ |
# | bonus | a batch `x` of shape $(n, d)$ gives $(n, d)$, row by row |
#
# $M$ will be trained, so the output must follow it: when an optimiser has changed `.M`, the next call uses the new
# matrix, and its new inverse.
#
# By hand, for $T = 1$, $M = \begin{pmatrix} 2 & 0\\ 0 & 1\end{pmatrix}$, $x = (1, -3)$: $\;Mx = (2, -3)$,
# $\;f_1(Mx) = (1, -8)$, $\;g_1(x; M) = (0.5, -8)$.
#
# <details><summary>Hint</summary>To apply an inverse you need not compute it: <code>torch.linalg.solve(M, b)</code> is
# M<sup>-1</sup> b, faster and more accurate.</details>

# %% nbgrader={"grade": false, "grade_id": "D-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
class ConjugateSoftThreshold(nn.Module):
    """g_T(x; M) = M^-1 f_T(M x), with M trainable."""

    def __init__(self, T, M0):
        super().__init__()
        ### BEGIN SOLUTION
        self.T = T
        self.M = nn.Parameter(M0.clone())
        ### END SOLUTION

    def forward(self, x):
        ### BEGIN SOLUTION
        Mx = x @ self.M.T  # for one vector (d,) and for a batch (n, d) alike
        return torch.linalg.solve(self.M, soft_threshold(Mx, self.T).T).T
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "D", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
check("D", ConjugateSoftThreshold)
### BEGIN HIDDEN TESTS
judge("D", ConjugateSoftThreshold)
### END HIDDEN TESTS

# %% [markdown]
# A symmetric, invertible matrix to play with: $10^{-6} I + F F^\top$ with standard normal $F$, the same for everybody.

# %%
M5 = symmetric_invertible_matrix(5)
M5


# %% [markdown]
# ## Question E: gradients in $x$ and in $M$ (8 points)
#
# How far does the threshold move a vector?
#
# $$ \varphi(x, M) = \lVert x - g_T(x; M) \rVert_2^2, \qquad T = 2.81. $$
#
# Write `phi_and_gradients(x, M)`: `x` a tensor $(d,)$, `M` a tensor $(d, d)$; returns the three of
# $\varphi$ (a number without axes), $\partial\varphi/\partial x$, $(d,)$, and $\partial\varphi/\partial M$, $(d, d)$,
# as tensors, by autograd. Every entry of $M$ counts as free, even where the matrix happens to be symmetric.
#
# **Mind the inverse.** $M$ appears twice in $M^{-1} f_T(M x)$, and a gradient must come back along both paths. An inverse
# that was computed beforehand is a constant for autograd: the value of $\varphi$ is right, and the gradient is wrong.
#
# You may use your module from question D.

# %% nbgrader={"grade": false, "grade_id": "E-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def phi_and_gradients(x, M):
    """phi(x, M) and its gradients in x and in M, for T = 2.81."""
    ### BEGIN SOLUTION
    x = x.detach().clone().requires_grad_()
    g = ConjugateSoftThreshold(2.81, M.detach())
    phi = ((x - g(x)) ** 2).sum()
    grad_x, grad_M = torch.autograd.grad(phi, (x, g.M))
    return phi.detach(), grad_x, grad_M
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "E", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
check("E", phi_and_gradients)
### BEGIN HIDDEN TESTS
judge("E", phi_and_gradients)
### END HIDDEN TESTS

# %% [markdown]
# ## To take away
#
# * A function with cases becomes one expression on tensors: compute the branches everywhere, choose with `torch.where`.
#   No loop, any shape, and autograd follows.
# * Autograd answers for *numbers*. For a function that works entry by entry, the gradient of the sum is the list of slopes.
#   "Does not depend on the input" is an answer, too: 0.
# * What is to be trained is an `nn.Parameter`; what is *computed from it* belongs into `forward`, not into the constructor.
#   Anything computed once is a constant, stale after the first update and invisible to the gradient.
# * The gradient of an inverse, should you meet it by hand: $\mathrm{d}(M^{-1}) = -M^{-1}\,(\mathrm{d}M)\,M^{-1}$. Autograd
#   knows; you only have to leave the inverse in the graph.
