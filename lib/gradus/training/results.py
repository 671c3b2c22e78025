"""What came out of training one model or many: the models, their losses, and the mean of those that learned."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from torch import nn

__all__ = ["EnsembleResult", "MeanAccuracy", "TrainedModel", "divergence"]


@dataclass
class TrainedModel:
    """One model after its training.

    losses       mean loss over the batches of each epoch        accuracy  on the test set; None without a test set,
    diverged_at  the epoch, from 1, in which it did, or None               NaN where the model diverged
    """

    model: nn.Module
    seed: int
    losses: list[float]
    diverged_at: int | None = None
    accuracy: float | None = None


@dataclass(frozen=True)
class MeanAccuracy:
    """The mean over the models that did not diverge, and how many did: `float(mean)` is the number.

    value  NaN where every model diverged    std  standard deviation of the sample; 0 for one model
    """

    value: float
    std: float
    counted: int
    left_out: int
    why: str = ""

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        models = f"{self.counted} model" + ("" if self.counted == 1 else "s")
        sentence = f"{self.value:.3f} ± {self.std:.3f} over {models}"
        if self.left_out:
            sentence += f"; {self.left_out} of {self.counted + self.left_out} left out ({self.why})"
        return sentence


@dataclass
class EnsembleResult(Sequence):
    """The trained models of an ensemble, in the order of their seeds.

    trained_together  False where this kind of model had to be trained one by one; why_not then says the reason
    """

    members: list[TrainedModel]
    trained_together: bool = True
    why_not: str = ""

    def __len__(self) -> int:
        return len(self.members)

    def __getitem__(self, i):
        return self.members[i]

    @property
    def accuracies(self) -> list[float]:
        """Test accuracy of every model; NaN where it diverged. ValueError without a test set."""
        measured = [member.accuracy for member in self.members if member.accuracy is not None]
        if len(measured) < len(self.members):
            raise ValueError("No accuracy was measured: give test=(X_test, y_test) to train_ensemble.")
        return measured

    @property
    def diverged(self) -> dict[int, int]:
        """The epoch in which they diverged, by the number of the model (0 is the first)."""
        return {i: m.diverged_at for i, m in enumerate(self.members) if m.diverged_at is not None}

    @property
    def mean_accuracy(self) -> MeanAccuracy:
        """Mean test accuracy of the models that did not diverge; its text says how many were left out and why."""
        counted = [a for a, m in zip(self.accuracies, self.members, strict=True) if m.diverged_at is None]
        return MeanAccuracy(
            value=statistics.fmean(counted) if counted else float("nan"),
            std=statistics.stdev(counted) if len(counted) > 1 else 0.0 if counted else float("nan"),
            counted=len(counted),
            left_out=len(self.diverged),
            why="; ".join(divergence(i, epoch) for i, epoch in self.diverged.items()),
        )


def divergence(model: int | str, epoch: int) -> str:
    """The sentence that says it: "model 3 diverged at epoch 7"."""
    return f"model {model} diverged at epoch {epoch}"
