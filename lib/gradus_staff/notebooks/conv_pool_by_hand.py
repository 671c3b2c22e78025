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
# # Convolution and pooling, by hand
#
# **50 points.** A convolution is a small window that visits every place of an image and asks the same question there. You
# will move that window yourself: first with a pencil, then with a few lines of NumPy, and finally backwards, as a
# network does when it learns. Whoever has once added up the overlaps by hand is never again surprised by what a
# `Conv2d` does to a shape or to a gradient.
#
# **How to work.** Where a question asks for numbers, find them on paper and type them in: nested lists or arrays, both are
# fine. The checks below typed numbers look at their *form* only; whether they are right, you will hear after grading. The
# checks below *code* try real examples.
#
# **"Convolution" here means cross-correlation**, as it does in PyTorch and in nearly every paper on networks: the kernel is
# laid on the image *just as it is written*. In mathematics a convolution turns the kernel by 180° first. A network that
# learns its kernels does not care, because it would learn the turned one; whoever calculates with given numbers does.

# %%
import math

import numpy as np
import torch
from torch.nn import functional as F

from gradus.personal import enter_student_id, your_numbers
from gradus.questions.conv_pool_by_hand import check, judge
from gradus.widgets import ConvExplorer

# %% nbgrader={"grade": false, "grade_id": "numbers", "locked": true, "schema_version": 3, "solution": false, "task": false}
numbers = your_numbers("conv_pool_by_hand", course="gradus", version="fixed")

# %% [markdown]
# ## A worked example
#
# An image with 3 × 3 pixels, a kernel with 2 × 2 entries. The kernel fits at four places, so there are four outputs:
#
# $$
# \begin{pmatrix} 1 & 2 & 0 \\ 0 & 1 & 3 \\ 4 & 0 & 1 \end{pmatrix}
# \quad\text{by}\quad
# \begin{pmatrix} 1 & 0 \\ 0 & -1 \end{pmatrix}
# \quad\text{gives}\quad
# \begin{pmatrix} 1 \cdot 1 - 1 \cdot 1 & 1 \cdot 2 - 1 \cdot 3 \\ 1 \cdot 0 - 1 \cdot 0 & 1 \cdot 1 - 1 \cdot 1 \end{pmatrix}
# = \begin{pmatrix} 0 & -1 \\ 0 & 0 \end{pmatrix}.
# $$
#
# In formulas, for an image $A$, a kernel $B$ of height $K$ and width $L$, and stride $S$, all counted from 0:
#
# $$ C_{ij} = \sum_{u=0}^{K-1} \sum_{v=0}^{L-1} A_{iS+u,\; jS+v}\, B_{uv}. $$
#
# Padding $P$ lays $P$ rows and columns of zeros around the image, on *all four* sides, before the window starts. Step
# through it, change any number, and watch what the stride does to the last column:

# %%
ConvExplorer([[1, 2, 0], [0, 1, 3], [4, 0, 1]], [[1, 0], [0, -1]])

# %% [markdown]
# # Part 1. Forwards and backwards
#
# ## Question 1A: how large is C? (3 points)
#
# Throughout this part, $C$ is what the 3 × 3 kernel $B$ makes of the 5 × 5 image $A$, without padding, with stride 1. How
# many rows and columns has $C$?

# %% nbgrader={"grade": false, "grade_id": "1A-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# size_of_C = (rows, columns)
### BEGIN SOLUTION
size_of_C = (3, 3)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "1A", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("1A", size_of_C)
### BEGIN HIDDEN TESTS
judge("1A", size_of_C)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 1B: how large is any output? (4 points)
#
# Now with numbers that you do not know yet: image side $I$, kernel side $K$, stride $S$, padding $P$ on both sides. Find the
# output's side $O$ and write it as `output_size(i, k, s, p)`, a whole number.
#
# *A window that does not fit whole is left out.* PyTorch does so too: what remains at the right edge is simply never
# looked at.
#
# Sizes that make no sense (a kernel larger than the padded image, a stride or kernel side below 1, a negative padding) raise
# a `ValueError` that says which value is wrong.
#
# **Bonus:** with dilation $D$, neighbouring kernel entries lie $D$ pixels apart. Let your function take `d` as a fifth
# argument, 1 if it is not given.
#
# <details><summary>Hint 1</summary>Where may the window's left edge lie? From 0 to how much?</details>
# <details><summary>Hint 2</summary>In Python, <code>a // b</code> is the division that cuts off.</details>

