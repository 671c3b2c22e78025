"""The mistakes of text_cnn, each with its model, and those that show in a chart."""

from __future__ import annotations

import math
import statistics

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from gradus.data import TREC_CLASSES
from gradus.judging import Observation
from gradus.judging.figures import Bars, ErrorBars
from gradus_staff.answer_key import Misconception
from gradus_staff.key import text_cnn_models as models

FINE = "The fine label is kept: of DESC:manner only DESC is the class."
TRUNCATED = "The line is split at every colon, so a question with a colon of its own is cut short."
NOT_LATIN = "The file is not read as Latin-1: letters like ç are lost, or cannot be decoded."
BYTES = "str(bytes) is taken for the text: it brings b'…' or escapes like \\xe7 along. Decode the bytes."

READING = {
    TRUNCATED: Misconception(models.reader(models.split_everywhere), "What does split take as its second number?"),
    "The line is split at the last colon, not at the first.": Misconception(
        models.reader(models.split_last), "Which colon ends the class?"
    ),
    FINE: models.reader(lambda line: (line.partition(" ")[2], line.partition(" ")[0])),
    "The fine label is still in front of the question.": (
        models.reader(lambda line: (line.partition(":")[2], line.partition(":")[0]))
    ),
    "Text and class have changed places.": models.reader(lambda line: models._split(line)[::-1]),
    "The whole line is kept as the text.": models.reader(lambda line: (line, line.partition(":")[0])),
    BYTES: Misconception(
        models.reader(decode=models.as_text_of_bytes), "What does str(b'a') look like when you print it?"
    ),
    NOT_LATIN: Misconception(
        models.reader(decode=lambda raw: raw.decode("utf-8")), "In which encoding is this file written?"
    ),
    "Bytes that are not UTF-8 are dropped or replaced; in Latin-1 they are letters.": Misconception(
        models.reader(decode=lambda raw: raw.decode("utf-8", "replace")), "What should a ç become?"
    ),
    "Bytes that are not UTF-8 are left out; in Latin-1 they are letters.": Misconception(
        models.reader(decode=lambda raw: raw.decode("utf-8", "ignore")), "What should a ç become?"
    ),
    "The text is in lower case; the words will be prepared later, by tokenise.": (
        models.reader(lambda line: (models._split(line)[0].lower(), models._split(line)[1]))
    ),
    "The end of the line is still part of the question.": Misconception(
        models.reader(lambda line: (models._split(line)[0] + "\n", models._split(line)[1])),
        "What does a line from a file end with?",
    ),
    "A blank is left in front of the question.": (
        models.reader(lambda line: (line[line.index(" ") :], models._split(line)[1]))
    ),
    "The question mark is gone; the text should stay as it is.": (
        models.reader(lambda line: (models._split(line)[0].rstrip(" ?"), models._split(line)[1]))
    ),
    "Questions that hold a colon are left out.": (
        models.reader(lambda line: models._split(line) if line.count(":") == 1 else None)
    ),
    "The first line of the file is skipped; there is no heading.": (
        models.reader(lines=lambda text: [line for line in text.split("\n") if line.strip()][1:])
    ),
    "The last line of the file is lost.": (
        models.reader(lines=lambda text: [line for line in text.split("\n") if line.strip()][:-1])
    ),
}

SAME_ORDER = "The test labels are numbered by themselves: a class has another number there than in training."

