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
# # Automatic differentiation
#
# **60 points.** To train a network is to ask, millions of times: *if I turned this one weight a little, what would
# happen to the loss?* The answer is a derivative. Nobody computes it by hand, and nobody measures it by wiggling each
# weight. A program does it, exactly, for all weights at once, for about the price of a few evaluations. It is called
# reverse-mode automatic differentiation, and it fits on two pages.
#
# You will meet it three times, each time closer:
#
# 1. **From outside.** One function, differentiated by hand and by PyTorch. Both must agree.
# 2. **On paper.** A computation is a graph. Values run forward through it, and *adjoints* run back.
# 3. **From inside.** You write the rules of a small engine yourself, until it differentiates a network, and then
#    differentiates the derivative.
#
# **How to work.** Write your answers where it says `YOUR CODE HERE`. Below each answer stands a cell with a check; it
# shows at once what is right and what is not yet. The check knows a few examples; grading asks for many more.

# %%
import matplotlib.pyplot as plt
import numpy as np
import sympy
import torch

from gradus import tape
from gradus.graphs import graph_of
from gradus.questions.autodiff import check, judge, network_picture, polynomial_picture, show_adjoints
from gradus.tape import Tensor, TensorOp, adjoints, backward, compare_with_torch, grad, rules
from gradus.widgets import GraphStepper

rules.clear()  # the rules of the engine in part 3: none yet

# %% [markdown]
# # Part 1. One function, three ways
#
# $$ f(x) = \sqrt{2 + x^3 + \log(1 + x^3)} + \sin\!\big(2 + x^3 + \log(1 + x^3)\big), \qquad f: \mathbb{R} \to \mathbb{R}. $$
#
# It looks long, but it has only three layers: $x$, then the number under the root and in the sine, then the result. Give
# the middle one a name, $y = 2 + x^3 + \log(1 + x^3)$, and $f = \sqrt{y} + \sin y$. (The logarithm is the natural one. $f$
# needs $x > -1$ and $y > 0$; that is so for $x > -0.89$.)
#
# **A worked example of the same kind.** Take $g(x) = e^{u}$ with $u = x^2 + \log x$. Layer by layer:
# $\;\dfrac{dg}{du} = e^u$, $\;\dfrac{du}{dx} = 2x + \dfrac1x$, and so $g'(x) = e^u\,\big(2x + \tfrac1x\big)$. Two factors, one
# for each step.
#
# ## Question 1A: by hand (6 + 4 points)
#
# Find $f'(x)$ with pencil and paper, and assign it to `df`: a SymPy expression in the symbol `x`. Any form will do; it is
# compared as a function, at many points.
#
# | SymPy | means |
# |---|---|
# | `x**3` | $x^3$ |
# | `sympy.sqrt(y)` | $\sqrt y$ |
# | `sympy.log(y)` | natural logarithm |
# | `sympy.sin(y)`, `sympy.cos(y)` | sine, cosine |
#
# <details><summary>Hint 1</summary>Write down three derivatives: of √y, of sin y, and of y itself. Each is one line.</details>
# <details><summary>Hint 2</summary>log(1 + x³) has an inner derivative of its own.</details>

# %%
x = sympy.Symbol("x")
y = 2 + x**3 + sympy.log(1 + x**3)  # you may use y: it is an expression in x
y

# %% nbgrader={"grade": false, "grade_id": "1A-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
dy = 3 * x**2 + 3 * x**2 / (1 + x**3)
df = (1 / (2 * sympy.sqrt(y)) + sympy.cos(y)) * dy
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "1A", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("1A", df)
### BEGIN HIDDEN TESTS
judge("1A", df)
### END HIDDEN TESTS

# %% [markdown]
# Now show how you found it (4 points). Write the steps of the chain rule in LaTeX: what you call the layers, the derivative
# of each, and how they are put together. Four or five lines are enough. (`$$ \frac{dy}{dx} = 3x^2 + \dots $$`)