# %% nbgrader={"grade": false, "grade_id": "1B-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def output_size(i, k, s, p, d=1):
    """Side of the output: image side i, kernel side k, stride s, padding p on both sides (bonus: dilation d)."""
    ### BEGIN SOLUTION
    reach = d * (k - 1) + 1  # pixels from the kernel's first entry to its last
    if min(i, k, s, d) < 1 or p < 0:
        raise ValueError(f"i = {i}, k = {k}, s = {s}, d = {d} must be at least 1, and p = {p} at least 0")
    if reach > i + 2 * p:
        raise ValueError(f"the kernel reaches over {reach} pixels, the padded image has {i + 2 * p}")
    return (i + 2 * p - reach) // s + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "1B", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("1B", output_size)
### BEGIN HIDDEN TESTS
judge("1B", output_size)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 1C: C by hand, then as code (2 + 4 points)
#
# These are your $A$ and $B$. Calculate the nine numbers of $C$ on paper and type them in.

# %%
A, B = np.array(numbers.A), np.array(numbers.B)
numbers.show("1C")

# %% nbgrader={"grade": false, "grade_id": "1C-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# C = [[..., ..., ...], ...]
### BEGIN SOLUTION
C = [[(A[i : i + 3, j : j + 3] * B).sum() for j in range(3)] for i in range(3)]
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "1C", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("1C", C)
### BEGIN HIDDEN TESTS
judge("1C", C)
### END HIDDEN TESTS

# %% [markdown]
# Now teach it to NumPy. Write `conv2d(image, kernel, stride, padding)`.
#
# | | |
# |---|---|
# | `image` | an array $(H, W)$, or with channels $(C, H, W)$ |
# | `kernel` | an array $(K, L)$, or with channels $(O, C, K, L)$: one kernel of shape $(C, K, L)$ for each output channel |
# | returns | an array of the output's rows and columns, or $(O, \text{rows}, \text{columns})$ |
#
# With channels, an output is the sum over the window *and* over the input channels. Image and kernel stay as they are. Sizes
# that do not fit raise a `ValueError`: your function of 1B knows them.
#
# **By hand** means that *your* code sums the windows. NumPy may help (slices, `sum`, `pad`, `einsum`, sliding windows); PyTorch,
# SciPy, `np.convolve` and `np.correlate` may not. The grader watches which functions run.
#
# **Bonus:** a fifth argument `dilation`, 1 if it is not given.
#
# <details><summary>Hint 1</summary>Start with two loops over the output's rows and columns. The window at (i, j) is
# <code>image[..., i*s : i*s + K, j*s : j*s + L]</code>.</details>
# <details><summary>Hint 2</summary><code>np.pad(image, ((p, p), (p, p)))</code> pads an array with two axes. An array for
# the results needs room for what stands behind the decimal point.</details>

