"""The key to the exam."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np
import torch

from gradus.judging import AnyOf, Observation, Where
from gradus.judging.observation import Array
from gradus.numbers.windows import correlate, pool_maxima
from gradus.questions.exam import ADJOINTS, BLANKS, CONVNET_LAYERS, MLP_LAYERS
from gradus_staff.answer_key import Case, Key, Misconception
from gradus_staff.key import exam_values as right
from gradus_staff.key.exam_choices import CHOICES
from gradus_staff.personal_key import PersonalKey


class _Choice(Key):
    """One letter; its words are in exam_choices."""

    criteria = {"the choice": 1}

    @property
    def answer(self) -> Any:  # type: ignore[override]
        return CHOICES[self.question.name].letter

    @property
    def reason(self) -> str:  # type: ignore[override]
        choice = CHOICES[self.question.name]
        return f"{choice.letter}. {choice.reason}"

    def models(self) -> dict[str, Misconception]:
        return {sentence: Misconception(letter) for letter, sentence in CHOICES[self.question.name].wrong.items()}

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        yield Case("the choice")


class SaturatedSigmoid(_Choice):
    label = "3a"


class ZeroOneLoss(_Choice):
    label = "3b"


class SquaredError(_Choice):
    label = "3c"


class LinearMaps(_Choice):
    label = "3d"


class LeakySlope(_Choice):
    label = "3e"
    bonus = {"the printed formula": 1 / 3}
    answer = ("A", True)

    def models(self) -> dict[str, Misconception]:
        return {sentence: Misconception((letter, False)) for letter, sentence in CHOICES["3e"].wrong.items()}

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        yield Case("the choice")
        yield Case("the printed formula", how="bonus")


class AdamWithoutVariance(_Choice):
    label = "6"


class VarianceOfWeights(_Choice):
    label = "7a"


class NoMitigation(_Choice):
    label = "7b"


class AllZero(_Choice):
    label = "7c"


class HugeBiases(_Choice):
    label = "7d"


class FrozenNorm(_Choice):
    label = "8c"


class DropoutBug(_Choice):
    label = "9a"


class WorstDropout(_Choice):
    label = "9b"


class WhyDropout(_Choice):
    label = "9c"


class YoloStrength(_Choice):
    label = "11e"


class Invariance(_Choice):
    label = "11f"


class OutGrad(_Choice):
    label = "12a"


class RawArrays(_Choice):
    label = "12b"


class MatMulGradient(_Choice):
    label = "12c"


class YoloPasses(Key):
    label = "11d"
    criteria = {"the choice": 1}
    answer = False
    reason = "False. You Only Look Once: one forward pass predicts the boxes of all objects."
    misconceptions = {
        "YOLO looks once: one pass predicts all boxes. A pass for each region was the way of its predecessors.": (
            Misconception(True, "What do the letters Y-O-L-O stand for?")
        )
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        yield Case("the choice")


class _Personal(PersonalKey):
    assignment = "exam"


class _Entries(_Personal):
    """A dictionary, judged entry by entry. weights: entry -> weight; mistakes change some entries of the right one."""

    weights: ClassVar[dict[str, float]] = {}
    word: ClassVar[str] = "entry"

    @property
    def criteria(self) -> dict[str, float]:  # type: ignore[override]
        return self.weights

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for entry in self.weights:
            yield Case(entry, **{self.word: entry})

    def expect(self, case: Case) -> Observation:
        found = [self.solve(self.numbers), *self.also_right(self.numbers)]
        return AnyOf(*(one[case.criterion] for one in found), loose=self.question.loose)

    def models(self) -> dict[str, Misconception]:
        own = self.solve(self.numbers)
        found = {}
        for sentence, given in self.mistakes.items():
            model, hint = given if isinstance(given, tuple) else (given, "")
            found[sentence] = Misconception({**own, **model(self.numbers)}, hint)
        if self.student.version == "personal":
            found["This is right for the printed numbers; the numbers of this question are your own."] = Misconception(
                self.solve(type(self.numbers).fixed())
            )
        return found

    def recognise(self, case: Case, got: Observation) -> str | None:
        return None


class ParametersOfMlp(_Entries):
    label = "4a"
    weights = dict(zip(MLP_LAYERS, (3, 2, 0.75, 0.75, 3, 0.5), strict=True))
    mistakes = right.WRONG_MLP_PARAMETERS
    reason = (
        "A linear layer learns a weight for each pair of input and output and a bias for each output; LayerNorm a "
        "scale and "
        "a shift for each feature; ReLU, dropout and the loss learn nothing."
    )

    def solve(self, numbers: Any) -> Any:
        return right.mlp_parameters(numbers.mlp)


class ShapesOfMlp(_Entries):
    label = "4b"
    weights = {"z1": 2, "z2": 2, "z3": 2, "z4": 2, "z5": 2}
    mistakes = right.WRONG_MLP_SHAPES
    reason = (
        "Linear layers change the last axis; LayerNorm and ReLU keep the shape; the mean over the batch is one number."
    )

    def solve(self, numbers: Any) -> Any:
        return right.mlp_shapes(numbers.mlp)

    def also_right(self, numbers: Any) -> tuple[Any, ...]:
        return ({**right.mlp_shapes(numbers.mlp), "z5": (1,)},)


class Blanks(Key):
    label = "5a"
    criteria = {"(a)": 2, "(b)": 2, "(c)": 1, "(d)": 1, "(e)": 2}
    answer = {"a": "*", "b": "+", "c": "square", "d": "*", "e": "-"}
    reason = "Read the formula from the inside: x1 x2, plus x3, squared; beside it x1 x3; then the difference."
    misconceptions = {
        "(c) has one arrow coming in: it is the square of what (b) gives.": Misconception(
            {**answer, "c": "*"}, "How many inputs has the node (c)?"
        ),
        "The product and the sum inside the bracket have changed places.": {**answer, "a": "+", "b": "*"},
        "The last node subtracts.": {**answer, "e": "+"},
        "(d) is the product of x1 and x3.": {**answer, "d": "+"},
    }

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for blank in BLANKS:
            yield Case(f"({blank})", blank=blank)


class Adjoints(Key):
    label = "5b"
    criteria = {"v7": 1, "v6": 1.5, "v5": 1, "v4": 2, "v3": 1, "v2": 1.75, "v1": 1.75}
    answer = staticmethod(right.adjoints)
    misconceptions = right.WRONG_ADJOINTS
    reason = (
        "v4 feeds v5 and v6, so two adjoints arrive there and add up; through a matrix product the adjoint of one "
        "factor is the "
        "arriving adjoint times the other factor, transposed."
    )

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        for k, d in ((2, 3), (3, 5), (4, 2)):
            x, W, y = rng.normal(size=(1, k)), rng.normal(size=(k, d)) * 0.6, rng.normal(size=(1, d))
            for of in ADJOINTS:
                yield Case(of, of=of, x=x, W=W, y=y)

    def expect(self, case: Case) -> Observation:
        """As autograd finds it."""
        given = [torch.tensor(case.inputs[name], requires_grad=True) for name in ("x", "W", "y")]
        v4 = given[0] @ given[1]
        v5 = torch.exp(v4)
        v6 = v4 + v5
        v7 = ((v6 - given[2]) ** 2).mean()
        nodes = dict(zip(ADJOINTS, (v7, v6, v5, v4, given[2], given[1], given[0]), strict=True))
        (adjoint,) = torch.autograd.grad(v7, nodes[case.criterion])
        return adjoint.item() if case.criterion == "v7" else Array(adjoint.numpy(), "numpy", "float64")


class AdjointsAsNumbers(_Entries):
    label = "5c"
    weights = dict.fromkeys(ADJOINTS[1:], 2)
    word = "of"
    mistakes = right.WRONG_ADJOINT_NUMBERS
    reason = (
        "x W = 0, so v5 = exp(0) = 1 and v6 = 1; with d = 4 the factor 2/d is 1/2; v4 collects from v5 and from v6."
    )

    def solve(self, numbers: Any) -> Any:
        return right.adjoint_numbers(numbers)


class LayerNorm(_Personal):
    label = "8a"
    rows = 2
    mistakes = right.WRONG_LAYER_NORM
    reason = (
        "Row by row: subtract the mean, divide by the root of the biased variance. Of two numbers one becomes 1, the "
        "other -1."
    )

    def solve(self, numbers: Any) -> Any:
        return right.normalised(numbers.rows, axis=1)


class BatchNorm(_Personal):
    label = "8b"
    rows = 2
    mistakes = right.WRONG_BATCH_NORM
    reason = "Feature by feature, over the batch. Of two examples the larger becomes 1, the smaller -1."

    def solve(self, numbers: Any) -> Any:
        return right.normalised(numbers.batch, axis=0)


class DropoutFixed(Key):
    label = "9a-code"
    criteria = {
        "eval changes nothing": 2,
        "training keeps the mean": 2,
        "drops with probability p": 2,
        "p = 0": 1,
        "p = 1": 1,
    }
    answer = staticmethod(right.dropout)
    misconceptions = right.WRONG_DROPOUTS

    def cases(self, rng: np.random.Generator) -> Iterator[Case]:
        x = (1 + rng.uniform(size=(80, 100))).astype(np.float32)
        yield Case("eval changes nothing", x=x[:3, :5], p=float(rng.uniform(0.2, 0.8)), training=False)
        yield Case("eval changes nothing", x=-x[:2, :5], p=1.0, training=False)
        for p in (0.25, float(rng.uniform(0.4, 0.7))):
            yield Case("training keeps the mean", x=x, p=p, training=True)
            yield Case("drops with probability p", x=x, p=p, training=True)
        yield Case("p = 0", x=x[:4, :4], p=0.0, training=True)
        yield Case("p = 1", x=x[:4, :4], p=1.0, training=True)

    def expect(self, case: Case) -> Observation:
        x, p = case.inputs["x"], case.inputs["p"]
        if case.criterion == "training keeps the mean":
            return Where(lambda got: right.keeps_the_mean(got, x, p), "outputs whose mean is the input's")
        if case.criterion == "drops with probability p":
            return Where(lambda got: right.drops(got, x, p), "independent masks")
        return super().expect(case)

    def recognise(self, case: Case, got: Observation) -> str | None:
        return right.recognise_dropout(got, **case.inputs)


class SizeWithStride(_Personal):
    label = "10a"
    mistakes = right.WRONG_SIZES
    reason = "floor((I - K + 2P) / S) + 1, and the floor cuts off half a step."

    def solve(self, numbers: Any) -> Any:
        return (numbers.size.output,) * 2


class ConvolutionByHand(_Personal):
    label = "10b"
    rows, is_telling = 4, True
    mistakes = right.WRONG_CONVOLUTIONS
    reason = "Zeros on all four sides, the kernel laid on as it is written: cross-correlation."

    def solve(self, numbers: Any) -> Any:
        return correlate(numbers.image, numbers.kernel, padding=1)


class MaxByHand(_Personal):
    label = "10c"
    rows = 2
    mistakes = right.WRONG_MAXIMA
    reason = "Stride 2 with a window of 2: four windows side by side."

    def solve(self, numbers: Any) -> Any:
        return pool_maxima(numbers.pooled, 2, 2)


class ParametersOfConvNet(_Entries):
    label = "11a"
    weights = dict(zip(CONVNET_LAYERS, (2, 1, 0.25, 2, 0.5, 0.25), strict=True))
    mistakes = right.WRONG_CONVNET_PARAMETERS
    reason = (
        "A filter has K × K weights for each input channel and one bias. BatchNorm learns a scale and a shift for "
        "each channel; "
        "its running statistics are not learned."
    )

    def solve(self, numbers: Any) -> Any:
        return right.convnet_parameters(numbers.convnet)


class ShapesOfConvNet(_Entries):
    label = "11b"
    weights = dict.fromkeys(CONVNET_LAYERS, 1)
    mistakes = right.WRONG_CONVNET_SHAPES
    reason = (
        "floor((I - K + 2P) / S) + 1 for each convolution; BatchNorm and ReLU keep the shape. The floor makes "
        "paddings 0 and 1 agree."
    )

    def solve(self, numbers: Any) -> Any:
        return right.convnet_shapes(numbers.convnet)


class Head(_Entries):
    label = "11c"
    weights = {"pool_kernel": 1.5, "in_features": 0.75, "out_features": 0.75}
    mistakes = right.WRONG_HEADS
    reason = (
        "Averaging over the whole picture, H6 by W6, leaves one number for each of the C6 channels: Linear(C6, n_c)."
    )

    def solve(self, numbers: Any) -> Any:
        return {"pool_kernel": "H6", "in_features": "C6", "out_features": "NC"}

    def also_right(self, numbers: Any) -> tuple[Any, ...]:
        side, filters = str(numbers.convnet.side_2()), str(numbers.convnet.filters_2)
        return (
            {"pool_kernel": "W6", "in_features": filters, "out_features": "NC"},
            {"pool_kernel": side, "in_features": filters, "out_features": "NC"},
        )