# %% [markdown] nbgrader={"grade": true, "grade_id": "1A-steps", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# With $y = 2 + x^3 + \log(1 + x^3)$ we have $f = \sqrt y + \sin y$. Outside:
#
# $$ \frac{df}{dy} = \frac{1}{2\sqrt y} + \cos y. $$
#
# Inside, with the chain rule once more for the logarithm, whose inner function $1 + x^3$ has the derivative $3x^2$:
#
# $$ \frac{dy}{dx} = 3x^2 + \frac{1}{1 + x^3}\cdot 3x^2. $$
#
# Together:
#
# $$ f'(x) = \frac{df}{dy}\cdot\frac{dy}{dx} = \Big(\frac{1}{2\sqrt y} + \cos y\Big)\Big(3x^2 + \frac{3x^2}{1 + x^3}\Big). $$
#
# ### BEGIN MARK SCHEME
# 4 points, one each:
#
# 1. The layers are named (y, or any other way to say what is inside and what is outside).
# 2. Outer derivatives: 1/(2 sqrt(y)) and cos(y).
# 3. Inner derivative: 3x^2 from x^3, and 3x^2/(1 + x^3) from the logarithm, with its own inner derivative 3x^2 visible.
# 4. Both outer derivatives are multiplied by dy/dx (the chain rule is applied to the root and to the sine).
#
# Any correct order and notation counts. A right result without steps earns point 1 at most; a slip of the pen in a step
# whose idea is right costs nothing here (question 1A has judged the result). Text in place of LaTeX is fine.
# ### END MARK SCHEME

# %% [markdown]
# ## Question 1B: as code (5 points)
#
# Write `f(x)`, which PyTorch can follow.
#
# | | |
# |---|---|
# | `x` | a tensor of any shape, `float32` or `float64` |
# | returns | a tensor with the shape and dtype of `x`; autograd can follow it back to `x` |
#
# Every step must be an operation of PyTorch (`torch.sqrt`, `torch.log`, ...). A step that leaves PyTorch, by NumPy, `math` or
# `.item()`, computes the right number and loses the way back.

# %% nbgrader={"grade": false, "grade_id": "1B-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def f(x):
    """sqrt(y) + sin(y) with y = 2 + x^3 + log(1 + x^3), entry by entry."""
    ### BEGIN SOLUTION
    y = 2 + x**3 + torch.log(1 + x**3)
    return torch.sqrt(y) + torch.sin(y)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "1B", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("1B", f)
### BEGIN HIDDEN TESTS
judge("1B", f)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 1C: by autograd (5 points)
#
# Write `derivative(x)`: a tensor with the shape and dtype of `x` that holds $f'$ at every entry, found by PyTorch from your
# `f`. At $x = 1.432$ it must give what your pencil gave: $f(1.432) = 2.5349$ and $f'(1.432) = 9.2485$.
#
# Somebody may call your function twice with the very same tensor. It must then give the same answer twice, and this is a
# trap: `backward()` *adds* to `x.grad`.
#
# <details><summary>Hint 1</summary>Autograd differentiates single numbers. Each output depends on its own input only, so the
# gradient of the <em>sum</em> of the outputs holds every slope.</details>
# <details><summary>Hint 2</summary><code>x.detach().clone().requires_grad_()</code> is a fresh copy with an empty <code>.grad</code>.
# <code>torch.autograd.grad(out, x)</code> returns the gradient and stores nothing.</details>

# %% nbgrader={"grade": false, "grade_id": "1C-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def derivative(x):
    """f'(x), entry by entry, by automatic differentiation."""
    ### BEGIN SOLUTION
    x = x.detach().clone().requires_grad_()
    (slope,) = torch.autograd.grad(f(x).sum(), x)
    return slope
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "1C", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("1C", derivative)
### BEGIN HIDDEN TESTS
judge("1C", derivative)
### END HIDDEN TESTS

# %% [markdown]
# Hand and machine, side by side. The third column is what one gets by *measuring* the slope with a small step $h$: near, but
# never exact. With a small $h$ the subtraction loses digits, with a large one the curve bends away. Autograd has no $h$.

# %%
print("    x     by hand          by autograd      (f(x+h) - f(x)) / h,  h = 1e-6")
for point in (0.5, 1.0, 1.432):
    by_hand = float(df.subs(x, point))
    place = torch.tensor(point, dtype=torch.float64)
    print(f"{point:7}  {by_hand: .12f}  {derivative(place): .12f}  {(f(place + 1e-6) - f(place)) / 1e-6: .12f}")

# %% [markdown]
# # Part 2. The computation graph
#
# A program that computes a number is a graph: each node is one small operation, and each arrow says whose result goes where.
# Differentiation needs just two facts about it.
#
# * **The adjoint** of a node $v$ is the derivative of the *final result* with respect to it, $\bar v = \partial\,\text{result} /
#   \partial v$. It has the shape of $v$. At the output it is 1.
# * **Each node hands back** to each of its inputs: what has arrived, times its own local derivative. **Where several paths meet,
#   their shares are added.**
#
# Step through the graph of $z = (x_1 x_2 + e^{x_1})^2$: values forward, then adjoints backward. Each step shows one node, its local
# derivatives, and the adjoint that has arrived. Watch $x_1$, which is used twice: its adjoint is complete only when both shares are
# there. (You can change the numbers.)

