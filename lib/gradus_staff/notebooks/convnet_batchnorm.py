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
# # How smooth is the loss? A ConvNet with and without BatchNorm
#
# **50 points.** BatchNorm makes networks train faster; that much everybody has seen. *Why* it does was long told as a
# story about inputs whose distribution shifts. In 2018 Santurkar, Tsipras, Ilyas and Mądry measured something else: with
# BatchNorm **the gradient changes less along a step**. A gradient is a promise about the neighbourhood, and where it
# changes slowly the promise holds for longer.
#
# You will measure that yourself. You build a small ConvNet that can be had with and without BatchNorm (A, B), compute
# the gradient of the loss over the *whole* training set (C), measure how much it changes along one step of SGD (D), train
# both networks with the measurement running along (E), and say what the figures mean (F).
#
# **How to work.** Write your answers where it says `YOUR CODE HERE`. Below each answer stands a cell with a check. At full
# scale the training in E takes a few minutes; `GRADUS_SCALE=quick` in the environment of JupyterLab makes it seconds.

# %%
import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from gradus.batchnorm import chunk_picture, in_both_modes, running_average_picture
from gradus.questions.convnet_batchnorm import check, judge, load_data
from gradus.scale import scale
from gradus.training import Log, evaluate, train, use_best_threads
from gradus.widgets import SmoothnessExplorer

# %% [markdown]
# The images are Fashion-MNIST: a tenth of its training images, and all test images. Each pixel is standardised with its mean and its
# standard deviation over the training images, $(x - \text{mean}) / (\text{std} + 10^{-6})$.

# %%
size = scale("convnet_batchnorm")
data = load_data()
X, y = data.train_images, data.train_labels
X_test, y_test = data.test_images, data.test_labels
print(f"training {tuple(X.shape)}, test {tuple(X_test.shape)} {data.caption}")


# %% [markdown]
# ## Question A: the network (8 points)
#
# Write `ConvNet(batch_norm=False)`, an `nn.Module`.
#
# | layer | result for one image |
# |---|---|
# | input: `(n, 784)` or `(n, 1, 28, 28)`, both must work | 1 × 28 × 28 |
# | convolution 5 × 5, padding 2, 16 filters; ReLU; max pooling 2 | 16 × 14 × 14 |
# | *only with `batch_norm=True`:* BatchNorm2d, **after** the pooling | 16 × 14 × 14 |
# | convolution 5 × 5, padding 2, 32 filters; ReLU; max pooling 2 | 32 × 7 × 7 |
# | *only with `batch_norm=True`:* BatchNorm2d, after the pooling | 32 × 7 × 7 |
# | flatten; linear layer to 10 scores, nothing after it | 10 |
#
# **Convention: running averages.** In train mode BatchNorm normalises a batch with the batch's own mean and variance, and
# updates running averages of both. In eval mode it uses those averages. PyTorch's `momentum` is the share of the **new** value:
#
# $$ \text{running} \leftarrow (1 - \text{momentum}) \cdot \text{running} + \text{momentum} \cdot \text{batch}, \qquad
# \text{momentum} = 0.1 \text{ (the default, and ours)}. $$
#
# Elsewhere (Keras, and most papers on *momentum*) the same word names the share of the **old** value, so that 0.9 there is 0.1
# here. The next picture shows what happens to those who mix them up.