VECTORS = {
    "The vectors are fitted on the test questions, too: the test set is for testing.": Misconception(
        models.preparer(fit=lambda train, test: train + test), "Which texts may vectors(...) see?"
    ),
    "The vectors are fitted on the test questions, too (those come first).": (
        models.preparer(fit=lambda train, test: test + train)
    ),
    "The vectors are fitted twice, once for each set: the entries then mean different things.": Misconception(
        models.preparer(fit=lambda train, test: train + test, refit=True), "How often is vectors(...) called?"
    ),
    "The vectors are fitted on the test questions alone.": models.preparer(fit=lambda train, test: test),
    "The words' vectors are added up; a sentence vector is their mean.": models.preparer(sentences=models.summed),
    "Unknown words are left out of the mean; they count with the vector of the unknown word.": (
        models.preparer(sentences=models.without_unknown)
    ),
    "The sentence vectors are scaled to length 1; they should stay as they are.": (
        models.preparer(sentences=lambda words, texts: F.normalize(words.sentences(texts), dim=1))
    ),
    SAME_ORDER: Misconception(
        models.preparer(test_codes=lambda labels: sorted(set(labels))),
        "The test questions of a check have two classes only. Which numbers do you give them?",
    ),
    "The classes are numbered in the order in which they first appear, not as in TREC_CLASSES.": (
        models.preparer(codes=lambda train, test: dict.fromkeys(train))
    ),
    "The classes are numbered from 1; cross_entropy counts from 0.": (
        models.preparer(codes=lambda train, test: ["", *TREC_CLASSES])
    ),
    "The classes are numbered by how frequent they are, not as in TREC_CLASSES.": (
        models.preparer(codes=lambda train, test: sorted(TREC_CLASSES, key=lambda c: (-train.count(c), c))[::-1])
    ),
    "The labels are float32; cross_entropy wants int64.": models.preparer(dtype=torch.float32),
    "The four results come in another order: X, X_test, y, y_test.": (
        models.preparer(finish=lambda parts: (parts[0], parts[2], parts[1], parts[3]))
    ),
}

RELU = "The ReLU's result is dropped (or there is none): F.relu(x) returns a new tensor and leaves x as it was."
TWICE = "The network ends in a softmax; cross_entropy takes scores and has its own, so it would be applied twice."
LOG = "The network ends in a log_softmax; scores are asked for, and cross_entropy takes the logarithm itself."
BOTH = "The stride is used in the pooling, too, where pool_stride should be."
SIZE = "The linear layer does not fit what the pooling leaves: its size must follow from stride and pool_stride."
FORGOTTEN = "A layer has no bias, or there is a layer too many or too few."

NETWORK = {
    RELU: Misconception(models.text_cnn(bend=lambda h: h), "Who keeps what F.relu returns?"),
    TWICE: Misconception(
        models.text_cnn(finish=lambda s: s.softmax(1)), "What does cross_entropy do with its first argument?"
    ),
    LOG: models.text_cnn(finish=lambda s: s.log_softmax(1)),
    BOTH: Misconception(
        models.pooled_by(lambda stride, pool_stride: nn.MaxPool1d(3, padding=1, stride=stride)),
        "Which of the two strides belongs to which layer?",
    ),
    "The pooling has no stride of its own, so PyTorch takes the window's 3.": Misconception(
        models.pooled_by(lambda stride, pool_stride: nn.MaxPool1d(3, padding=1)),
        "What is the default of MaxPool1d's stride?",
    ),
    "pool_stride is not used: the pooling always moves by 1.": (
        models.pooled_by(lambda stride, pool_stride: nn.MaxPool1d(3, padding=1, stride=1))
    ),
    "There is no pooling.": models.pooled_by(lambda stride, pool_stride: nn.Identity()),
    "The pooling takes the mean of its window, not the maximum.": (
        models.pooled_by(lambda stride, pool_stride: nn.AvgPool1d(3, padding=1, stride=pool_stride))
    ),
    "The pooling takes one maximum over the whole signal; its window is 3.": (
        models.pooled_by(lambda stride, pool_stride: nn.AdaptiveMaxPool1d(1))
    ),
    "The convolution's padding is not used.": models.text_cnn(conv_padding=lambda self, padding: 0),
    "The convolution's padding is always 1, whatever `padding` says.": (
        models.text_cnn(conv_padding=lambda self, padding: 1)
    ),
    "A second ReLU cuts off the negative scores.": models.text_cnn(finish=torch.relu),
    "The hidden values go through tanh or a sigmoid, not through a ReLU.": models.text_cnn(bend=torch.tanh),
    "The hidden values go through a sigmoid, not through a ReLU.": models.text_cnn(bend=torch.sigmoid),
    "The scores are cut off from autograd (detach, no_grad, NumPy): nothing would be learned.": (
        models.text_cnn(finish=lambda s: s.detach())
    ),
}