# %%
GraphStepper([
    {"name": "x1", "value": 0.5},
    {"name": "x2", "value": 2.0},
    {"name": "p", "op": "mul", "inputs": ["x1", "x2"]},
    {"name": "e", "op": "exp", "inputs": ["x1"]},
    {"name": "s", "op": "add", "inputs": ["p", "e"]},
    {"name": "z", "op": "square", "inputs": ["s"]},
])

# %% [markdown]
# ## Question 2A: the graph's operations (6 points)
#
# Here is the graph of $y = (x_1 + x_2)^2 + x_2 x_3 - x_3$, with five blanks. Which operation belongs into each?

# %%
polynomial_picture()

# %% [markdown]
# Assign a dictionary to `blanks`. The operations are `"+"`, `"-"`, `"*"`, `"/"` and `"square"`. Where two arrows arrive, the upper one comes
# first: the node is *upper - lower*, for instance.

# %% nbgrader={"grade": false, "grade_id": "2A-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
blanks = {"a": "+", "b": "*", "c": "square", "d": "+", "e": "-"}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "2A", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("2A", blanks)
### BEGIN HIDDEN TESTS
judge("2A", blanks)
### END HIDDEN TESTS

# %%
polynomial_picture(blanks)

# %% [markdown]
# ## Question 2B: adjoints (8 points)
#
# Now with matrices. A row $x$ of $k$ numbers, a matrix $W$, a target $y$ of $d$ numbers:
#
# | | | shape |
# |---|---|---|
# | $v_1 = x$ | | $(1, k)$ |
# | $v_2 = W$ | | $(k, d)$ |
# | $v_3 = y$ | | $(1, d)$ |
# | $v_4 = v_1 v_2$ | matrix product, `v1 @ v2` | $(1, d)$ |
# | $v_5 = \exp(v_4)$ | entry by entry | $(1, d)$ |
# | $v_6 = v_4 + v_5$ | | $(1, d)$ |
# | $v_7 = \operatorname{MSE}(v_6, v_3)$ | the *mean* of the $d$ squared differences | a number |

# %%
network_picture()


# %% [markdown]
# Write each adjoint $\bar v_i = \partial v_7 / \partial v_i$ as a formula in $v_1, \dots, v_7$ (and $d$, the number of entries of $v_6$).
# No autograd here: these are the lines that autograd runs. Work from right to left; each adjoint may use the ones to its right.
#
# **Two aids.** An adjoint has the shape of its node, so with matrices the shapes often leave only one product that fits. And
# count the arrows that *leave* a node: as many shares come back.
#
# **For a single matrix product** $Z = A B$: $\;\bar A = \bar Z\, B^\top$ and $\bar B = A^\top \bar Z$. Check the shapes with $A$ of $(n, k)$ and
# $B$ of $(k, m)$. Why so? $Z_{ij} = \sum_l A_{il} B_{lj}$, so $A_{il}$ reaches every $Z_{ij}$ of its row, with the weight $B_{lj}$:
# $\;\bar A_{il} = \sum_j \bar Z_{ij} B_{lj}$. This is a row of $\bar Z$ times a row of $B$.

# %% nbgrader={"grade": false, "grade_id": "2B-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def network_adjoints(v1, v2, v3, v4, v5, v6, v7):
    """The adjoints of v7 to v1, by name: tensors in, tensors out (None where you are not there yet)."""
    d = v6.shape[-1]
    ### BEGIN SOLUTION
    v7_bar = torch.ones_like(v7)
    v6_bar = v7_bar * 2 / d * (v6 - v3)
    v5_bar = v6_bar
    v4_bar = v5_bar * torch.exp(v4) + v6_bar
    v3_bar = -v6_bar
    v2_bar = v1.T @ v4_bar
    v1_bar = v4_bar @ v2.T
    ### END SOLUTION
    return {"v7": v7_bar, "v6": v6_bar, "v5": v5_bar, "v4": v4_bar, "v3": v3_bar, "v2": v2_bar, "v1": v1_bar}


# %% [markdown]
# Where is the mistake? This table sets each of your adjoints beside autograd's, on random numbers, and ventures a guess. (Not done
# with one of them yet? Set it to `None`.) Read it from the top: a mistake in $\bar v_6$ spoils all that follow.

# %%
show_adjoints(network_adjoints)

# %% nbgrader={"grade": true, "grade_id": "2B", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
check("2B", network_adjoints)
### BEGIN HIDDEN TESTS
judge("2B", network_adjoints)
### END HIDDEN TESTS