# %% nbgrader={"grade": false, "grade_id": "A-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
class ConvNet(nn.Module):
    """Two convolutions and a linear layer, BatchNorm2d after each pooling if asked for. Returns scores (n, 10)."""

    def __init__(self, batch_norm=False):
        super().__init__()
        ### BEGIN SOLUTION
        self.conv1 = nn.Conv2d(1, 16, 5, padding=2)
        self.conv2 = nn.Conv2d(16, 32, 5, padding=2)
        self.norm1 = nn.BatchNorm2d(16) if batch_norm else nn.Identity()
        self.norm2 = nn.BatchNorm2d(32) if batch_norm else nn.Identity()
        self.linear = nn.Linear(32 * 7 * 7, 10)
        ### END SOLUTION

    def forward(self, x):
        ### BEGIN SOLUTION
        x = x.reshape(-1, 1, 28, 28)
        x = self.norm1(nn.functional.max_pool2d(self.conv1(x).relu(), 2))
        x = self.norm2(nn.functional.max_pool2d(self.conv2(x).relu(), 2))
        return self.linear(x.flatten(1))
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "A", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
check("A", ConvNet)
### BEGIN HIDDEN TESTS
judge("A", ConvNet)
### END HIDDEN TESTS

# %% [markdown]
# A small network is often *slower* on two threads than on one. The library tries it out with yours, and stays with the faster one.

# %%
threads = use_best_threads(ConvNet(batch_norm=True), X[: size.gradient_chunk], y[: size.gradient_chunk])
print(f"{threads} thread{'s' if threads > 1 else ''}")

# %% [markdown]
# **0.1 or 0.9?** Below, the running mean of one number over 60 batches of 32 images. With `momentum=0.1` it needs some thirty batches
# to forget its start at 0, and then stays close to the mean of all images. With `momentum=0.9` it is there at once and never comes to
# rest: nine tenths of it are the last batch. The network would be tested with the statistics of 32 images.

# %%
running_average_picture(X)


# %% [markdown]
# ## Question B: the sizes (3 + 3 points)
#
# A window of `kernel` cells moves over a row of `size` cells, `stride` cells at a time, after `padding` cells were added on **both**
# sides. A window that would stick out at the end is dropped. At how many places does it stop?
#
# $$ \Big\lfloor \frac{\text{size} + 2\,\text{padding} - \text{kernel}}{\text{stride}} \Big\rfloor + 1 $$
#
# For example, a window of 3 with stride 2 on 8 cells: $\lfloor (8 - 3) / 2 \rfloor + 1 = 3$. It stops at cells 0, 2 and 4; at 6 it
# would stick out. A pooling follows the same formula; its stride is its kernel.
#
# Write `output_size`, a whole number for whole numbers.

# %% nbgrader={"grade": false, "grade_id": "B-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def output_size(size, kernel, stride=1, padding=0):
    """At how many places a window stops."""
    ### BEGIN SOLUTION
    return (size + 2 * padding - kernel) // stride + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "B", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("B", output_size)
### BEGIN HIDDEN TESTS
judge("B", output_size)
### END HIDDEN TESTS

# %% [markdown]
# Now follow a 28 × 28 image through your ConvNet. Set `sizes` to five numbers: the side length after the first convolution, after the first
# pooling, after the second convolution, after the second pooling, and then the number of inputs of the linear layer (**all** channels
# count).

# %% nbgrader={"grade": false, "grade_id": "B-sizes-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
sizes = [output_size(28, 5, padding=2)]
sizes.append(output_size(sizes[-1], 2, stride=2))
sizes.append(output_size(sizes[-1], 5, padding=2))
sizes.append(output_size(sizes[-1], 2, stride=2))
sizes.append(32 * sizes[-1] ** 2)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "B-sizes", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("B-sizes", sizes)
### BEGIN HIDDEN TESTS
judge("B-sizes", sizes)
### END HIDDEN TESTS

