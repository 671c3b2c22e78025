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
# # Text, convolutions and strides
#
# **50 points.** *Who wrote Faust?* asks for a person, *Where is Curaçao?* for a place. You will build a network that reads
# a question and says what kind of answer it wants: one of six classes. On the way you will train 60 networks and some
# more, see one fail in a way that looks like an answer, and find out that a convolution is only as good as the axis it runs over.
#
# | | | points |
# |---|---|---|
# | A | read the questions | 6 |
# | B | turn a question into a vector of 96 entries | 6 |
# | C | a convolution over this vector, for every stride | 10 |
# | D | measure a network; train ten for each stride | 8 |
# | E | draw the result with error bars | 8 |
# | F | explain it | 6 |
# | G | do it right: a convolution over the *words* | 6 |
#
# **How to work.** Write your answers where it says `YOUR CODE HERE`. Below each answer stands a cell with a check; it
# shows at once what is right and what is not yet. The check knows a few examples; grading asks for many more. The full
# experiment takes a few minutes; while you try things out, write `scale("text_cnn", "quick")` below.

# %%
from collections import Counter

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F

from gradus.data import TREC_CLASSES, trec_files
from gradus.ensembles import train_ensemble, train_one
from gradus.plots import bar_chart
from gradus.questions.text_cnn import check, entries_seen, judge, words_shuffled
from gradus.scale import scale
from gradus.text import tokenise, vectors
from gradus.widgets import ReceptiveFieldExplorer

torch.set_num_threads(1)  # networks as small as these are slower with more; train_ensemble tries more where that may pay
size = scale("text_cnn")
size

# %% [markdown]
# ## The questions
#
# The TREC questions (Li and Roth, 2002) come as two text files, one question a line. If they are neither on this machine
# nor on the network, a small grammar writes stand-in questions in the same format, and a sentence says so. Here are the
# first lines of the training file, as bytes:

# %%
files = trec_files()
for line in files.train.read_bytes().splitlines()[:5]:
    print(line)


# %% [markdown]
# ## Question A: read them (6 points)
#
# A line is `CLASS:fine text`: the class, a colon, a finer label, a blank, the question. So `LOC:city What is the capital
# of Peru ?` has the class `LOC` (a place). The fine label is not used here.
#
# Write `read_trec(path)`: it returns a list of pairs `(text, class)` of strings, in the order of the file.
#
# * **The first colon counts, and only the first.** `HUM:ind Who cried : `` Eureka ! '' ?` has a second one inside the question.
# * **The file is in Latin-1**, an encoding in which each byte is one letter. Python's default is UTF-8.
# * The text stays as it is, capital letters and question mark included, but without the end of the line.
#
# <details><summary>Hint 1</summary><code>line.split(":", 1)</code> splits once; <code>line.partition(" ")</code> gives what is before
# and after the first blank.</details>
# <details><summary>Hint 2</summary><code>open(path, encoding="latin-1")</code> gives lines of text, so nobody has to
# handle bytes. A line ends with <code>"\n"</code>; <code>strip()</code> removes it.</details>

# %% nbgrader={"grade": false, "grade_id": "A-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def read_trec(path):
    """All questions of a file, as a list of (text, class) pairs of strings."""
    ### BEGIN SOLUTION
    pairs = []
    with open(path, encoding="latin-1") as file:
        for line in file:
            label, _, text = line.strip().partition(" ")
            pairs.append((text, label.split(":")[0]))
    return pairs
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "A", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("A", read_trec)
### BEGIN HIDDEN TESTS
judge("A", read_trec)
### END HIDDEN TESTS

# %% [markdown]
# Now all of them. How many questions has each class?

# %%
train = read_trec(files.train)[: size.train_questions]
test = read_trec(files.test)[: size.test_questions]
for name, pairs in (("training", train), ("test", test)):
    counts = Counter(label for _, label in pairs)
    print(f"{name:>8}: {len(pairs):>5} questions,", ", ".join(f"{c} {counts[c]}" for c in TREC_CLASSES))