# %% [markdown]
# # Part 3. Build the engine
#
# PyTorch did the backward pass for you in part 1, and you did it by hand in part 2. Now you write the program that does it:
# every rule is one or two lines.
#
# The engine lies ready in `gradus.tape`, except for its rules. A `Tensor` wraps a NumPy array and remembers how it was made:

# %%
a = Tensor([1.0, 2.0, 3.0], name="a")
b = Tensor([[2.0], [-1.0]], name="b")
z = ((a * b).relu()).sum().named("z")
graph_of(z)


# %% [markdown]
# Each box is a `TensorOp`, with two methods:
#
# * `compute(*arrays)` goes forward, on NumPy arrays. It is there.
# * `gradient(out_grad, node)` goes backward, on tensors. It is **yours**. `node` is the result, with `node.inputs` (the tensors it was made of)
#   and `node.values` (its array). `out_grad` is what has arrived: the adjoint of `node`, of its shape. Return what goes back, one tensor
#   of the input's shape for each input.
#
# Look at the boxes named *stretch*: `a` is $(3,)$ and `b` is $(2, 1)$, and before they can be multiplied entry by entry, both become
# $(2, 3)$. In this engine broadcasting is an operation of its own, `BroadcastTo`. So `EwiseMul` always sees equal shapes, and the
# one rule that deals with copies is `BroadcastTo`'s.
#
# **The whole backward pass** of the engine is the loop that you followed by hand. It needs the nodes in an order in which every node
# comes after its inputs (question 3B):
#
# ```
# arrived = {output: out_grad}
# for node in reversed(topological_order(output)):          # outputs first
#     if node is a leaf: continue
#     for tensor, share in zip(node.inputs, node.op.gradient(arrived[node], node)):
#         arrived[tensor] = arrived[tensor] + share          # or share alone, if it is the first
# ```
#
# **One rule as an example.** The engine has no sine. To add an operation of your own, you write both methods; here is the rule
# in the notation of the lecture, $\bar a = \bar y \cdot \cos a$, and in code:
#
# ```
# class Sin(TensorOp):
#     def compute(self, a):
#         return np.sin(a)
#
#     def gradient(self, out_grad, node):
#         (a,) = node.inputs
#         return out_grad * Cos()(a)           # tensors of the engine, no arrays
# ```
#
# The last comment matters. Compute with **tensors of the engine** (`+ - * / ** @`, `.sum(axes)`, `.reshape(shape)`, `.broadcast_to(shape)`,
# `.transpose(i, j)`, `.T` for the last two axes, `.exp()`, `.log()`, `.relu()`), and what you return will itself have a graph, so it can be
# differentiated again. Question 3E shows what happens otherwise.
#
# ## Question 3A: gradients, entry by entry (4 points)
#
# | operation | $y$ | |
# |---|---|---|
# | `EwiseAdd` | $a + b$ | equal shapes |
# | `EwiseMul` | $a \cdot b$ | entry by entry, equal shapes |
# | `PowerScalar` | $a^n$ | `op.exponent` is $n$, a number |
# | `ReLU` | $\max(0, a)$ | at $a = 0$ both 0 and 1 count as right; the pattern `node.inputs[0].values > 0` is a constant, and may be an array |
# | `Log` | $\log a$ | |
# | `Exp` | $e^a$ | |
#
# Return a tuple where there are two inputs, one tensor where there is one. Test with an `out_grad` that is not all ones: a rule that
# forgets it looks right with ones, and is wrong in every network. The check does so, too.

# %% nbgrader={"grade": false, "grade_id": "3A-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
@rules.gradient(tape.EwiseAdd)
def ewise_add_gradient(op, out_grad, node):
    """y = a + b"""
    ### BEGIN SOLUTION
    return out_grad, out_grad
    ### END SOLUTION


@rules.gradient(tape.EwiseMul)
def ewise_mul_gradient(op, out_grad, node):
    """y = a * b"""
    ### BEGIN SOLUTION
    a, b = node.inputs
    return out_grad * b, out_grad * a
    ### END SOLUTION


@rules.gradient(tape.PowerScalar)
def power_scalar_gradient(op, out_grad, node):
    """y = a ** op.exponent"""
    ### BEGIN SOLUTION
    (a,) = node.inputs
    return out_grad * op.exponent * a ** (op.exponent - 1)
    ### END SOLUTION


@rules.gradient(tape.ReLU)
def relu_gradient(op, out_grad, node):
    """y = max(0, a)"""
    ### BEGIN SOLUTION
    (a,) = node.inputs
    return out_grad * (a.values > 0)
    ### END SOLUTION


@rules.gradient(tape.Log)
def log_gradient(op, out_grad, node):
    """y = log(a)"""
    ### BEGIN SOLUTION
    (a,) = node.inputs
    return out_grad / a
    ### END SOLUTION