# %% [markdown]
# ## Question C: the full gradient (6 points)
#
# The objective is the mean multinomial logistic loss over the whole training set,
#
# $$ f(w) = \frac1n \sum_{i=1}^n \ell\big(y_i, \varphi(x_i; w)\big), \qquad \ell = \texttt{cross\_entropy}. $$
#
# Write `flat_gradient(model, X, y)`.
#
# | | |
# |---|---|
# | `model` | any module with scores `(n, classes)`; hand it `X` as it comes |
# | `X`, `y` | `(n, …)` and `(n,)`, whole numbers |
# | returns | $\nabla f(w)$ as one flat tensor `(p,)`: **all** parameters, in the order of `model.parameters()` |
# | not included | buffers: running averages are not trained |
# | mode | measured in **eval mode**; afterwards each part of the model is in the mode in which it was |
# | memory | at most 1,000 images go through the model at a time |
#
# **Chunks.** 6,000 images at once would keep some gigabytes of intermediate results alive. The gradient of a sum is the sum of the
# gradients, so cut the images into chunks and add up. Two traps: the last chunk may be shorter than the others and must not weigh as much as
# they do; and whatever lies in `.grad` from earlier does not belong to the answer.
#
# **Why eval mode?** In eval mode each image's loss depends on that image alone, so $f$ *is* a sum over images, and chunks
# give it exactly. In train mode BatchNorm subtracts the mean of the images that happen to be processed together: the loss of an image depends on its
# neighbours, every way of cutting defines **another function**, and no sum over chunks is the gradient of the whole.
#
# <details><summary>Hint 1</summary><code>cross_entropy(scores, labels, reduction="sum") / n</code> gives a chunk its right weight.</details>
# <details><summary>Hint 2</summary><code>torch.autograd.grad(loss, list(model.parameters()))</code> returns the gradients and leaves <code>.grad</code> alone.</details>
# <details><summary>Hint 3</summary>Every part has its own <code>.training</code>: remember them with
# <code>[(part, part.training) for part in model.modules()]</code>.</details>

# %% nbgrader={"grade": false, "grade_id": "C-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def flat_gradient(model, X, y):
    """The gradient of the mean loss over all of X, all parameters in one flat tensor; in eval mode, in chunks."""
    ### BEGIN SOLUTION
    parameters = list(model.parameters())
    modes = [(part, part.training) for part in model.modules()]
    model.eval()
    total = [torch.zeros_like(p) for p in parameters]
    for X_part, y_part in zip(X.split(size.gradient_chunk), y.split(size.gradient_chunk), strict=True):
        loss = cross_entropy(model(X_part), y_part, reduction="sum") / len(X)
        for t, g in zip(total, torch.autograd.grad(loss, parameters), strict=True):
            t += g
    for part, was_training in modes:
        part.training = was_training
    return torch.cat([t.flatten() for t in total])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "C", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("C", flat_gradient)
### BEGIN HIDDEN TESTS
judge("C", flat_gradient)
### END HIDDEN TESTS

# %% [markdown]
# **And in train mode?** Here is the gradient of a network with BatchNorm on 64 images, summed over chunks, against the gradient in one piece.
# In eval mode the chunks change nothing but the rounding, in the seventh digit. In train mode the sum is off by 6% of the gradient's length with two
# chunks, and by more than a quarter of it with chunks of two images.

# %%
torch.manual_seed(0)
chunk_picture(ConvNet(batch_norm=True), X[:64], y[:64], chunks=[2, 8, 32])

# %% [markdown]
# ## Question D: effective local smoothness (10 points)
#
# Take one step of SGD from $w$, with the learning rate $\eta$ and one minibatch of $B$ images:
#
# $$ u = -\frac{\eta}{B} \sum_{i \in \text{batch}} \nabla \ell\big(y_i, \varphi(x_i; w)\big). $$
#
# How far does the **full** gradient move, measured in lengths of the step?
#
# $$ L(w; u) = \frac{\lVert \nabla f(w + u) - \nabla f(w) \rVert_2}{\lVert u \rVert_2} $$
#
# Both norms run over **all** parameters together. Where the gradient hardly changes, $L$ is small. ($L$ is not defined where $u = 0$.)
#
# **By hand.** Let $f(w) = \tfrac12 w^\top H w$ with $H = \mathrm{diag}(2, \tfrac12)$. The gradient is $Hw$, so it changes by $Hu$, and
# $L = \lVert Hu \rVert / \lVert u \rVert$: along the first axis 2, along the second $\tfrac12$, along the diagonal
# $\sqrt{4.25 / 2} = 1.46$. The length of the step does not matter here, its direction does. For a network both do.
#
# Move along a step, further than SGD goes, and watch how soon each loss leaves its tangent. (The explorer was recorded on 3,000
# images in one piece, BatchNorm in train mode; your numbers below are measured in eval mode and will differ.)

