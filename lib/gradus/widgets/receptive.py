"""The receptive field over the words of a sentence."""

from __future__ import annotations

from typing import Any

from gradus.widgets.host import Explorer
from gradus.widgets.module import module
from gradus.widgets.traits import Text, Whole

MOST_WORDS = 24


class ReceptiveFieldExplorer(Explorer):
    """Which words each output of stacked one-dimensional convolutions sees, and how many outputs there are.

    sentence  words divided by blanks, at most 24 are shown      position  the output whose words are lit
    `output_length` and `fields` follow torch's Conv1d; None where the kernel does not fit.

    >>> explorer = ReceptiveFieldExplorer("What is the capital of Peru ?", kernel=3, stride=2)
    >>> explorer.output_length, explorer.fields[1]
    (3, ['the', 'capital', 'of'])
    """

    title = "Receptive field explorer"
    height = 460
    _esm = module("receptive")

    sentence = Text("What is the longest river that flows through Vienna ?")
    kernel = Whole(3)
    stride = Whole(1)
    padding = Whole(0)
    layers = Whole(1)
    position = Whole(0)

    def __init__(self, sentence: str | None = None, **state: Any) -> None:
        super().__init__(**({} if sentence is None else {"sentence": sentence}), **state)

    @property
    def words(self) -> list[str]:
        return self.sentence.split()[:MOST_WORDS]

    @property
    def output_length(self) -> int | None:
        fields = self.fields
        return None if fields is None else len(fields)

    @property
    def fields(self) -> list[list[str]] | None:
        """For every output, the words that it depends on: those at which torch's gradient is not 0."""
        import torch
        from torch.nn import functional

        words = self.words
        fits = words and min(self.kernel, self.stride) >= 1 and self.padding >= 0 and 1 <= self.layers <= 4
        if not fits:
            return None
        start = torch.ones(1, 1, len(words), dtype=torch.float64, requires_grad=True)
        signal, weight = start, torch.ones(1, 1, self.kernel, dtype=torch.float64)
        try:
            for _ in range(self.layers):
                signal = functional.conv1d(signal, weight, stride=self.stride, padding=self.padding)
        except RuntimeError:
            return None
        found = []
        for output in signal[0, 0]:
            (gradient,) = torch.autograd.grad(output, start, retain_graph=True)
            found.append([word for word, slope in zip(words, gradient[0, 0], strict=True) if slope != 0])
        return found

    def summary(self) -> str:
        return f"ReceptiveFieldExplorer: kernel {self.kernel}, stride {self.stride}, output length {self.output_length}"
