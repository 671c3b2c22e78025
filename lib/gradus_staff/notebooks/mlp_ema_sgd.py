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
# # A small network, plain SGD, and the average of its weights
#
# **50 points.** Stochastic gradient descent is noisy: every update looks at a handful of images and follows what those few
# say. With a small learning rate the noise is small, but so is the progress; with a large one the network moves fast and
# then *jitters* around a good place without ever coming to rest.
#
# There is a remarkably cheap cure. Let SGD jitter, and keep a second set of weights beside it: a running average of where
# SGD has been. It costs one line and no gradient, and modern training recipes, from speech recognition to image
# generation, ship the average and throw the jittering weights away.
#
# You will build a small network (A), write the loop that trains it (B1), find out how large a learning rate it can bear
# (B2), add the average to the loop (C1), and watch both for 25 passes (C2), until you can say what the average does, and
# why (C3).
#
# **How to work.** Write your answers where it says `YOUR CODE HERE`. Below each answer stands a cell with a check; it
# shows at once what is right and what is not yet. The check knows a few examples; grading asks for many more.

# %%
import copy
import itertools
import math

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from gradus.questions.mlp_ema_sgd import check, check_pass, garments, judge, load_data
from gradus.scale import scale
from gradus.training import Log, evaluate, progress_bar, use_best_threads
from gradus.widgets import LearningRateExplorer

# %% [markdown]
# ## The data
#
# Fashion-MNIST: grey pictures of ten kinds of clothing, 28 × 28 pixels. We train on a random tenth of its training
# images and test on all its test images.

# %%
data = load_data()
X_train, y_train = data.train_images, data.train_labels
X_test, y_test = data.test_images, data.test_labels
print(f"{data.origin}: {len(X_train):,} images to train on, {len(X_test):,} to test on")
garments(data)


# %% [markdown]
# | | | |
# |---|---|---|
# | `X_train`, `X_test` | $(n, 784)$ `float32` | the pixels, row by row, minus the training mean of every pixel |
# | `y_train`, `y_test` | $(n,)$ `int64` | the class, 0 to 9 |
#
# The mean is subtracted, but nothing is divided: a pixel may be as large as 255. Large inputs make large gradients, so
# the learning rates below are small numbers. Keep that in mind before you compare them with those of other people.
#
# The experiments run at *full* scale. On a slow machine, set the environment variable `GRADUS_SCALE` to `quick` before
# Jupyter starts: fewer images, fewer passes, the same lesson.

# %% [markdown]
# ## Question A: the network (10 points)
#
# Three hidden layers, each followed by ReLU, and then one score for each class:
#
# $$
# h_1 = \operatorname{relu}(W_1 x + b_1),\quad h_2 = \operatorname{relu}(W_2 h_1 + b_2),\quad
# h_3 = \operatorname{relu}(W_3 h_2 + b_3),\quad s = W_4 h_3 + b_4 .
# $$
#
# ```
#   784 ──► 32 ─ReLU─► 16 ─ReLU─► 12 ─ReLU─► 10 scores
# ```
#
# Write `MLP(input_dim, hidden_sizes, n_classes)`, a module.
#
# | | |
# |---|---|
# | `input_dim`, `n_classes` | whole numbers; here 784 and 10 |
# | `hidden_sizes` | a list of three widths; here `[32, 16, 12]` (*bonus:* a list of any length) |
# | `forward(x)` | `x` a tensor $(n, \text{input\_dim})$; returns the scores, $(n, \text{n\_classes})$ |
#
# **Scores are any real numbers.** No ReLU stands on them, and no softmax: `cross_entropy`, which will meet them in a
# moment, does the softmax itself.
#
# By hand, with one unit a layer, all weights 1 and all biases 0: $x = 2$ passes unharmed, and the score is 2. $x = -3$ ends
# at the first ReLU: the score is 0. With $W_4 = -1$ in place of 1, the score of $x = 2$ is $-2$, and stays $-2$.
#
# The judge puts weights of its own into your network, matched by shape and by order, and compares the scores. Any style
# will do (`nn.Sequential`, `nn.ModuleList`, matrices of your own), as long as every layer has a weight and a bias, and
# `parameters()` lists them.
#
# <details><summary>Hint 1</summary><code>nn.Linear(784, 32)</code> is W<sub>1</sub> and b<sub>1</sub> in one.</details>
# <details><summary>Hint 2</summary>What does <code>torch.relu(out)</code> do to <code>out</code>? Print it, and see. A network
# whose ReLUs are lost still learns something (about 78% here), so the accuracy will not tell you.</details>

