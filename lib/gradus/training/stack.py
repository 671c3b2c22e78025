"""Several models of one shape, computed as one: every weight has the model as its first dimension."""

import copy
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.func import functional_call, stack_module_state, vmap

from gradus.training.signals import FastSignals

__all__ = ["ModelStack", "StackError"]


class StackError(Exception):
    """These models cannot be computed together; they can still be trained one by one."""


class ModelStack:
    """A stack of E models (`torch.func.stack_module_state`, `vmap`); raises StackError where that is impossible.

    parameters  by name, each (E, *shape), to be trained    buffers  likewise, not trained
    X           (E, batch, ...) an example batch, on which the stack must give what the models give one by one
    """

    def __init__(self, models: Sequence[nn.Module], X: Tensor) -> None:
        try:
            parameters, buffers = stack_module_state(list(models))
            self.base = copy.deepcopy(models[0]).to("meta")
        except (RuntimeError, ValueError, TypeError) as error:
            raise StackError(str(error)) from error
        self.parameters = {name: p.detach().clone().requires_grad_() for name, p in parameters.items()}
        self.buffers = {name: b.detach().clone() for name, b in buffers.items()}
        self._scores = vmap(lambda p, b, x: functional_call(self.base, (p, b), (x,)), randomness="different")
        self._compare(models, X)

    def __call__(self, X: Tensor) -> Tensor:
        """The scores (E, batch, classes) of every model on its own batch, X (E, batch, ...)."""
        with FastSignals():
            return self._scores(self.parameters, self.buffers, X)

    def are_finite(self) -> Tensor:
        """Which models have only finite weights: (E,) bool."""
        checks = [p.detach().isfinite().reshape(len(p), -1).all(1) for p in self.parameters.values()]
        return torch.stack(checks).all(0)

    def keep(self, chosen: Tensor) -> None:
        """Go on with these models only; chosen (E,) bool."""
        self.parameters = {name: p.detach()[chosen].requires_grad_() for name, p in self.parameters.items()}
        self.buffers = {name: b[chosen] for name, b in self.buffers.items()}

    def write_to(self, models: Sequence[nn.Module]) -> None:
        """Copy the weights and buffers of the stack into its models, which are as many."""
        with torch.no_grad():
            for i, model in enumerate(models):
                own = dict(model.named_parameters()) | dict(model.named_buffers())
                for name, value in (self.parameters | self.buffers).items():
                    own[name].copy_(value[i])

    def _compare(self, models: Sequence[nn.Module], X: Tensor) -> None:
        """Raise StackError unless stack and models agree: some models keep state where torch.func does not look."""
        self.base.eval()
        modes = [model.training for model in models]
        try:
            with torch.no_grad():
                one_by_one = torch.stack([model.eval()(x) for model, x in zip(models, X, strict=True)])
                try:
                    together = self(X)
                except (RuntimeError, ValueError, TypeError, NotImplementedError) as error:
                    raise StackError(str(error)) from error
        finally:
            for model, was_training in zip(models, modes, strict=True):
                model.train(was_training)
        self.base.train()
        if together.shape != one_by_one.shape or not torch.allclose(
            together, one_by_one, rtol=1e-3, atol=1e-4, equal_nan=True
        ):
            raise StackError("computed together, the models give other scores than one by one")