@rules.gradient(tape.Exp)
def exp_gradient(op, out_grad, node):
    """y = exp(a)"""
    ### BEGIN SOLUTION
    return out_grad * node
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "3A", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("3A", rules)
### BEGIN HIDDEN TESTS
judge("3A", rules)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 3A, continued: what changes shapes (4 points)
#
# | operation | does | settings |
# |---|---|---|
# | `Summation` | sums over axes, which then are gone | `op.axes`: a tuple (may be negative), or `None` for all |
# | `BroadcastTo` | copies along axes of length 1 and new axes at the front | `op.shape` |
# | `Reshape` | same entries, same order, other shape | `op.shape` |
# | `Transpose` | two axes change places | `op.axes`: a pair |
#
# These four only move numbers about, add them up, or copy them. Summing and copying are each other's reverse: **where the forward pass copies, the
# backward pass sums; where it sums, the backward pass copies.**
#
# By hand: `a` of shape $(2, 1)$ is stretched to $(2, 2)$, and $\begin{pmatrix}1 & 2\\ 4 & 5\end{pmatrix}$ arrives. The entry $a_{11}$ was
# copied twice, and its copies get 1 and 2: it gets 3. So $\begin{pmatrix}3\\ 9\end{pmatrix}$ goes back.
#
# `sum_to` will be needed again for the matrix product, so it is a function of its own.
#
# <details><summary>Hint for Summation</summary>First put the summed axes back with length 1 (<code>reshape</code>), then <code>broadcast_to</code>.
# Sum (2, 3) over axis 1 and 2 numbers remain; as (2, 1) they can be stretched to (2, 3), as (2,) they cannot.</details>
# <details><summary>Hint for sum_to</summary>Two kinds of axes: new ones at the front (how many more axes has the tensor?), and axes that have
# length 1 in <code>shape</code> and more in the tensor. <code>tensor.sum(())</code> over no axes changes nothing.</details>

# %% nbgrader={"grade": false, "grade_id": "3A-shapes-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sum_to(tensor, shape):
    """The tensor, added up over the axes along which `shape` was stretched; has the shape `shape`."""
    ### BEGIN SOLUTION
    tensor = tensor.sum(tuple(range(len(tensor.shape) - len(shape))))
    stretched = tuple(axis for axis, length in enumerate(shape) if length == 1 and tensor.shape[axis] > 1)
    return tensor.sum(stretched).reshape(shape)
    ### END SOLUTION


@rules.gradient(tape.Summation)
def summation_gradient(op, out_grad, node):
    """y = a.sum(op.axes)"""
    ### BEGIN SOLUTION
    (a,) = node.inputs
    axes = range(len(a.shape)) if op.axes is None else [axis % len(a.shape) for axis in op.axes]
    with_ones = tuple(1 if axis in axes else length for axis, length in enumerate(a.shape))
    return out_grad.reshape(with_ones).broadcast_to(a.shape)
    ### END SOLUTION


@rules.gradient(tape.BroadcastTo)
def broadcast_to_gradient(op, out_grad, node):
    """y = a.broadcast_to(op.shape)"""
    ### BEGIN SOLUTION
    return sum_to(out_grad, node.inputs[0].shape)
    ### END SOLUTION


@rules.gradient(tape.Reshape)
def reshape_gradient(op, out_grad, node):
    """y = a.reshape(op.shape)"""
    ### BEGIN SOLUTION
    return out_grad.reshape(node.inputs[0].shape)
    ### END SOLUTION


@rules.gradient(tape.Transpose)
def transpose_gradient(op, out_grad, node):
    """y = a.transpose(*op.axes)"""
    ### BEGIN SOLUTION
    return out_grad.transpose(*op.axes)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "3A-shapes", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("3A-shapes", rules)
### BEGIN HIDDEN TESTS
judge("3A-shapes", rules)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 3A, continued: the matrix product (2 points)
#
# `MatMul` multiplies along the last two axes. Axes before them are batches: $(5, n, k)$ times $(5, k, m)$ are five products. Batches
# broadcast: $(5, n, k)$ times $(k, m)$ uses the *same* matrix five times. What follows for its gradient, you know from part 2 (two paths meet) and
# from `BroadcastTo`.
#
# <details><summary>Hint</summary>For two matrices the rule stands in question 2B. <code>.T</code> transposes every matrix of a batch. Then look at the shape that
# comes out, and at the shape that must.</details>