# %% nbgrader={"grade": false, "grade_id": "A-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
class MLP(nn.Module):
    """Hidden layers with ReLU, then one score for each class."""

    def __init__(self, input_dim, hidden_sizes, n_classes):
        super().__init__()
        ### BEGIN SOLUTION
        sizes = [input_dim, *hidden_sizes, n_classes]
        self.layers = nn.ModuleList(nn.Linear(n_in, n_out) for n_in, n_out in itertools.pairwise(sizes))
        ### END SOLUTION

    def forward(self, x):
        ### BEGIN SOLUTION
        *hidden, last = self.layers
        for layer in hidden:
            x = torch.relu(layer(x))
        return last(x)
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "A", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
check("A", MLP)
### BEGIN HIDDEN TESTS
judge("A", MLP)
### END HIDDEN TESTS

# %% [markdown]
# A network as small as this one keeps a single core busy and no more: with two threads it trains *slower*, because they
# spend their time waiting for each other. The next cell tries it out on your machine and keeps the better number.

# %%
threads = use_best_threads(MLP(784, [32, 16, 12], 10), X_train[:8], y_train[:8])
print("threads:", threads)


# %% [markdown]
# ## Question B1: one pass of SGD (6 points)
#
# The loss of a batch $B$ of $b$ images is the mean of their multinomial logistic losses,
# $L_B(w) = \frac1b \sum_{i \in B} \ell(s(x_i; w), y_i)$: `cross_entropy` as it is. One update takes its gradient at the present
# weights and steps the other way:
#
# $$ w_{t+1} = w_t - \eta\, g_t, \qquad g_t = \nabla L_{B_t}(w_t). $$
#
# Write `sgd_pass(model, X, y, learning_rate, batch_size, rng)`, which runs **one pass**: `round(n / batch_size)` updates (750 for
# 6,000 images in batches of 8), each on a batch of its own.
#
# | | |
# |---|---|
# | `model` | a network; its parameters are changed **in place** |
# | `X`, `y` | all $n$ images and labels |
# | `rng` | a `torch.Generator`; it draws the batches |
#
# The batches are drawn with replacement, `torch.randint(n, (batch_size,), generator=rng)`: an image may come twice, another
# not at all, and every batch has the same size. Gradients come from `torch.autograd.grad`, or from `backward()` if you prefer
# (then see to it that old gradients are cleared).
#
# By hand: linear scores for 3 classes, all weights 0, one image $x = (1, 2)$ of class 2. Then
# $p = (\frac13, \frac13, \frac13)$, $\;\nabla_b = p - e_2 = (\frac13, \frac13, -\frac23)$, $\;\nabla_W = (p - e_2)\,x^\top$. With
# $\eta = 0.3$ the new biases are $(-0.1, -0.1, 0.2)$, and the new weights are those times 1 and 2.
#
# **In place** means that the tensors in the model change. `p = p - step` does not do that: it makes a new tensor, and calls it `p`.
#
# <details><summary>Hint 1</summary>The update itself is arithmetic, not part of any graph: put it under
# <code>with torch.no_grad():</code>.</details>
# <details><summary>Hint 2</summary><code>p -= learning_rate * g</code>, <code>p.sub_(...)</code> and <code>p.copy_(...)</code> write
# into the tensor itself.</details>

# %% nbgrader={"grade": false, "grade_id": "B1-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sgd_pass(model, X, y, learning_rate, batch_size, rng):
    """One pass of minibatch SGD over (X, y); changes the parameters of model in place."""
    check_pass(X, y, learning_rate, batch_size)  # ValueError where the settings make no sense
    ### BEGIN SOLUTION
    parameters = list(model.parameters())
    for _ in range(round(len(X) / batch_size)):
        batch = torch.randint(len(X), (batch_size,), generator=rng)
        loss = cross_entropy(model(X[batch]), y[batch])
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for p, g in zip(parameters, gradients):
                p -= learning_rate * g
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "B1", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("B1", sgd_pass)
### BEGIN HIDDEN TESTS
judge("B1", sgd_pass)
### END HIDDEN TESTS

# %% [markdown]
# ## Question B2: the divergent learning rate (8 points)
#
# A larger learning rate is faster, up to a point. Beyond it, the steps overshoot. Move the rate and see what happens to
# the loss: it falls faster and faster, then more and more nervously, then not at all. (The dashed curve and γ belong to question C.)

# %%
LearningRateExplorer(rate=0.004, gamma=0.001)