# %%
SmoothnessExplorer(t=4, passes=1)


# %% [markdown]
# Write `effective_smoothness(model, X, y, batch, eta)`: `batch` holds the indices of the minibatch, `(B,)`; it returns $L(w; u)$ as a number.
#
# **Conventions.** Everything is measured in **eval mode**, also the step: $f$ is then *one* function of $w$, with frozen running averages, and $u$ is
# a step down that function. And **a measurement leaves no trace**: weights, running averages and modes are afterwards as before.
#
# *How this compares with the paper.* Santurkar et al. (2018) move different distances along the gradient and report the **maximum** of such
# ratios over the distances. Ours is the ratio for one given $u$, the step that SGD takes. It is never larger than theirs along the same
# direction, if theirs looks at that distance, too.
#
# <details><summary>Hint 1</summary>The step's gradient is <code>flat_gradient(model, X[batch], y[batch])</code>: a mean over the batch already.</details>
# <details><summary>Hint 2</summary><code>torch.nn.utils.parameters_to_vector</code> and <code>vector_to_parameters</code> read and write all weights as one vector.
# Make a copy of what you read, or work on a <code>copy.deepcopy</code> of the model.</details>

# %% nbgrader={"grade": false, "grade_id": "D-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def effective_smoothness(model, X, y, batch, eta):
    """How fast the full gradient changes along one step of SGD: ||grad f(w + u) - grad f(w)|| / ||u||.

    X  (n, …)    y  (n,) int64    batch  (B,) indices of the step    Returns a float.
    The model's weights, buffers and modes are as before.
    """
    ### BEGIN SOLUTION
    parameters = list(model.parameters())
    start = [p.detach().clone() for p in parameters]
    before = flat_gradient(model, X, y)
    u = -eta * flat_gradient(model, X[batch], y[batch])
    with torch.no_grad():
        for p, part in zip(parameters, u.split([p.numel() for p in parameters]), strict=True):
            p += part.view_as(p)
    after = flat_gradient(model, X, y)
    with torch.no_grad():
        for p, origin in zip(parameters, start, strict=True):
            p.copy_(origin)
    return float((after - before).norm() / u.norm())
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "D", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
check("D", effective_smoothness)
### BEGIN HIDDEN TESTS
judge("D", effective_smoothness)
### END HIDDEN TESTS

# %% [markdown]
# ## Question E: train both, and measure (8 points)
#
# Train a ConvNet without and one with BatchNorm, from the same seed, with minibatch SGD: learning rate `size.learning_rate` (0.04), batches of
# `size.batch_size` (32), `size.passes` passes (10 at full scale). At the **end of every pass** log three numbers for each network:
#
# * the train loss, over all training images, and the test accuracy, over all test images: both in eval mode;
# * $L(w; u)$, with $f$ over all training images, along the step of the first 32 images, `torch.arange(size.batch_size)`, with
#   $\eta$ = `size.learning_rate`.
#
# Then draw three figures (or three panels of one), **both networks in each**: train loss, test accuracy, $L$. Label all axes. Call
#
# * `models` a dictionary with the two trained networks, `"without BatchNorm"` and `"with BatchNorm"`,
# * `figures` your figure, or a list of figures.
#
# Write the loop yourself, or let the library run it. `train(model, X, y, learning_rate=…, batch_size=…, passes=…, seed=…, measure=…,
# name=…, log=…)` trains in train mode and calls `measure(model)` after every pass; what that returns, for instance `{"train loss": 0.3}`, goes into
# the `Log`, and `log.curve(name, "train loss")` gives it back. `evaluate(model, X, y)` has a `.loss` and an `.accuracy`, in eval mode, and
# restores the mode.
#
# The check evaluates your networks once more and looks whether the curves end where the networks are.