# %% [markdown]
# ## Question B: a question as a vector (6 points)
#
# A network wants numbers. `vectors(texts)` gives every *word* of the texts a vector of 96 entries, in such a way that words
# from similar questions get similar vectors. It is fitted on the texts that you give it, in a second, without any download.
# A question is then the **mean** of its words' vectors:

# %%
words = vectors([text for text, _ in train])
print(tokenise("Who wrote Faust ?"))
print("who:     ", words.word("who")[:5])
print("question:", words.sentences(["Who wrote Faust ?"])[0, :5], "and 91 entries more")


# %% [markdown]
# Write `prepare(train, test)`; `train` and `test` are lists of `(text, class)` pairs. It returns four tensors:
#
# | | shape | |
# |---|---|---|
# | `X` | `(n, 96)` float32 | the sentence vectors of the $n$ training questions |
# | `y` | `(n,)` int64 | their classes, as places in `TREC_CLASSES`: ABBR is 0, …, NUM is 5 |
# | `X_test`, `y_test` | `(m, 96)`, `(m,)` | the same of the $m$ test questions |
#
# **The test questions are for testing.** Word vectors that have seen them are a little too good, and nobody will know how
# much. So fit the vectors once, on the training texts alone, and use *these* for both sets; a word that training never
# saw gets the vector of the unknown word. For the same reason a class has one number, the same in both sets, even
# where the test set lacks some of the classes.
#
# `kind` goes to `vectors`: the default `"svd"` needs nothing; with spaCy and its model `en_core_web_sm` installed, you may try `"spacy"`.
#
# <details><summary>Hint</summary><code>zip(*train)</code> turns a list of pairs into a pair of tuples;
# <code>TREC_CLASSES.index("HUM")</code> is 3.</details>

# %% nbgrader={"grade": false, "grade_id": "B-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def prepare(train, test, kind="svd"):
    """X, y, X_test, y_test: sentence vectors and class numbers of both sets."""
    ### BEGIN SOLUTION
    texts, labels = zip(*train)
    test_texts, test_labels = zip(*test)
    words = vectors(texts, kind=kind)
    y = torch.tensor([TREC_CLASSES.index(label) for label in labels])
    y_test = torch.tensor([TREC_CLASSES.index(label) for label in test_labels])
    return words.sentences(texts), y, words.sentences(test_texts), y_test
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "B", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("B", prepare)
### BEGIN HIDDEN TESTS
judge("B", prepare)
### END HIDDEN TESTS

# %%
X, y, X_test, y_test = prepare(train, test)

# %% [markdown]
# ## Question C: a network for every stride (10 points)
#
# Take the vector of 96 entries as a *signal* with one channel, and let a convolution run along it:
#
# | layer | gives |
# |---|---|
# | convolution, 1 to 64 channels, with `kernel_size`, `padding`, `stride` | `(b, 64, L)` |
# | ReLU | `(b, 64, L)` |
# | max pooling, window 3, padding 1, stride `pool_stride` | `(b, 64, P)` |
# | flattened channel by channel (`flatten(1)`), then linear | `(b, n_classes)` |
#
# A window of $k$ entries that moves by $s$ over $n$ entries, padded with $p$ on both sides, stops at
#
# $$ \left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1 \quad\text{places.} $$
#
# *By hand, kernel 3, padding 1, stride 30:* the convolution gives $L = \lfloor 95/30 \rfloor + 1 = 4$. The pooling is a
# moving window, too: with stride 1, $P = \lfloor (4 + 2 - 3)/1 \rfloor + 1 = 4$, and the linear layer reads
# $64 \cdot 4 = 256$ numbers; with stride 30, $P = 1$ and it reads 64.
#
# Write the class `TextCNN`. It has to work for **every** stride, so its linear layer's size must follow from the formula. `forward`
# takes `x` of shape `(b, 96)` and returns **scores**, any real numbers: no softmax, because `cross_entropy` contains it.

# %%
ReceptiveFieldExplorer(" ".join(f"x{i}" for i in range(24)), kernel=3, padding=1, stride=5)