# %% [markdown]
# There are **two** ways to fail. The weights may grow until a number overflows, and the loss is `NaN`. Or one huge step
# throws the units so far to the negative side that no image wakes them again: ReLU gives 0, its slope is 0, and no
# gradient will ever come back. Such a dead network answers the same for every image. Its loss stays at about
# $\ln 10 = 2.303$, what you get for the answer "one tenth each", and its accuracy at about 0.1. It looks healthy, and is not.
#
# **Our rule:** a learning rate *diverges* if after one pass, from a new network, the loss on the training images is `NaN` or
# not below 2.25 (that is $\ln 10$, less a margin for noise).
#
# 1. Write `diverges(eta, X, y)`: makes a new network, trains it for one pass on `(X, y)` in batches of 8, and returns `True` or
#    `False` by the rule. Fix the seeds inside, so that asking twice gives the same answer.
# 2. Search $10^{-3}, 2 \cdot 10^{-3}, 4 \cdot 10^{-3}, 8 \cdot 10^{-3}, \dots$ for the smallest that diverges, and call it `eta_div`.
#
# The right value depends on the seed, so the judge repeats the search with *your* `diverges`. And it tries `diverges` on images
# for which the outcome is known: some that anybody can learn, black ones from which nobody learns anything, and some that
# are so large that everything overflows.
#
# <details><summary>Hint 1</summary><code>evaluate(model, X, y)</code> gives <code>(loss, accuracy)</code> over all images.</details>
# <details><summary>Hint 2</summary><code>float("nan") &gt; 2.25</code> is False. So is <code>float("nan") &lt; 2.25</code>.</details>
# <details><summary>Hint 3</summary><code>torch.manual_seed(0)</code> fixes the new network's weights,
# <code>torch.Generator().manual_seed(0)</code> the batches.</details>

# %% nbgrader={"grade": false, "grade_id": "B2-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def diverges(eta, X=X_train, y=y_train):
    """Does one pass of SGD with learning rate eta fail to learn (X, y)?"""
    ### BEGIN SOLUTION
    torch.manual_seed(0)
    model = MLP(X.shape[1], [32, 16, 12], 10)
    sgd_pass(model, X, y, eta, 8, torch.Generator().manual_seed(0))
    loss = evaluate(model, X, y).loss
    return math.isnan(loss) or loss >= 2.25
    ### END SOLUTION


### BEGIN SOLUTION
for k in range(12):
    eta_div = 1e-3 * 2**k
    if diverges(eta_div):
        print(f"{eta_div:.3f} diverges")
        break
    print(f"{eta_div:.3f} learns")
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "B2", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
check("B2", (diverges, eta_div))
### BEGIN HIDDEN TESTS
judge("B2", (diverges, eta_div))
### END HIDDEN TESTS

# %% [markdown]
# ## Question C1: SGD with a running average (10 points)
#
# Beside the weights $w_t$ of SGD we keep an average $\bar w_t$ of the same shapes. After **every update** it moves a small part
# $\gamma$ of the way towards the new weights:
#
# $$ w_{t+1} = w_t - \eta\, g_t, \qquad \bar w_{t+1} = (1 - \gamma)\, \bar w_t + \gamma\, w_{t+1}, \qquad \bar w_0 = w_0 . $$
#
# By hand, for a single weight that jumps between 0 and 4, with $\gamma = \frac14$:
#
# | $t$ | 0 | 1 | 2 | 3 | 4 |
# |---|---|---|---|---|---|
# | $w_t$ | 0 | 4 | 0 | 4 | 0 |
# | $\bar w_t$ | 0 | 1 | 0.75 | 1.56 | 1.17 |
#
# The average swings far less than the weight, and climbs slowly towards 2. What happened $k$ updates ago counts
# $\gamma(1-\gamma)^k$, so its memory is about $1/\gamma$ updates long. We shall use $\gamma = 10^{-3}$.
#
# Write `ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng)`: one pass as in B1 that changes both
# networks in place. The average only watches: gradients are taken at the weights of `model`, and nothing flows back.
#
# **Conventions differ.** Here $\gamma$ is the share of the *new* weights. Elsewhere (`AveragedModel` with a `decay`, many papers)
# the number you give is the share of the *old* average, 0.999 for our 0.001. `torch.nn.BatchNorm2d` does it as we do and calls it
# `momentum`. Always ask which one is meant.
#
# <details><summary>Hint 1</summary>Go through <code>zip(averaged.parameters(), model.parameters())</code> after the update.</details>
# <details><summary>Hint 2</summary><code>a.lerp_(p, gamma)</code> moves a tensor part of the way towards another.</details>