# %% nbgrader={"grade": false, "grade_id": "3A-matmul-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
@rules.gradient(tape.MatMul)
def matmul_gradient(op, out_grad, node):
    """y = a @ b on the last two axes; batches broadcast"""
    ### BEGIN SOLUTION
    a, b = node.inputs
    return sum_to(out_grad @ b.T, a.shape), sum_to(a.T @ out_grad, b.shape)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "3A-matmul", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("3A-matmul", rules)
### BEGIN HIDDEN TESTS
judge("3A-matmul", rules)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 3B: in which order? (4 + 1 + 1 points)
#
# A node may hand its adjoint on only when all of it has arrived. The smallest graph in which this matters has three nodes:
# $a = 1$, $\;b = a + a$, $\;c = b + b$.

# %%
GraphStepper([
    {"name": "a", "value": 1.0},
    {"name": "b", "op": "add", "inputs": ["a", "a"]},
    {"name": "c", "op": "add", "inputs": ["b", "b"]},
])


# %% [markdown]
# $c = 4a$, so the adjoint of $a$ is 4. The first idea of nearly everybody who writes such an engine is plain recursion: a node that gets a share adds
# it to what it has, and passes on at once. Here it is, with a counter of how often each node fires. Before you run it: what will it
# say about `a`?

# %%
def plain_recursion(node, share, arrived, fires):
    """Take a share in, and at once pass on all that has arrived."""
    arrived[node] = arrived.get(node, 0.0) + share
    fires[node] = fires.get(node, 0) + 1
    for tensor in node.inputs:
        local = 1.0  # every node here is a sum
        plain_recursion(tensor, arrived[node] * local, arrived, fires)


a = Tensor(1.0, name="a")
b = (a + a).named("b")
c = (b + b).named("c")
arrived, fires = {}, {}
plain_recursion(c, 1.0, arrived, fires)
graph_of(c, {node: f"fires {fires[node]}×, has {arrived[node]:g}" for node in fires})

# %% [markdown]
# Six, not four. When the first share (1) reaches `b`, it passes 1 on, along both arrows. When the second one arrives, `b` has 2, and passes 2 on, along
# both arrows: the first 1 is counted again. `a` ends with $1 + 1 + 2 + 2$. The count is the other half of the trouble: the number of
# times that a node fires doubles with every step.
#
# **3B-recursion (1 point).** Go one step further: $d = c + c$. How often does `a` fire in `plain_recursion`, what adjoint does it find for `a`,
# and what is the right one? Find them on paper; then let the computer confirm.

# %% nbgrader={"grade": false, "grade_id": "3B-recursion-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
recursion = (8, 26, 8)  # a fires; what recursion finds for a; the right adjoint of a
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "3B-recursion", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("3B-recursion", recursion)
### BEGIN HIDDEN TESTS
judge("3B-recursion", recursion)
### END HIDDEN TESTS

# %% [markdown]
# The cure is to wait: visit every node **once**, and no node before all that *use* it. Turn the list of nodes round in which every node comes
# after its inputs, and you have that order.
#
# Write `topological_order(node)`: a list of all tensors that `node` was made of, and of `node` itself.
#
# * Every node comes after its inputs; `node` is last.
# * Every node is there once, however often it is used. (A tensor can be kept in a set; two different tensors are different even with equal numbers.)
# * Nothing else is there.
#
# For `c` above: `[a, b, c]`. (Bonus: it also works for a graph 1,500 operations deep, where Python's recursion ends. A bonus makes good
# for a loss elsewhere in this question.)
#
# <details><summary>Hint 1</summary>A node can be appended when all of its inputs have been.</details>
# <details><summary>Hint 2</summary>A function <code>visit(node)</code> inside yours: if the node was seen, return; else visit its inputs, then append it.</details>

# %% nbgrader={"grade": false, "grade_id": "3B-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
@rules.topological
def topological_order(node):
    """All tensors that `node` was made of, each once and after its inputs; `node` is last."""
    ### BEGIN SOLUTION
    seen, order = set(), []

    def visit(tensor):
        if tensor in seen:
            return
        seen.add(tensor)
        for one in tensor.inputs:
            visit(one)
        order.append(tensor)

    visit(node)
    return order
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "3B", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("3B", topological_order)
### BEGIN HIDDEN TESTS
judge("3B", topological_order)
### END HIDDEN TESTS

# %% [markdown]
# **Your engine runs.** Here is a layer with everything in it, on a batch of two matrices: matrix product, broadcasting, ReLU, power, sum. The table compares
# every adjoint, intermediate ones too, with PyTorch's in the same graph. If a check above was red and you could not see why, this is the place to look.
# (Arithmetic in another order rounds differently: *close* is right.)

