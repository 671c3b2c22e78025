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
# # Start here
#
# **4 points.** Welcome! This first page takes a quarter of an hour. You will run a few cells, see that everything works on
# your computer, play with six pictures, and write one line that can search for clothes.
#
# ## 1. A notebook is pages of text with programs in between
#
# The grey boxes are **cells** with Python in them. Click into the next one and press **Shift + Enter**: it runs, its result
# appears below, and you are in the next cell.

# %%
steps = ["read", "run", "answer", "check", "submit"]
" → ".join(steps)

# %% [markdown]
# That line is how every assignment goes. Three things are good to know:
#
# * The number in front of a cell says *when* it ran, `[*]` that it is running still. Cells share their variables in the order
#   in which they **ran**, not in which they stand. So run them from top to bottom.
# * Change `steps` above, or anything else you like, and run the cell again. You cannot break anything: *Kernel → Restart
#   Kernel and Run All Cells…* starts afresh.
# * *Nothing happens*? Perhaps a cell is still busy: the square button in the toolbar stops it.
#
# ## 2. Is everything here?
#
# Run the next cell. If data must be fetched first, it may take a minute, once.

# %%
from gradus.environment import environment

environment()

# %% [markdown]
# A ✓ means that it works. With a ◐ you can work, too. With a ✗, do what the sentence says, or show it to your instructor.
#
# Some pictures of this course you can take hold of. For that, your browser and Python talk to each other:

# %%
from gradus.widgets.heartbeat import Heartbeat

Heartbeat()

# %% [markdown]
# ## 3. Six pictures to play with
#
# Each belongs to an assignment to come; today, only play. They work by mouse, by finger and by keyboard: click on a slider
# and use the arrow keys.

# %%
from gradus.widgets import (
    ConvExplorer,
    GraphStepper,
    LearningRateExplorer,
    ReceptiveFieldExplorer,
    SmoothnessExplorer,
    SoftThresholdExplorer,
)

# %% [markdown]
# **A threshold.** Drag the point over the edge of the grey band: does the slope jump there?

# %%
SoftThresholdExplorer(T=2)

# %% [markdown]
# **A convolution.** Press *Play* and watch the window walk; then set the stride to 3, and find the pixels that nobody reads.

# %%
ConvExplorer(image=7, stride=2)

# %% [markdown]
# **A gradient.** Press *Step* until the end: first the numbers flow to the right, then their gradients, the *adjoints*, flow
# back. At which node do two of them meet?

# %%
GraphStepper("network")

# %% [markdown]
# **A learning rate.** Press *at the edge*, then *diverging*: what becomes of the loss?

# %%
LearningRateExplorer()

# %% [markdown]
# **A landscape.** Move $t$ to both ends: which of the two curves stays near its tangent for longer?

# %%
SmoothnessExplorer()

# %% [markdown]
# **A network that reads.** Click on a circle of the top row to see which words it knows of. Then write a sentence of your own.

# %%
ReceptiveFieldExplorer("The old sailor told us a story about the sea")

# %% [markdown]
# ## 4. One question: how alike are two pictures? (4 points)
#
# To a computer, a picture is a list of numbers, one a pixel; a small one of 28 × 28 pixels has 784 of them. Read as an arrow
# in a space of 784 dimensions, it has a *length* and a *direction*. A brighter print of the same picture is a longer arrow,
# but it points the same way. So we compare directions, by the **cosine** of the angle between two arrows:
#
# $$
# \cos(a, b) = \frac{\sum_i a_i\, b_i}{\lVert a \rVert\; \lVert b \rVert},
# \qquad \lVert a \rVert = \sqrt{\textstyle\sum_i a_i^2}.
# $$
#
# It is 1 where two pictures differ in brightness only, and 0 where no pixel is lit in both. By hand: $a = (3, 4)$ has length 5,
# $b = (0, 2)$ has length 2, and $\cos(a, b) = (3 \cdot 0 + 4 \cdot 2) / (5 \cdot 2) = 0.8$.
#
# Write `alike(image, images)`: how alike is one picture to each of many?
#
# | | |
# |---|---|
# | `image` | a tensor $(d,)$, one picture |
# | `images` | a tensor $(n, d)$, one picture a row; none of them is all black |
# | returns | a tensor $(n,)$: its entry $k$ is $\cos(\text{image}, \text{images}[k])$ |
#
# Delete the line `raise NotImplementedError()` and write yours in its place. Then run your cell, and the check below it.
#
# <details><summary>Hint 1</summary><code>images @ image</code> multiplies every row with <code>image</code>, and sums.</details>
# <details><summary>Hint 2</summary><code>images.norm(dim=1)</code> gives the length of every row; what does
# <code>images.norm()</code> give?</details>

# %%
import torch

from gradus.questions.start_here import check, judge, search

# %% nbgrader={"grade": false, "grade_id": "A-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def alike(image, images):
    """The cosine of the angle between one picture and each of many: (d,), (n, d) -> (n,)."""
    ### BEGIN SOLUTION
    return images @ image / (images.norm(dim=1) * image.norm())
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "A", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("A", alike)
### BEGIN HIDDEN TESTS
judge("A", alike)
### END HIDDEN TESTS

# %% [markdown]
# Red is no disgrace. The table says for each example what was expected and what came, and *Hint* asks you a question. Mend
# your cell, run it, run the check again, as often as you like.
#
# The check knows a few examples, and they are all here to see. When your work is graded, your function is asked for more, of
# the same three kinds, and **every kind earns points by itself**. A check that stays red can still be worth something.
#
# Now use it. You show a picture, and your line searches 2,000 others for those that are most like it:

# %%
search(alike)

# %% [markdown]
# Nobody has told it what a bag is. And yet the nearest neighbour is mostly of the same kind: without any learning, your
# line is a classifier. To do better, a network will *learn* in which space to compare. That is what this course is about.
#
# ## 5. Hand it in
#
# 1. *Kernel → Restart Kernel and Run All Cells…*. An answer that needs a cell you have deleted since will not work later.
# 2. Press **Validate** in the toolbar above. It runs a fresh copy of the notebook and tells you which checks fail, if any do.
# 3. Save, with Ctrl + S (⌘ S on a Mac).
# 4. Submit: in the menu *Nbgrader → Assignment List*, or as your instructor has told you. Leave the file's name as it is. You
#    may submit again until the deadline; the last one counts.
#
# Your work comes back with *feedback*: for every question the points, what was met and what was not, and, where the grader
# recognises a mistake, a sentence that names it.
#
# ## To take away
#
# * Run from top to bottom; before you submit, once more from the start.
# * A tensor knows its shape: $(d,)$ is one picture, $(n, d)$ are many, and `dim` says over which axis to sum.
# * No loop was needed: `images @ image` asks 2,000 pictures at once.