# %% nbgrader={"grade": false, "grade_id": "E-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
step = torch.arange(size.batch_size)


def measure(model):
    return {
        "train loss": evaluate(model, X, y).loss,
        "test accuracy": evaluate(model, X_test, y_test).accuracy,
        "L": effective_smoothness(model, X, y, step, size.learning_rate),
    }


log, models = Log(note=data.caption), {}
for name, batch_norm in (("without BatchNorm", False), ("with BatchNorm", True)):
    torch.manual_seed(0)
    models[name] = ConvNet(batch_norm)
    train(
        models[name], X, y, learning_rate=size.learning_rate, batch_size=size.batch_size, passes=size.passes,
        seed=1, measure=measure, name=name, log=log, choose_threads=False,
    )

figures, panels = plt.subplots(1, 3, figsize=(12, 3.5), layout="constrained")
for axes, quantity in zip(panels, log.names, strict=True):
    for name, style in (("without BatchNorm", "o-"), ("with BatchNorm", "s--")):
        axes.plot(*log.curve(name, quantity), style, label=name)
    axes.set(xlabel="pass", ylabel=data.title(quantity))
panels[2].set_ylim(bottom=0)
panels[2].set_ylabel("L(w; u)")
panels[0].legend()
plt.show()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "E", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
check("E", {"figures": figures, "models": models, "effective_smoothness": effective_smoothness})
### BEGIN HIDDEN TESTS
judge("E", {"figures": figures, "models": models, "effective_smoothness": effective_smoothness})
### END HIDDEN TESTS

# %% [markdown]
# **The other mode.** What if you had measured in train mode? The cell below measures your trained networks on 500 images in one piece, along five
# different minibatches (at full scale), in both modes. Without BatchNorm the modes are the same function and give the same numbers. With BatchNorm they are
# two functions, and two answers. Look, too, at how much $L$ depends on the minibatch: keep that in mind for F2.

# %%
few = slice(0, 500 if size.name == "full" else 64)
minibatches = torch.arange(160 if size.name == "full" else 32).split(32)


def along_each(model):
    return [effective_smoothness(model, X[few], y[few], batch, size.learning_rate) for batch in minibatches]


for name, model in models.items():
    for mode, found in in_both_modes(model, along_each).items():
        print(f"{name:18} {mode:10}  L =", "  ".join(f"{L:5.2f}" for L in found))

# %% [markdown]
# ## Question F: what does it mean? (6 + 6 points)
#
# **F1.** Suppose that $\lVert \nabla f(a) - \nabla f(b) \rVert \le L \lVert a - b \rVert$ for all $a$, $b$ ($f$ is *$L$-smooth*). Explain in a few
# sentences, with the inequality that you use, why gradient descent $w \leftarrow w - \eta \nabla f(w)$ may take larger steps where $L$ is
# smaller. Up to which $\eta$ is every step sure to go down, and which $\eta$ gives the best guarantee? What does your measured $L(w; u)$ say about that $L$, and what not?