# %%
rng = np.random.default_rng(0)
X = Tensor(rng.normal(size=(2, 3, 4)), name="X")
W = Tensor(rng.normal(size=(4, 5)), name="W")
bias = Tensor(rng.normal(size=5), name="bias")
product = (X @ W).named("product")
hidden = (product + bias).relu().named("hidden")
loss = (hidden**2).sum().named("loss")
compare_with_torch(loss)

# %% [markdown]
# **3B-twice (1 point).** `backward(y)` adds each leaf's adjoint to its `grad`, as PyTorch's `y.backward()` does. Now take $x = 4$ and $y = x^3$, and run
#
# ```
# backward(y)          # what is x.grad now?
# backward(y)          # and now?
# x.grad = None
# backward(y)          # and now?
# ```
#
# Assign the three numbers to `twice`. Think first, then try it with your engine.

# %% nbgrader={"grade": false, "grade_id": "3B-twice-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
twice = (48, 96, 48)  # dy/dx = 3x² = 48; the second call adds 48; the third starts from nothing
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "3B-twice", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("3B-twice", twice)
### BEGIN HIDDEN TESTS
judge("3B-twice", twice)
### END HIDDEN TESTS

# %% [markdown]
# Adding is on purpose: a leaf that is used in two places, or in two losses, must collect from both. The price is `optimizer.zero_grad()` in every
# training loop. Whoever forgets it follows the sum of all gradients so far.
#
# ## Question 3C: what is `out_grad`? (3 points)
#
# A graph ends in the number `loss`. Somewhere within, `y = f(x)`. The backward pass calls `gradient(out_grad, node)` for the node `y`. What does
# `out_grad` hold?
#
# * **A**: $\partial y / \partial x$, how the node's result changes with its input
# * **B**: $\partial\,\text{loss} / \partial y$, how the loss changes with the node's result, of the shape of $y$
# * **C**: $\partial\,\text{loss} / \partial x$, how the loss changes with the node's input, of the shape of $x$
# * **D**: ones, of the shape of $y$
#
# Assign the letter, for instance `out_grad_is = "A"`.

# %% nbgrader={"grade": false, "grade_id": "3C-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
out_grad_is = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "3C", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("3C", out_grad_is)
### BEGIN HIDDEN TESTS
judge("3C", out_grad_is)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 3D: what does MatMul's gradient return? (3 points)
#
# $Z = A B$ with $A$ of $(n, k)$ and $B$ of $(k, m)$, somewhere in a graph that ends in `loss`. `MatMul`'s `gradient(out_grad, node)` returns
#
# * **A**: $\partial Z / \partial A$ and $\partial Z / \partial B$, all $n m \cdot n k$ and $n m \cdot k m$ partial derivatives
# * **B**: $B^\top$ and $A^\top$, the local derivatives
# * **C**: $\partial\,\text{loss} / \partial A$ and $\partial\,\text{loss} / \partial B$, of shapes $(n, k)$ and $(k, m)$
# * **D**: $\partial\,\text{loss} / \partial Z$ twice, once for each input, of shape $(n, m)$
#
# (Strictly: the *share* that comes through this node. Where `A` is used elsewhere, too, the engine adds the other shares.)

# %% nbgrader={"grade": false, "grade_id": "3D-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
matmul_returns = "C"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "3D", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("3D", matmul_returns)
### BEGIN HIDDEN TESTS
judge("3D", matmul_returns)
### END HIDDEN TESTS

# %% [markdown]
# ## Question 3E: the derivative of the derivative (2 + 2 points)
#
# What your rules return are tensors with a graph of their own. So the first derivative is an ordinary tensor, and can be differentiated.
#
# Write `differentiate_twice(f, x)`: `f` is a function that takes a `Tensor` with a single number and returns one, `x` is a Python number. Return the pair
# $f'(x), f''(x)$, found by your engine.
#
# For $f(x) = x^3$ at $x = 1$: $f' = 3x^2 = 3$ and $f'' = 6x = 6$.
#
# <details><summary>Hint</summary><code>grad(y, x)</code> returns the adjoint of <code>x</code>, a tensor. It does not touch <code>x.grad</code>.</details>

# %% nbgrader={"grade": false, "grade_id": "3E-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def differentiate_twice(f, x):
    """f'(x) and f''(x), by the engine."""
    ### BEGIN SOLUTION
    x = Tensor(x)
    first = grad(f(x), x)
    second = grad(first, x)
    return first, second
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "3E", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("3E", differentiate_twice)
### BEGIN HIDDEN TESTS
judge("3E", differentiate_twice)
### END HIDDEN TESTS

# %% [markdown]
# **The experiment.** Here are two cubes. Their `compute` is the same, and their gradients give the same numbers. One computes with tensors of the engine, the
# other with raw arrays. Run the cell, and compare the four lines.