MEASURE = {
    "softmax before cross_entropy: the loss takes a softmax twice.": Misconception(
        models.measurer(loss_of=lambda s, y: F.cross_entropy(s.softmax(1), y, reduction="sum")),
        "What does cross_entropy do with its first argument?",
    ),
    "nll_loss of plain scores: the softmax, or its logarithm, is missing from the loss.": Misconception(
        models.measurer(loss_of=lambda s, y: F.nll_loss(s, y, reduction="sum")),
        "nll_loss wants logarithms of probabilities. Which function takes scores?",
    ),
    "nll_loss of probabilities: the logarithm is missing from the loss.": (
        models.measurer(loss_of=lambda s, y: F.nll_loss(s.softmax(1), y, reduction="sum"))
    ),
    "The loss is added up over the examples; the mean is asked for.": (
        lambda model, X, y, batch_size: (
            models.measure(model, X, y, batch_size)[0] * len(X), models.measure(model, X, y, batch_size)[1],
        )
    ),
    "The batches' values are averaged: the few examples of a short last batch then weigh too much.": Misconception(
        models.measurer(over="batches"), "How much should one example weigh, in whichever batch it is?"
    ),
    "The short last batch is left out.": models.measurer(over="full batches"),
    "A network that answers NaN gets the accuracy of class 0: argmax of NaN, NaN, … is 0.": Misconception(
        models.measurer(nan_is_a_class=True), "What does argmax do with NaN? How could you notice?"
    ),
    "The accuracy is in percent; a share from 0 to 1 is asked for.": models.measurer(factor=100.0),
    "argmax runs over the examples, not over the classes.": (
        models.measurer(choose=lambda s: s.argmax(0).repeat(len(s))[: len(s)])
    ),
    "The class with the smallest score is taken.": models.measurer(choose=lambda s: s.argmin(1)),
}  # fmt: skip

DEAD = {
    "That is what guessing among six classes would give; a dead network does not guess.": Misconception(
        1 / 6, "Which place does argmax return where all six scores are NaN?"
    ),
    "That is the accuracy of the most frequent class; argmax of NaN is not the most frequent class.": 138 / 500,
    "NaN is right nowhere, but argmax returns a class all the same. Which one?": 0.0,
    "These are the right answers; their share of 500 is asked for.": 9.0,
    "That is a percentage; a share from 0 to 1 is asked for.": 1.8,
}

EXPERIMENT = {
    "The models are trained on the test questions.": models.experimenter(training=lambda data: data[2:]),
    "The accuracies are those of the training questions.": models.experimenter(testing=lambda data: data[:2]),
    "All models have the same seed, so they are one and the same model.": Misconception(
        models.experimenter(seeds_of=lambda seeds: [seeds[0]] * len(seeds)), "What makes two models differ?"
    ),
    "The seeds are not used: they are always 0, 1, 2, …": models.experimenter(
        seeds_of=lambda seeds: list(range(len(seeds)))
    ),
    "Always ten models are trained, whatever `seeds` says.": models.experimenter(
        seeds_of=lambda seeds: list(range(10))
    ),
    "The stride does not reach the model: every model has the same one.": models.experimenter(
        stride_of=lambda stride: 1
    ),
    "Only the last stride's models are kept.": models.experimenter(finish=lambda r: dict([list(r.items())[-1]])),
    "The number of epochs is not used; train_ensemble then takes 50.": models.experimenter(epochs=50),
    "The momentum is not 0.8.": models.experimenter(momentum=0.0),
    "The learning rate is not 0.1.": models.experimenter(learning_rate=0.01),
    "The batch size is not 32.": models.experimenter(batch_size=16),
    "Models that diverged are thrown away without a word; keep all that train_ensemble returns.": Misconception(
        models.experimenter(
            finish=lambda r: {s: [m for m in models_ if m.diverged_at is None] for s, models_ in r.items()}
        ),
        "How would a reader learn that seven of ten models are missing?",
    ),
}


def each(function, rows):  # type: ignore[no-untyped-def]
    return tuple(float(function(row)) for row in rows)