# %% [markdown] nbgrader={"grade": true, "grade_id": "F1", "locked": false, "points": 6, "schema_version": 3, "solution": true, "task": false}
# *Your answer:*
#
# ### BEGIN MARK SCHEME
# **The inequality, 2 points.** $f(w + u) \le f(w) + \nabla f(w) \cdot u + \tfrac L2 \lVert u \rVert^2$: the tangent is off by at most
# $\tfrac L2 \lVert u \rVert^2$. 1 of 2 for words only ("the gradient stays nearly the same over a distance of the order $1/L$").
#
# **The step, 2 points.** With $u = -\eta \nabla f(w)$ this is $f(w) - \eta\,(1 - \tfrac{L\eta}{2}) \lVert \nabla f(w) \rVert^2$. So every step goes
# down while $\eta < 2/L$ (1 point), and the bound is best at $\eta = 1/L$ (1 point), where it promises $\tfrac{1}{2L} \lVert \nabla f \rVert^2$:
# half the $L$, twice the step and twice the progress.
#
# **What was measured, 2 points.** 1 point: $L(w; u)$ is a ratio for one pair $w$, $w + u$, so it is a **lower** bound of the constant $L$, never a
# proof that a step is safe (the constant is the largest ratio anywhere). 1 point for another limit that is right: SGD's step follows a
# minibatch's gradient, so the descent inequality holds for it only on average, with noise; or: $L(w; u)$ is local and changes along the training; or: a
# network with ReLU and pooling has kinks, so no finite $L$ holds everywhere.
#
# No points off for other correct routes (second derivative bounded by $L$, largest eigenvalue of the Hessian). "Smaller L means flatter, so
# one can go faster" alone: 1 point in all.
# ### END MARK SCHEME

# %% [markdown]
# **F2.** Look at your three figures and at the table of both modes. What do they show about BatchNorm, and what do they **not** show? Use numbers from
# your own figures. Name at least three conclusions that somebody might like to draw and that these figures do not support.

# %% [markdown] nbgrader={"grade": true, "grade_id": "F2", "locked": false, "points": 6, "schema_version": 3, "solution": true, "task": false}
# *Your answer:*
#
# ### BEGIN MARK SCHEME
# **What they show, 3 points**, 1 each, with numbers of the student's own figures:
#
# * with BatchNorm the train loss falls faster and further (at full scale after 10 passes about 0.06 against 0.24);
# * the test accuracy is only a little better (about 0.867 against 0.855): by then the network with BatchNorm fits the training images much better than
#   the test images;
# * $L$ is smaller with BatchNorm at every pass or nearly so (4.8 against 12.9 after the first pass, 2.8 against 5.0 after the tenth), and both lie
#   below $1/\eta = 25$. Full point also where the student's own run shows it less clearly and says so.
#
# **What they do not show, 3 points**, 1 for each of three that are right, for example:
#
# * that BatchNorm trains faster *because* $L$ is smaller: two things happen together, and the two networks are also at different points $w$ with different losses;
# * that BatchNorm permits a larger learning rate: both were trained with 0.04, no other was tried;
# * anything certain about $L$: one seed, one minibatch, one distance; along other minibatches $L$ is another (the table: 4.6 to 6.5 with, 6.1 to 11.1 without);
# * $L$ of the function that training descends: training runs in train mode, the measurement in eval mode, and the table has other numbers there;
# * the largest ratio along the direction (Santurkar et al.), or in any other direction;
# * that BatchNorm generalises better: the difference of the accuracies is about one point, from one run, on a tenth of the data.
# ### END MARK SCHEME

# %% [markdown]
# ## To take away
#
# * **A gradient is a promise about the neighbourhood; $L$ says how far it holds.** Steps up to about $1/L$ are safe for an $L$-smooth function.
# * **Measured** at full scale on Fashion-MNIST, in eval mode, one seed: $L$ along the step falls from 12.9 after the first pass to 5.0 after the tenth
#   without BatchNorm, and from 4.8 to 2.8 with it. The train losses are then 0.24 and 0.06, the test accuracies 0.855 and 0.867. (28 November 2026, PyTorch 2.13, CPU.)
# * **BatchNorm is two functions.** In train mode the scores of an image depend on its batch; in eval mode on running averages. Say which one you
#   measure. Only the second is a sum over images, which chunks give exactly.
# * **Whoever trains puts the network into train mode; whoever measures puts it into eval mode, and back.** The commonest accident is
#   a network that stays in eval mode after the first measurement.
# * **`momentum` is the share of the new value in PyTorch's BatchNorm, and that of the old one elsewhere.** Always look it up.
# * **A measurement leaves no trace**: weights, buffers, modes. Write that as a test, as the check does.
# * Norms of differences, not differences of norms: two arrows of the same length can point anywhere.