# %% nbgrader={"grade": false, "grade_id": "C1-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def ema_sgd_pass(model, averaged, X, y, learning_rate, gamma, batch_size, rng):
    """One pass of SGD on model, while averaged follows it; changes both in place."""
    check_pass(X, y, learning_rate, batch_size, gamma)
    ### BEGIN SOLUTION
    parameters, averages = list(model.parameters()), list(averaged.parameters())
    for _ in range(round(len(X) / batch_size)):
        batch = torch.randint(len(X), (batch_size,), generator=rng)
        loss = cross_entropy(model(X[batch]), y[batch])
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for p, g, a in zip(parameters, gradients, averages):
                p -= learning_rate * g
                a += gamma * (p - a)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "C1", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
check("C1", ema_sgd_pass)
### BEGIN HIDDEN TESTS
judge("C1", ema_sgd_pass)
### END HIDDEN TESTS

# %% [markdown]
# ## Question C2: 25 passes, two curves (8 points)
#
# Now the experiment. Train a new network for `size.passes` passes (25 at full scale) with $\eta = \eta_{\text{div}} / 2$,
# $\gamma = 10^{-3}$ and batches of 8, and its average with it. After **every pass** log four numbers of **both** models: loss and
# accuracy on the training images and on the test images.
#
# Then draw them: a figure with 2 × 2 panels, loss above and accuracy below, training at the left and test at the right. Each
# panel shows both models against the number of passes. Leave out the first two passes: they are so much worse than the
# rest that the rest would look flat. Label the axes, and say which curve is which.
#
# Two things to mind:
#
# * **The same moment.** If one model is logged before the pass and the other after it, the curves are shifted by one pass, and
#   the comparison is worth nothing. The judge looks whether each curve ends where its model has ended.
# * **A second model.** `averaged = model` gives the same model a second name. `copy.deepcopy` makes another one.
#
# In the end `model` and `averaged` are your two networks, and `figure` is your figure. It takes some ten seconds;
# `progress_bar(range(...), "passes")` shows how far you are.
#
# <details><summary>Hint 1</summary>Lists of your own will do for the log. Or look at <code>help(Log)</code>: its
# <code>measure</code> logs several models at one moment, and <code>curve</code> gives a curve back.</details>
# <details><summary>Hint 2</summary><code>figure, panels = plt.subplots(2, 2, figsize=(9, 6), layout="constrained")</code></details>

# %%
size = scale("mlp_ema_sgd")
size.passes, size.skipped_passes, size.batch_size, size.gamma

# %% nbgrader={"grade": false, "grade_id": "C2-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
torch.manual_seed(1)
model = MLP(784, [32, 16, 12], 10)
averaged = copy.deepcopy(model)
rng = torch.Generator().manual_seed(1)
log = Log()
parts = {"train": (X_train, y_train), "test": (X_test, y_test)}
for passes in progress_bar(range(1, size.passes + 1), "passes"):
    ema_sgd_pass(model, averaged, X_train, y_train, eta_div / 2, size.gamma, size.batch_size, rng)
    log.measure(passes, {"SGD": model, "average": averaged}, parts)

figure, panels = plt.subplots(2, 2, figsize=(9, 6), layout="constrained")
names = ["train loss", "test loss", "train accuracy", "test accuracy"]
for axes, name in zip(panels.flat, names):
    for label in log.models:
        axes.plot(*log.curve(label, name, skip=size.skipped_passes), label=label)
    axes.set(xlabel="passes", ylabel=name)
    axes.legend()
figure.suptitle(data.title(f"SGD with η = {eta_div / 2:g}, and its running average with γ = {size.gamma:g}"))
plt.show()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "C2", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
check("C2", (figure, model, averaged))
### BEGIN HIDDEN TESTS
judge("C2", (figure, model, averaged))
### END HIDDEN TESTS

# %% [markdown]
# ## Question C3: what the average does (8 points)
#
# Explore γ before you write: the dashed curve is the loss of the averaged weights, recorded along real runs. Move γ from 0.3
# down to 0.0003, first where SGD is quiet, then nearer the edge. When does the average lead, and when does it lag?

# %%
LearningRateExplorer(rate=0.004, gamma=0.01)

# %% [markdown]
# In some ten sentences:
#
# 1. Describe what the average does to the curves of your figure: to their level and to their roughness, on training and on
#    test images.
# 2. Explain why, from how SGD moves and from what an average does.
# 3. When would $\gamma$ be too small? Say what you would see, and compare $1/\gamma$ with another number of this experiment.