# %% nbgrader={"grade": false, "grade_id": "1C-code-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv2d(image, kernel, stride=1, padding=0, dilation=1):
    """Cross-correlation of an image (H, W) with a kernel (K, L), or of (C, H, W) with (O, C, K, L)."""
    ### BEGIN SOLUTION
    K, L = kernel.shape[-2:]
    rows = output_size(image.shape[-2], K, stride, padding, dilation)
    columns = output_size(image.shape[-1], L, stride, padding, dilation)
    border = (padding, padding)
    padded = np.pad(image, [(0, 0)] * (image.ndim - 2) + [border, border])
    out = np.zeros((*kernel.shape[:-3], rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            down, right = top + dilation * (K - 1) + 1, left + dilation * (L - 1) + 1
            window = padded[..., top:down:dilation, left:right:dilation]
            axes = tuple(range(-window.ndim, 0))
            out[..., i, j] = (window * kernel).sum(axis=axes)
    return out
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "1C-code", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("1C-code", conv2d)
### BEGIN HIDDEN TESTS
judge("1C-code", conv2d)
### END HIDDEN TESTS

# %% [markdown]
# Does `conv2d(A, B, 1, 0)` agree with your paper? If not, the explorer shows every window with its products:
# `ConvExplorer(A, B)`.
#
# ## Question 1D: backwards by hand, then as code (3 + 3 points)
#
# Some error $E$ depends on $C$. Suppose $\partial E / \partial C_{ij} = 1$ for all nine outputs. Which gradient arrives at the
# *pixels* of $A$? A pixel takes part in several windows, each time multiplied by another entry of $B$, and it collects
# from all of them:
#
# $$
# \frac{\partial E}{\partial A_{ab}} = \sum_{i,j} \frac{\partial E}{\partial C_{ij}}\, \frac{\partial C_{ij}}{\partial A_{ab}},
# \qquad \frac{\partial C_{ij}}{\partial A_{ab}} = B_{a-i,\; b-j} \text{ where that entry exists, else } 0.
# $$
#
# Step through the picture below: for every pixel it shows the outputs that the pixel feeds. (The numbers are not yours.)

# %%
ConvExplorer([[1, 2, 0], [0, 1, 3], [4, 0, 1]], [[1, 2], [3, 5]], view="backward")

# %% [markdown]
# Type the 25 numbers of $\partial E / \partial A$, for your $B$ and $\partial E / \partial C$ full of ones.
#
# <details><summary>Hint</summary>The corner pixel A[0, 0] lies in one window only. How many windows cover the pixel in the
# middle, and with which entries of B?</details>

# %% nbgrader={"grade": false, "grade_id": "1D-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# dE_dA = [[..., ..., ..., ..., ...], ...]
### BEGIN SOLUTION
dE_dA = np.zeros((5, 5))
for i in range(3):
    for j in range(3):
        dE_dA[i : i + 3, j : j + 3] += B
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "1D", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("1D", dE_dA)
### BEGIN HIDDEN TESTS
judge("1D", dE_dA)
### END HIDDEN TESTS

# %% [markdown]
# As code: `conv2d_input_gradient(grad_out, kernel, stride, padding, input_shape)`.
#
# | | |
# |---|---|
# | `grad_out` | $\partial E / \partial C$, an array with the shape of the output; any numbers |
# | `kernel`, `stride`, `padding` | as in `conv2d`, without channels |
# | `input_shape` | $(H, W)$ of the image |
# | returns | $\partial E / \partial A$, an array $(H, W)$ |
#
# Pixels that no window reaches have gradient 0. Padding is not part of the image: what arrives there is dropped. Where the shape of
# `grad_out` is not the output's, raise a `ValueError`. By hand, as before: no autograd, no `conv_transpose2d`.
#
# <details><summary>Hint</summary>Go through the outputs. Each one hands <code>grad_out[i, j] * kernel</code> back to the very
# window it came from.</details>

# %% nbgrader={"grade": false, "grade_id": "1D-code-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv2d_input_gradient(grad_out, kernel, stride, padding, input_shape):
    """dE/dA, of shape input_shape, for dE/dC = grad_out."""
    ### BEGIN SOLUTION
    (H, W), (K, L) = input_shape, kernel.shape
    expected = (output_size(H, K, stride, padding), output_size(W, L, stride, padding))
    if grad_out.shape != expected:
        raise ValueError(f"grad_out has shape {grad_out.shape}, but the output has {expected}")
    padded = np.zeros((H + 2 * padding, W + 2 * padding))
    for i, j in np.ndindex(*grad_out.shape):
        top, left = i * stride, j * stride
        padded[top : top + K, left : left + L] += grad_out[i, j] * kernel
    return padded[padding : padding + H, padding : padding + W]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "1D-code", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("1D-code", conv2d_input_gradient)
### BEGIN HIDDEN TESTS
judge("1D-code", conv2d_input_gradient)
### END HIDDEN TESTS

# %% [markdown]
# # Part 2. Pooling
#
# Pooling moves a window as well, but instead of a weighted sum it takes a summary of what lies inside, and it has nothing to
# learn.
#
# ## Question 2A: what PyTorch offers (3 points)
#
# Name the modules of `torch.nn` that pool images (two spatial axes), as a set of names: `{"Conv2d", "ReLU"}` would have the
# right form. There are at least six.

# %% nbgrader={"grade": false, "grade_id": "2A-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# pooling_modules = {"...", ...}
### BEGIN SOLUTION
pooling_modules = {
    "MaxPool2d", "AvgPool2d", "FractionalMaxPool2d", "LPPool2d", "AdaptiveMaxPool2d", "AdaptiveAvgPool2d",
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "2A", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("2A", pooling_modules)
### BEGIN HIDDEN TESTS
judge("2A", pooling_modules)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 2B: three poolings from the definition (6 points)
#
# Let $S_{ij}$ be the set of the *image's* pixels inside the window at $(i, j)$, a square of side $K$ whose upper left corner lies
# at row $iS - P$, column $jS - P$. Then
#
# $$
# \text{max: } \max_{S_{ij}} x, \qquad
# \text{average: } \frac{1}{|S_{ij}|} \sum_{S_{ij}} x, \qquad
# L_p\text{: } \Big( \sum_{S_{ij}} |x|^p \Big)^{1/p}.
# $$
#
# **Mind the border.** A padded cell is no pixel, so it is not in $S_{ij}$: it never is the maximum, and the average is divided by
# the number of *pixels* in the window. (PyTorch's `AvgPool2d` counts padded cells unless you say
# `count_include_pad=False`. Both conventions are in use: say which one is yours.)
#
# | | |
# |---|---|
# | `max_pool(image, size, stride, padding=0)` | `image` an array $(H, W)$ |
# | `avg_pool(image, size, stride, padding=0)` | |
# | `lp_pool(image, p, size, stride, padding=0)` | $p \ge 1$ |
#
# Sizes that do not fit raise a `ValueError`, as in 1B; so does a padding of more than half the window, because then a window could lie
# outside the image altogether. By hand again. **Bonus:** `lp_pool` for $p = 400$ and $p = \infty$ (`math.inf`).
#
# <details><summary>Hint 1</summary>One loop can serve all three: write a helper that collects the pixels of every window.</details>
# <details><summary>Hint 2</summary>Pad with something that falls out by itself: <code>-np.inf</code> for the maximum,
# <code>np.nan</code> and <code>np.nanmean</code> for the average.</details>

# %% nbgrader={"grade": false, "grade_id": "2B-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
def pool(image, size, stride, padding, summary):
    """The summary of the pixels in every window."""
    if 2 * padding > size:
        raise ValueError(f"padding {padding} is more than half the window {size}")
    rows, columns = (output_size(side, size, stride, padding) for side in image.shape)
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride - padding, j * stride - padding
            out[i, j] = summary(image[max(top, 0) : top + size, max(left, 0) : left + size])
    return out
### END SOLUTION


def max_pool(image, size, stride, padding=0):
    """The largest pixel of every window."""
    ### BEGIN SOLUTION
    return pool(image, size, stride, padding, np.max)
    ### END SOLUTION


def avg_pool(image, size, stride, padding=0):
    """The mean of the pixels of every window; padded cells are not counted."""
    ### BEGIN SOLUTION
    return pool(image, size, stride, padding, np.mean)
    ### END SOLUTION


def lp_pool(image, p, size, stride, padding=0):
    """(sum |x|^p)^(1/p) over every window."""
    ### BEGIN SOLUTION
    def norm(pixels):
        largest = np.abs(pixels).max()
        if largest == 0 or p == math.inf:
            return largest
        return largest * ((np.abs(pixels) / largest) ** p).sum() ** (1 / p)  # no power of a large number

    return pool(image, size, stride, padding, norm)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "2B", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("2B", (max_pool, avg_pool, lp_pool))
### BEGIN HIDDEN TESTS
judge("2B", (max_pool, avg_pool, lp_pool))
### END HIDDEN TESTS

# %% [markdown]
# ## Question 2C: the maxima of C (3 points)
#
# Pool your $C$ of question 1C by the maximum, with a window of 2 × 2 and stride 1. Type the numbers.

# %% nbgrader={"grade": false, "grade_id": "2C-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# max_of_C = [[..., ...], ...]
### BEGIN SOLUTION
max_of_C = max_pool(conv2d(A, B, 1, 0), 2, 1)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "2C", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("2C", max_of_C)
### BEGIN HIDDEN TESTS
judge("2C", max_of_C)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 2D: is everything an $L_p$ pooling? (5 points)
#
# A lecture claims: "Maximum and average are both $L_p$ poolings. For the right $p$ you get the maximum; for another $p$, times a factor that
# depends only on the number $n = |S|$ of pixels in the window, you get the average."
#
# 1. Which $p$ (or limit: `math.inf`) gives the maximum? Assign it to `p_for_max`.
# 2. Which $p$ gives the average, and with which factor? Assign `p_for_average` and write `factor(n)`.
# 3. The claim is careless. Find a 2 × 2 window of numbers on which *both* recipes give something else than the maximum and the
#    average. Assign it to `counterexample`.
#
# Choose the mode *Lp* and slide $p$ to see the recipes at work (*take |x| first* is our definition):

# %%
ConvExplorer([[1, 2, 0, 3], [0, 1, 3, 1], [4, 0, 1, 2], [2, 2, 0, 1]], 2, mode="lp", p=3.0, absolute=True, stride=2)


# %% nbgrader={"grade": false, "grade_id": "2D-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# p_for_max, p_for_average, counterexample = ..., ..., [[..., ...], [..., ...]]
def factor(n):
    """What L_p is multiplied by to give the average of n pixels."""
    ### BEGIN SOLUTION
    return 1 / n
    ### END SOLUTION


### BEGIN SOLUTION
p_for_max, p_for_average, counterexample = math.inf, 1, [[-5, 1], [0, 2]]
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "2D", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("2D", (p_for_max, p_for_average, factor, counterexample))
### BEGIN HIDDEN TESTS
judge("2D", (p_for_max, p_for_average, factor, counterexample))
### END HIDDEN TESTS

# %% [markdown]
# *PyTorch's `LPPool2d` is not quite this definition:* it sums $x^p$ without the absolute value. With $p = 1$ it therefore returns
# the plain sum, for which the average's recipe is right on every input; with $p = 3$ and a window whose cubes add up to
# something negative, it returns `nan`. After a ReLU nobody notices, because there nothing is negative.

# %% [markdown]
# # Part 3. With padding and stride
#
# ## Question 3A: the size (2 points)
#
# How many rows and columns has the output?

# %%
numbers.show("3A")

# %% nbgrader={"grade": false, "grade_id": "3A-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# size = (rows, columns)
### BEGIN SOLUTION
layer = numbers.size_3a
size = (output_size(layer.image, layer.kernel, layer.stride, layer.padding),) * 2
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "3A", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("3A", size)
### BEGIN HIDDEN TESTS
judge("3A", size)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 3B: a convolution with padding (4 points)
#
# Draw the zeros around the image first; then move the window. Type the output.

# %%
numbers.show("3B")

# %% nbgrader={"grade": false, "grade_id": "3B-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# padded_output = [[...], ...]
### BEGIN SOLUTION
padded_output = conv2d(np.array(numbers.image_3b), np.array(numbers.kernel_3b), 1, 1)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "3B", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("3B", padded_output)
### BEGIN HIDDEN TESTS
judge("3B", padded_output)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 3C: maximum pooling (2 points)

# %%
numbers.show("3C")

# %% nbgrader={"grade": false, "grade_id": "3C-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# pooled = [[..., ...], [..., ...]]
### BEGIN SOLUTION
pooled = max_pool(np.array(numbers.image_3c), 2, 2)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "3C", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("3C", pooled)
### BEGIN HIDDEN TESTS
judge("3C", pooled)
### END HIDDEN TESTS

# %% [markdown]
# # Part 4. What it costs
#
# ## Question 4A: the shape of a layer's output (2 points)
#
# Give the shape of the output for one image, as PyTorch writes it: channels, rows, columns.

# %%
numbers.show("4A")

# %% nbgrader={"grade": false, "grade_id": "4A-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
# output_shape = (channels, rows, columns)
### BEGIN SOLUTION
layer = numbers.size_4a
side = output_size(layer.image, layer.kernel, layer.stride, layer.padding)
output_shape = (layer.channels, side, side)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "4A", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("4A", output_shape)
### BEGIN HIDDEN TESTS
judge("4A", output_shape)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 4B: minimum pooling (2 points)
#
# PyTorch has no minimum pooling. Get it out of the maximum pooling: `min_pool(x, size, stride)` for a tensor `x` of shape
# $(N, C, H, W)$, with the help of `F.max_pool2d` (here PyTorch is welcome).

# %% nbgrader={"grade": false, "grade_id": "4B-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def min_pool(x, size, stride):
    """The smallest entry of every window of x, (N, C, H, W)."""
    ### BEGIN SOLUTION
    return -F.max_pool2d(-x, size, stride)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "4B", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("4B", min_pool)
### BEGIN HIDDEN TESTS
judge("4B", min_pool)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 4C: how many comparisons? (1 point)
#
# A maximum pooling layer works on an image of $c$ channels, $h$ rows, $w$ columns, with a window of $p_h \times p_w$, a padding of $p_h$
# rows above and below and $p_w$ columns left and right (yes, the same numbers), and stride $(s_h, s_w)$. How many comparisons of two numbers
# does it need? Count every window as full: padded cells are compared like others, and the largest of $n$ numbers is found with
# $n - 1$ comparisons.

# %% nbgrader={"grade": false, "grade_id": "4C-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def comparisons(c, h, w, p_h, p_w, s_h, s_w):
    """How often two numbers are compared."""
    ### BEGIN SOLUTION
    rows, columns = (h + p_h) // s_h + 1, (w + p_w) // s_w + 1  # h + 2 p_h - p_h, and likewise across
    return c * rows * columns * (p_h * p_w - 1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "4C", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("4C", comparisons)
### BEGIN HIDDEN TESTS
judge("4C", comparisons)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 4D: why move by more than one pixel? (1 point)
#
# In two or three sentences: what does a stride larger than 1 buy, for the *computation* and for the *statistics* of what is learned?

# %% [markdown] nbgrader={"grade": true, "grade_id": "4D", "locked": false, "points": 1, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN MARK SCHEME
# **Half a point, computation:** stride s leaves about 1/s² of the outputs, so this layer's multiplications and the memory of its
# output shrink by about s², and all later layers work on smaller pictures. ("It is faster" without saying why or how much: a quarter.)
#
# **Half a point, statistics,** for any one of these: neighbouring windows overlap and their outputs are strongly correlated, so dropping some
# loses little information (less redundancy); fewer values go into the later layers, which need fewer parameters there and overfit less; the
# receptive field of later layers grows faster, so they see larger structures; small shifts matter less. (Naming the price, loss of
# resolution or aliasing, is welcome but earns nothing extra.)
# ### END MARK SCHEME

# %% [markdown]
# ## To take away
#
# * $O = \lfloor (I - K + 2P)/S \rfloor + 1$, and the floor is not a detail: what does not fit is *not looked at*, and its gradient is 0.
# * Forwards, an output gathers from a window. Backwards, it scatters to the same window, and where windows overlap the gradients **add**. That
#   is all there is to the backward pass of a convolution.
# * Networks cross-correlate. With learned kernels nobody minds; with given numbers, the flip is the most common mistake.
# * Whoever pads must say what a padded cell *is*: a zero in the sum, nothing in the maximum, and in the average it depends on the convention.
# * Maximum, average and $L_p$ are cousins, for non-negative inputs. A claim that is true "after a ReLU" is worth checking without one.