WRONG_HEIGHTS = {
    "NaN runs are averaged in, as 0: a run that diverged has no accuracy at all.": (
        lambda row: statistics.fmean(models.as_zero(row))
    ),
    "NaN runs are averaged in, as 0.018: that is what counting argmax of NaN as an answer gives.": (
        lambda row: statistics.fmean(models.as_class_zero(row))
    ),
    "The sum is divided by all models, also by those that diverged.": lambda row: sum(models.finite(row)) / len(row),
    "The bars are in percent.": lambda row: 100 * models.mean(row),
    "The bars show the median; the mean is asked for.": lambda row: statistics.median(models.finite(row)),
    "The bars show the best model; the mean is asked for.": lambda row: max(models.finite(row)),
    "The bars show the first model only.": lambda row: row[0],
}
WRONG_ERRORS = {
    "The standard deviation is divided by n (np.std's default); n - 1 is asked for (ddof=1).": (
        lambda row: statistics.pstdev(models.finite(row))
    ),
    "The error bars show the standard error (divided by the root of n); the standard deviation is asked for.": (
        lambda row: models.deviation(row) / math.sqrt(len(models.finite(row)))
    ),
    "The error bars show the variance; its root, the standard deviation, is asked for.": (
        lambda row: models.deviation(row) ** 2
    ),
    "The error bars reach two standard deviations up and down; one is asked for.": (
        lambda row: 2 * models.deviation(row)
    ),
    "The error bars reach half a standard deviation up and down; one is asked for.": (
        lambda row: models.deviation(row) / 2
    ),
    "NaN runs are counted in the standard deviation, as 0.": lambda row: statistics.stdev(models.as_zero(row)),
}
NAN_MEAN = "NaN runs are averaged in: one NaN makes the whole mean NaN, and the bar is gone."


def recognise_heights(got: Observation, rows: list[list[float]]) -> str | None:
    for sentence, function in WRONG_HEIGHTS.items():
        if Bars(each(function, rows), "").compare(got) is None:
            return sentence
    right = [models.mean(row) for row in rows]
    for axes in got["axes"] if isinstance(got, dict) else []:
        found = [bar["height"] for bar in sorted(axes["bars"], key=lambda bar: bar["x"])]
        if len(found) == len(right) and all(
            math.isnan(height) if any(map(math.isnan, row)) else abs(height - mean) < 1e-3
            for height, mean, row in zip(found, right, rows, strict=True)
        ):
            return NAN_MEAN
        if len(found) == len(right) and np.allclose(sorted(found), sorted(right), atol=1e-3):
            return "The bars are not in the order of the strides."
        if not found and axes["lines"]:
            return "There are lines or points in place of bars."
    return None


def recognise_errors(got: Observation, rows: list[list[float]]) -> str | None:
    heights = [models.mean, *WRONG_HEIGHTS.values()]
    for sentence, function in WRONG_ERRORS.items():
        for height in heights:
            if ErrorBars(each(height, rows), each(function, rows), "").compare(got) is None:
                return sentence
    whole = [row for row in rows if not any(map(math.isnan, row))]
    if ErrorBars(each(models.mean, whole), each(models.deviation, whole), "").compare(got) is None:
        return NAN_MEAN
    return None


WORDS = {
    RELU: Misconception(models.word_cnn(bend=lambda h: h), "Who keeps what F.relu returns?"),
    TWICE: Misconception(
        models.word_cnn(finish=lambda s: s.softmax(1)), "What does cross_entropy do with its first argument?"
    ),
    LOG: models.word_cnn(finish=lambda s: s.log_softmax(1)),
    "The mean over the words is taken, not the maximum.": models.word_cnn(reduce=lambda h: h.mean(2)),
    "The sum over the words is taken, not the maximum.": models.word_cnn(reduce=lambda h: h.sum(2)),
    "Only the first word's window is used.": models.word_cnn(reduce=lambda h: h[:, :, 0]),
    "Only the last word's window is used.": models.word_cnn(reduce=lambda h: h[:, :, -1]),
    "There is no padding: a question shorter than the kernel cannot be read, and the edges are seen less.": (
        Misconception(models.word_cnn(keeps_length=False), "How long is a question of one word after your kernel?")
    ),
    "The kernel is always 3, whatever kernel_size says.": models.FixedKernel,
    "A second ReLU cuts off the negative scores.": models.word_cnn(finish=torch.relu),
    "The hidden values go through tanh, not through a ReLU.": models.word_cnn(bend=torch.tanh),
    "The scores are cut off from autograd (detach, no_grad, NumPy): nothing would be learned.": (
        models.word_cnn(finish=lambda s: s.detach())
    ),
}