# %% [markdown]
# The explorer shows the first 24 entries and what each place of the convolution sees. At which stride does it begin to skip entries?
#
# <details><summary>Hint 1</summary>Compute <code>L</code> and then <code>P</code> in the constructor, with <code>//</code>.</details>
# <details><summary>Hint 2</summary>Conv1d reads <code>(b, channels, length)</code>; <code>x[:, None]</code> puts in the axis of the one channel.</details>
# <details><summary>Hint 3</summary><code>F.relu(h)</code> returns a new tensor. Who keeps it?</details>

# %% nbgrader={"grade": false, "grade_id": "C-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
class TextCNN(nn.Module):
    """Convolution (1 to 64 channels), ReLU, max pooling, linear: (b, 96) to scores (b, n_classes)."""

    def __init__(self, n_classes, kernel_size, padding, stride, pool_stride=1):
        super().__init__()
        ### BEGIN SOLUTION
        length = (96 + 2 * padding - kernel_size) // stride + 1
        pooled = (length + 2 - 3) // pool_stride + 1
        self.convolution = nn.Conv1d(1, 64, kernel_size, padding=padding, stride=stride)
        self.pool = nn.MaxPool1d(3, padding=1, stride=pool_stride)
        self.linear = nn.Linear(64 * pooled, n_classes)
        ### END SOLUTION

    def forward(self, x):
        ### BEGIN SOLUTION
        h = F.relu(self.convolution(x[:, None]))
        return self.linear(self.pool(h).flatten(1))
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "C", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
check("C", TextCNN)
### BEGIN HIDDEN TESTS
judge("C", TextCNN)
### END HIDDEN TESTS

# %% [markdown]
# ## Question D: measure, then train
#
# ### How good is a network? (4 points)
#
# Write `measure(model, X, y, batch_size)`. It returns two numbers: the mean multinomial logistic loss over all examples, and
# the **accuracy**, the share of examples whose largest score stands at their class.
#
# * Go through the data in batches of `batch_size`, without gradients. The last batch may be shorter. Every *example* weighs
#   the same, so do not average the batches' averages.
# * If any score is NaN, the accuracy is `float("nan")`. You will see in a moment why that matters.
#
# <details><summary>Hint</summary><code>F.cross_entropy(scores, y, reduction="sum")</code> takes plain scores. Add up over the
# batches, and divide once, by the number of examples.</details>

# %% nbgrader={"grade": false, "grade_id": "D-measure-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def measure(model, X, y, batch_size=200):
    """Mean loss and accuracy over (X, y); the accuracy is NaN where the model answers NaN."""
    ### BEGIN SOLUTION
    loss, right, is_nan = 0.0, 0, False
    with torch.no_grad():
        for X_batch, y_batch in zip(X.split(batch_size), y.split(batch_size)):
            scores = model(X_batch)
            loss += F.cross_entropy(scores, y_batch, reduction="sum").item()
            right += (scores.argmax(1) == y_batch).sum().item()
            is_nan = is_nan or scores.isnan().any().item()
    return loss / len(X), float("nan") if is_nan else right / len(X)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "D-measure", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("D-measure", measure)
### BEGIN HIDDEN TESTS
judge("D-measure", measure)
### END HIDDEN TESTS

# %% [markdown]
# ### A dead network (1 point)
#
# When this homework was given before, somebody's ten networks with stride 1 had these accuracies: three times between 0.67 and 0.69, and
# seven times exactly 0.018. What were those seven?
#
# Suppose the weights of a network have become NaN. Then every score is NaN, and `argmax` of six NaNs is 0, always. The test
# set has 500 questions: ABBR 9, DESC 138, ENTY 94, HUM 65, LOC 81, NUM 113. Which accuracy does a program report that does
# not look for NaN? Put the number into `accuracy_of_nan`, before you go on.

# %% nbgrader={"grade": false, "grade_id": "D-nan-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
accuracy_of_nan = 9 / 500  # place 0 is ABBR
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "D-nan", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("D-nan", accuracy_of_nan)
### BEGIN HIDDEN TESTS
judge("D-nan", accuracy_of_nan)
### END HIDDEN TESTS

# %% [markdown]
# See it happen. The same network twice, with a sound learning rate and with one that is far too large:

# %%
data = X, y, X_test, y_test
for learning_rate in (size.learning_rate, 10.0):
    one = train_one(
        lambda: TextCNN(6, 3, 1, stride=5), X, y, seed=0, test=(X_test, y_test), epochs=5, learning_rate=learning_rate
    )
    naive = (one.model(X_test).argmax(1) == y_test).float().mean()
    print(f"learning rate {learning_rate}: argmax says {naive:.3f}, measure says {measure(one.model, X_test, y_test)[1]:.3f}")


# %% [markdown]
# ### The experiment (3 points)
#
# One network is no experiment: with another seed it has another accuracy. So for every stride train one for each of ten
# seeds. One after another they would take long; `train_ensemble` trains all ten *at once*. You use it just like
# `train_one`:
#
# ```
# result = train_ensemble(make_model, X, y, seeds, test=(X_test, y_test), epochs=50)
# result[3].model, result[3].accuracy, result[3].losses, result[3].diverged_at      # of the fourth model
# result.accuracies                # of all, NaN for a model that diverged
# ```
#
# `make_model` is a function *without arguments* that returns a new network. The defaults are those of this experiment: SGD,
# batches of 32, learning rate 0.1, momentum 0.8.
#
# Write `experiment(make_model, data, strides, seeds, epochs)`. Here `make_model(stride)` returns a new network with that stride,
# and `data` is the tuple `(X, y, X_test, y_test)`. It returns a dictionary: for every stride, all that `train_ensemble` returned.
# Models that diverged stay in it: whoever uses the result decides what to do with them.
#
# <details><summary>Hint</summary><code>lambda: make_model(stride)</code> is a function without arguments.</details>

# %% nbgrader={"grade": false, "grade_id": "D-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def experiment(make_model, data, strides, seeds, epochs):
    """{stride: the result of train_ensemble with one model a seed}."""
    ### BEGIN SOLUTION
    X, y, X_test, y_test = data
    results = {}
    for stride in strides:
        results[stride] = train_ensemble(
            lambda: make_model(stride), X, y, seeds, test=(X_test, y_test), epochs=epochs
        )
    return results
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "D", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("D", experiment)
### BEGIN HIDDEN TESTS
judge("D", experiment)
### END HIDDEN TESTS

# %% [markdown]
# Now the 60 networks, with pooling that moves by as much as the convolution (`pool_stride = stride`), as the homework first had it:

# %%
seeds = range(size.models_per_stride)
both_move = experiment(lambda s: TextCNN(6, 3, 1, s, pool_stride=s), data, size.strides, seeds, size.epochs)
for stride, result in both_move.items():
    print(f"stride {stride:>3}: {result.mean_accuracy}")

# %% [markdown]
# … and with a pooling that moves by 1, so that the stride acts once, in the convolution alone. (For stride 1 the two are the same network.)

# %%
others = [stride for stride in size.strides if stride > 1]
once_moved = {1: both_move[1], **experiment(lambda s: TextCNN(6, 3, 1, s), data, others, seeds, size.epochs)}
for stride, result in once_moved.items():
    print(f"stride {stride:>3}: {result.mean_accuracy}")


# %% [markdown]
# ## Question E: bars with error bars (8 points)
#
# Write `accuracy_chart(accuracies)`. The argument is a dictionary `{stride: list of accuracies}`, in which NaN stands for a model
# that diverged. It returns a matplotlib figure:
#
# * one bar a stride, upright, in the order of the dictionary, each with its stride as the name of its tick; the bar is as high as
#   the **mean over the models that did not diverge**;
# * on each bar an error bar of one **standard deviation** up and down, over the same models. Convention: divided by $n - 1$.
#   `torch.std` and `statistics.stdev` do that; `np.std` divides by $n$ unless you say `ddof=1`;
# * labels on both axes;
# * and where models were left out, a text that says **how many**, for instance a tick named `1 (3 of 10)` or a note. A mean that
#   hides its failures is a lie.
#
# Any styling will do: the check reads heights, error bars and texts, not pixels.
#
# <details><summary>Hint 1</summary><code>torch.tensor(row)</code>, then <code>row[~row.isnan()]</code>.</details>
# <details><summary>Hint 2</summary><code>axes.bar(places, heights, yerr=errors, capsize=4)</code> with <code>places = range(len(heights))</code>;
# then <code>axes.set_xticks(places, names)</code>. Bars <em>at</em> 1, 5, 10, …, 500 would crowd at the left.</details>