# %%
class Cube(TensorOp):
    def compute(self, a):
        return a**3

    def gradient(self, out_grad, node):
        (a,) = node.inputs
        return out_grad * 3 * a**2


class RawCube(Cube):
    def gradient(self, out_grad, node):
        (a,) = node.inputs
        return Tensor(out_grad.values * 3 * a.values**2)


def descend(cube, steps=50):
    """Gradient descent on (w^3 - 8)^2: finds the cube root of 8."""
    w = Tensor(1.5)
    for _ in range(steps):
        w = Tensor((w - 0.005 * grad((cube(w) - 8) ** 2, w)).values)
    return w


for cube in (Cube(), RawCube()):
    name = type(cube).__name__
    print(f"{name:8} gradient descent ends at w = {descend(cube).values:.6f}")
    first, second = differentiate_twice(cube, 1.0)
    print(f"{name:8} at x = 1: first derivative {first.values:g}, second derivative {second.values:g}")

# %% [markdown]
# **Explain it (2 points)**, in three or four sentences. Why does training work with `RawCube`? What is different about what its `gradient` returns, and why does the second
# derivative come out as it does? Would you notice in practice?

# %% [markdown] nbgrader={"grade": true, "grade_id": "3E-why", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# Gradient descent needs the *numbers* of the first derivative only, and `RawCube` gets these right: $3a^2$ times `out_grad`. But it computes them with NumPy, outside the
# engine. What it returns is a new leaf, without `op` and `inputs`: nothing says that it was made from $a$. When the engine differentiates it, it
# finds no path back to $x$ and reports 0, as for a constant, in place of $6x = 6$. There is no error message, so one would notice only by testing second derivatives
# (or when a method that needs them, such as a gradient penalty, mysteriously has no effect).
#
# ### BEGIN MARK SCHEME
# 2 points:
#
# 1. First order: training uses only the values of the gradient, and those are right. (1 point; half if it is only said "the first derivative is right".)
# 2. Second order: the result of the raw gradient has no graph (is a leaf, a constant, detached from x), so its derivative is 0 where
#    6 would be right. (1 point; half if only the number 0 is reported without the cause.)
#
# That the failure is silent is a good remark, but not needed for full marks.
# ### END MARK SCHEME

# %% [markdown]
# ## Your engine trains a network
#
# One last cell, with nothing to do in it but to be proud: a network with one hidden layer learns a wave, and every gradient in it comes
# from your rules.

# %%
rng = np.random.default_rng(1)
inputs = Tensor(np.linspace(-1, 1, 40).reshape(40, 1))
targets = Tensor(np.sin(4 * inputs.values))
weights = [Tensor(rng.normal(size=size) * scale) for size, scale in [((1, 24), 2.0), (24, 1.0), ((24, 1), 0.3), (1, 0.0)]]
losses = []
for _ in range(400):
    W1, b1, W2, b2 = weights
    outputs = (inputs @ W1 + b1).relu() @ W2 + b2
    loss = ((outputs - targets) ** 2).sum() / 40
    losses.append(float(loss.values))
    weights = [Tensor((w - 0.05 * g).values) for w, g in zip(weights, grad(loss, weights))]

figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
left.semilogy(losses)
left.set(xlabel="step", ylabel="mean squared error", title="Training, with your gradients")
right.plot(inputs.values, targets.values, "--", color="grey", label="the wave")
right.plot(inputs.values, outputs.values, label="the network")
right.set(xlabel="input", ylabel="output", title="After 400 steps")
right.legend()
plt.show()

# %% [markdown]
# ## To take away
#
# * **Local rules are enough.** No operation knows the network around it. It gets $\partial\,\text{loss}/\partial\,\text{result}$ and returns
#   $\partial\,\text{loss}/\partial\,\text{inputs}$: a product with the local derivative. No Jacobian is ever built.
# * **Where values fan out, adjoints add up**: in a residual connection, in a weight that is used twice, in a bias that is broadcast. Copying forward is summing backward.
# * **Order matters.** Adjoints may move on only when they are complete. The topological order makes the backward pass as cheap as the forward pass;
#   plain recursion is wrong or exponential, and often both.
# * **`.grad` collects.** That is a feature for shared weights, and a bug in a training loop that forgets to clear it.
# * **A gradient is a computation, too.** Keep it in the graph and you can differentiate it again; leave the graph, by `.item()`, NumPy or `detach`, and everything
#   behind it is a constant, without a word of warning.
# * **Test with a random upstream gradient, and against an independent oracle.** A gradient that ignores `out_grad` passes every test made of ones.