# %% [markdown] nbgrader={"grade": true, "grade_id": "C3", "locked": false, "points": 8, "schema_version": 3, "solution": true, "task": false}
# 1. The curves of the average are far smoother than those of SGD. After the first few passes they are also better throughout: the
#    loss is lower and the accuracy higher, on the training images and on the test images. (Both test losses rise in the end.)
#
# 2. The learning rate is constant, so SGD never settles: each gradient is that of eight random images, and $\eta$ times its noise
#    keeps throwing the weights about in the valley, the farther the larger $\eta$ is. The average over some $1/\gamma = 1{,}000$
#    updates keeps what these weights have in common, while the noise, now this way and now that, cancels. So it lies near the
#    middle of the valley, where the loss is lower than on its slopes, and it moves little from one pass to the next.
#
# 3. When $1/\gamma$ is not small beside the number of updates, 25 · 750 = 18,750. The average then still holds much of the random
#    $w_0$, with weight $(1-\gamma)^t$, and of the bad weights of the first passes: its curves are smooth but lag behind, and are worse
#    than those of SGD. With $\gamma = 10^{-5}$, 83% of it would still be $w_0$ at the end.
#
# ### BEGIN MARK SCHEME
# **1. What the figure shows, 2 points.** One point: the curves of the average are much smoother than those of SGD. One
# point: they are better, on the test images, too (lower loss, higher accuracy), from the third or fourth pass on. Numbers from
# the figure are welcome and not required. Half of the second point if only one of loss and accuracy, or only one of training
# and test, is spoken of.
#
# **2. Why, 4 points.** Two points: with a constant learning rate SGD does not settle. Each gradient is that of 8 random images,
# its noise is multiplied by $\eta$, and so the weights jitter around a good region (valley) at a distance that grows with $\eta$.
# Two points: the average over some $1/\gamma = 1{,}000$ updates keeps what those weights have in common and cancels the noise, whose
# signs alternate; it lies in the middle of the region, where the loss is lower (the loss is convex enough there). One of these
# two points for "averaging removes noise" without saying which noise, or why the middle is better. Equivalent arguments, such as
# variance reduced by about $\gamma / (2 - \gamma)$ for independent noise, or "like a smaller learning rate, without the slow
# progress", earn the same.
#
# **3. Too small, 2 points.** One point: the average then lags behind; it still holds much of the random $w_0$ (share
# $(1-\gamma)^t$) and of early, bad weights, so its curves start high and are worse than those of SGD, and smooth. One point: the
# comparison with the number of updates, 25 · 750 = 18,750 at full scale (or 750 a pass). $1/\gamma$ must be well below it. For example
# $\gamma = 10^{-5}$ leaves $(1 - 10^{-5})^{18750} = 83\%$ of $w_0$ in the average at the end.
#
# Points are for the argument, not for its length or its English. A description of smoothing the *curves* (the logged numbers)
# instead of averaging the *weights* earns nothing in 2: ask whether it explains why the accuracy is higher.
# ### END MARK SCHEME

# %% [markdown]
# ## To take away
#
# * **A function's result is nothing until somebody keeps it.** `relu(out)`, `p - step`, `(1 - gamma) * a + gamma * p` make new
#   tensors. A network whose ReLUs are dropped still trains to about 78%: a good accuracy is no proof of a right program.
# * **Diverged does not mean NaN.** The commoner death is silent: every unit off, loss $\ln 10$, accuracy 0.1. Compare your loss
#   with that of guessing, and write the comparison so that NaN fails it.
# * **The weights at the end of a run are one draw of many.** Measured at full scale on Fashion-MNIST with $\eta = 0.008$: over
#   passes 3 to 25 the test accuracy of SGD wanders between 0.77 and 0.83, by 0.015 from one pass to the next on average, while
#   that of the averaged weights climbs to 0.84 and moves by 0.004. In pass 25 SGD has 0.798 and the average 0.835; to stop one
#   pass earlier would have given other numbers. (28 November 2026, one seed, PyTorch 2.13, CPU.)
# * **A second network for one line of code.** The average costs no gradient, and you need not choose between the two: keep both,
#   and measure both.
# * **The test loss of both rises in the end** while the accuracy holds: the network grows ever surer, of its errors, too.
#   Averaging cures noise, not overfitting.
# * Compare two models at the same moment, and make sure that they *are* two.