# %% nbgrader={"grade": false, "grade_id": "E-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def accuracy_chart(accuracies):
    """Mean accuracy by stride with its standard deviation, over the models that did not diverge."""
    ### BEGIN SOLUTION
    heights, errors, names = [], [], []
    for stride, row in accuracies.items():
        row = torch.tensor(row)
        learned = row[~row.isnan()]
        heights.append(learned.mean().item())
        errors.append(learned.std().item())
        lost = len(row) - len(learned)
        names.append(f"{stride}\n({lost} of {len(row)} diverged)" if lost else f"{stride}")
    figure, axes = plt.subplots(figsize=(6, 3.5), layout="constrained")
    axes.bar(range(len(heights)), heights, yerr=errors, capsize=4)
    axes.set_xticks(range(len(heights)), names)
    axes.set(xlabel="stride", ylabel="test accuracy")
    return figure
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "E", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
check("E", accuracy_chart)
### BEGIN HIDDEN TESTS
judge("E", accuracy_chart)
### END HIDDEN TESTS

# %%
for title, results in (("pool_stride = stride", both_move), ("pool_stride = 1", once_moved)):
    figure = accuracy_chart({stride: result.accuracies for stride, result in results.items()})
    figure.axes[0].set(title=files.title(title), ylim=(0, 1))
    plt.show()

# %% [markdown]
# What do the two isolate? Count on how many of its 96 entries each network depends at all:

# %%
figure, axes = plt.subplots(figsize=(6, 3.5), layout="constrained")
for name, results in (("pool_stride = stride", both_move), ("pool_stride = 1", once_moved)):
    seen = [entries_seen(result[0].model) for result in results.values()]
    means = [result.mean_accuracy for result in results.values()]
    axes.errorbar(seen, [mean.value for mean in means], [mean.std for mean in means], fmt="o-", capsize=3, label=name)
    print(name)
    for stride, entries, mean in zip(results, seen, means):
        print(f"    stride {stride:>3}: {entries:>2} entries, accuracy {mean.value:.3f}")
axes.set(xlabel="entries that reach the scores", ylabel="test accuracy", xscale="log", title=files.title("One curve"))
axes.legend()
plt.show()

# %% [markdown]
# With `pool_stride = 1` the stride does one thing: the convolution's windows, three entries wide, lie `stride` apart, and what lies
# between them is never read. With `pool_stride = stride` the pooling jumps over most of what the convolution has computed, on top
# of that. On one picture both lie on the same curve: the accuracy follows the number of entries that are left, whichever layer threw the
# others away.

# %% [markdown]
# ## Question F: explain it (3 + 3 points)
#
# **F1.** Take kernel 3, padding 1 and **stride 2**. Which entries are read? Which groups of neighbouring entries does some window see
# *together*, and which groups that stride 1 sees together are lost? How can entries that never share a window still act on the scores?

# %% [markdown] nbgrader={"grade": true, "grade_id": "F1", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# *Your answer:*
#
# ### BEGIN MARK SCHEME
# * **1 point:** every entry is still read, because the kernel (3) is at least as wide as the stride (2). The windows are {-1, 0, 1}, {1, 2, 3},
#   {3, 4, 5}, …, centred on 0, 2, 4, …; neighbours share one entry. Any correct description of the windows will do.
# * **1 point:** every pair of neighbours still shares a window; of the triples only every second one does ({1, 2, 3} yes, {2, 3, 4} no). What is lost are
#   the features of those triples, and a pattern is found only where it lies at an even shift.
# * **1 point:** what never shares a window is put together only afterwards, by the maximum over neighbouring windows and by the linear layer, which
#   *adds up* what each window found. So entries far apart act on the scores, but not jointly, in one feature of the convolution. (Also
#   right: further layers would widen the receptive field; here there is one.)
#
# Half a point for a right statement whose reason is missing.
# ### END MARK SCHEME

# %% [markdown]
# **F2.** What does a convolution over the *entries* of a sentence vector mean? Think of what "neighbouring" and "the same pattern elsewhere" would have
# to mean, and of what would happen if you renumbered the 96 entries before the training. Is the order of the words still in the vector?

# %% [markdown] nbgrader={"grade": true, "grade_id": "F2", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# *Your answer:*
#
# ### BEGIN MARK SCHEME
# * **1 point:** entry 17 is no neighbour of entry 18 in any sense. The order of the entries is arbitrary: ours come out of a fixed random rotation,
#   spaCy's out of the order in which a network happened to number them.
# * **1 point:** sharing weights says "the same pattern means the same, wherever it stands". That is true of images and of words in a sentence; for entries there is
#   no reason. Renumbered, the data are as good as before, while the convolution sees wholly different neighbours; its accuracy is expected to stay the same. The
#   work is done by the linear layer, on features that might as well be random, not by the locality.
# * **1 point:** no. A mean does not depend on the order of its terms, so "man bites dog" and "dog bites man" have the same vector, and no layer behind it
#   can tell them apart.
#
# Half a point for a right statement whose reason is missing.
# ### END MARK SCHEME

# %% [markdown]
# ## Question G: do it right (6 points)
#
# A sentence has a natural axis: its words, in their order. Keep all of their vectors, side by side, instead of their mean. Then a question is
# a signal of length $L$ (its number of words) with $D = 96$ *channels* (the entries), and a kernel of 3 sees three neighbouring words:
# *who is the*, *in what year*.
#
# Move the stride to 1, add a layer, and watch which words an output sees:

# %%
ReceptiveFieldExplorer("What is the name of the river that flows through Vienna ?", kernel=3, padding=1)


# %% [markdown]
# | layer | gives |
# |---|---|
# | convolution along the words, $D$ to `channels` channels, `kernel_size` (odd), padding `kernel_size // 2` | `(b, channels, L)` |
# | ReLU | `(b, channels, L)` |
# | **maximum over the words**: one number a channel, "how strongly did this pattern occur, anywhere?" | `(b, channels)` |
# | linear | `(b, n_classes)` |
#
# Write `WordCNN(n_classes, entries=96, channels=64, kernel_size=3)`; `forward` takes `x` of shape `(b, entries, L)`, for any $L \ge 1$, and
# returns scores. Short questions are filled up with zero vectors at their end; treat those as words like any other, no mask is needed.
#
# <details><summary>Hint</summary><code>h.amax(dim=2)</code>: which axis of <code>(b, channels, L)</code> are the words?</details>

# %% nbgrader={"grade": false, "grade_id": "G-answer", "locked": false, "schema_version": 3, "solution": true, "task": false}
class WordCNN(nn.Module):
    """Convolution along the words, ReLU, maximum over the words, linear: (b, entries, L) to scores (b, n_classes)."""

    def __init__(self, n_classes, entries=96, channels=64, kernel_size=3):
        super().__init__()
        ### BEGIN SOLUTION
        self.convolution = nn.Conv1d(entries, channels, kernel_size, padding=kernel_size // 2)
        self.linear = nn.Linear(channels, n_classes)
        ### END SOLUTION

    def forward(self, x):
        ### BEGIN SOLUTION
        h = F.relu(self.convolution(x))
        return self.linear(h.amax(dim=2))
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "G", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("G", WordCNN)
### BEGIN HIDDEN TESTS
judge("G", WordCNN)
### END HIDDEN TESTS

# %% [markdown]
# The comparison is fair: the same questions, the very same word vectors, ten seeds. Only the axis of the convolution has changed (and the
# learning rate, because this network wants smaller steps).

# %%
def as_signals(texts):
    """The word vectors of every text, (n, 96, L)."""
    return words.sequences(words.vocabulary.encode(texts))


S, S_test = (as_signals([text for text, _ in pairs]) for pairs in (train, test))
over_words = train_ensemble(
    lambda: WordCNN(6), S, y, range(size.word_models), test=(S_test, y_test),
    epochs=size.word_epochs, learning_rate=size.word_learning_rate,
)
over_entries = both_move[1]
print("over the entries of the mean vector:", over_entries.mean_accuracy)
print("over the words:                     ", over_words.mean_accuracy)

# %% [markdown]
# Does it use the order of the words? Shuffle the words of every test question, and ask the trained networks again. The mean vector does not change by that
# at all:

# %%
shuffled = words_shuffled([text for text, _ in test])
X_shuffled, S_shuffled = words.sentences(shuffled), as_signals(shuffled)
shuffled_entries = [measure(one.model, X_shuffled, y_test)[1] for one in over_entries]
shuffled_words = [measure(one.model, S_shuffled, y_test)[1] for one in over_words]

rows = {
    "entries": over_entries.accuracies,
    "entries,\nwords shuffled": shuffled_entries,
    "words": over_words.accuracies,
    "words,\nwords shuffled": shuffled_words,
}
rows = {name: torch.tensor([a for a in row if a == a]) for name, row in rows.items()}  # NaN is not equal to itself
means, deviations = ([f(row).item() for row in rows.values()] for f in (torch.mean, torch.std))
for name, mean, deviation in zip(rows, means, deviations):
    print(f"{mean:.3f} ± {deviation:.3f}  convolution over", name.replace("\n", " "))
bar_chart(
    list(rows), means, deviations,
    xlabel="what the convolution runs over", ylabel="test accuracy", caption=files.caption,
)

# %% [markdown]
# ## To take away
#
# * **A convolution claims something about its axis**: that neighbours belong together, and that a pattern means the same wherever it
#   stands. Words in a sentence keep that promise, entries of a vector do not. The claim, not the layer, is what you choose.
# * **Output sizes follow from one formula**, with a floor in it, and pooling obeys it as well. A network whose linear layer is computed
#   fits every stride; one with a number typed in fits one.
# * **A stride wider than its kernel throws input away**, unseen. Nothing in the training tells you; the accuracy does.
# * **NaN can look like an answer.** 0.018 was 9 of 500: `argmax` of NaN is class 0. Look for divergence, say how many runs it took, and keep
#   them out of the mean.
# * **One run is an anecdote.** Ten seeds, mean and standard deviation: only then is a difference a difference.
#
# **Measured** on the real questions, 1,000 for training and 500 for testing, ten seeds a row, accuracies as mean ± standard deviation
# (2026-11-28, Python 3.11.7, torch 2.13.0, numpy 2.4.6, CPU; at full scale about two and a half minutes of one core):
#
# | | stride 1 | 5 | 10 | 30 | 100 | 500 |
# |---|---|---|---|---|---|---|
# | convolution over the entries, `pool_stride = stride` | 0.669 ± 0.064 | 0.629 ± 0.057 | 0.435 ± 0.024 | 0.425 ± 0.065 | 0.254 ± 0.087 | 0.254 ± 0.087 |
# | entries that reach the scores | 96 | 32 | 5 | 5 | 2 | 2 |
# | convolution over the entries, `pool_stride = 1` | the same | 0.672 ± 0.067 | 0.632 ± 0.041 | 0.550 ± 0.018 | 0.254 ± 0.087 | 0.254 ± 0.087 |
# | entries that reach the scores | 96 | 58 | 29 | 11 | 2 | 2 |
#
# * The convolution **over the words**, with the same word vectors: **0.788 ± 0.014**, against 0.669 ± 0.064 over the entries. With the words of the test
#   questions shuffled it falls to 0.546 ± 0.033; the mean vector cannot tell the difference.
# * With the 96 entries renumbered at random, stride 5 and `pool_stride = 1` gave 0.652 ± 0.066 in place of 0.672 ± 0.067: no difference. The order of the
#   entries means nothing.
# * A plain logistic regression on the same sentence vectors reaches 0.742: over these entries, the convolution does not help, it hurts.
# * With these vectors and learning rate 0.1 none of the networks diverged; with 10, the one above did within its first epoch.
# * With all 5,452 training questions and better word vectors, convolutions over words are published with 91 to 93.6 %.
