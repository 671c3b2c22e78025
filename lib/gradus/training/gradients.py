"""The gradient of the whole objective, for measurements and pictures."""

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from gradus.training.evaluation import device_of, evaluation_mode
from gradus.training.validation import check_count, check_labels

__all__ = ["full_gradient"]


def full_gradient(model: nn.Module, X: Tensor, y: Tensor, chunk: int = 100) -> Tensor:
    """The gradient of f(w) = (1/n) sum of logistic losses over all of X, all parameters in one flat vector.

    X  (n, ...)    y  (n,) int64    chunk  examples at a time: memory, not the result, depends on it
    Returns (number of parameters,), in the order of model.parameters(); 0 where a parameter is not used.
    Measured in eval mode, where an example's loss does not depend on its neighbours, so the sum over chunks is exact;
    in train mode BatchNorm mixes the examples of a chunk, and no sum over chunks gives the gradient of the whole.
    The model's weights, gradients, buffers and mode are as before.
    """
    check_count("chunk", chunk)
    if len(X) != len(y) or len(X) == 0:
        raise ValueError(f"X has {len(X)} examples and y has {len(y)} labels: they must be as many, and at least 1.")
    device, parameters = device_of(model), list(model.parameters())
    were_trainable = [p.requires_grad for p in parameters]
    total = [torch.zeros_like(p, requires_grad=False) for p in parameters]
    try:
        for p in parameters:
            p.requires_grad_(True)
        with evaluation_mode(model), torch.enable_grad():
            for X_part, y_part in zip(X.split(chunk), y.split(chunk), strict=True):
                scores, labels = model(X_part.to(device)), y_part.to(device)
                check_labels(labels, scores.shape[1])
                loss = cross_entropy(scores, labels, reduction="sum") / len(X)
                parts = torch.autograd.grad(loss, parameters, allow_unused=True)
                for t, part in zip(total, parts, strict=True):
                    if part is not None:
                        t += part
    finally:
        for p, was_trainable in zip(parameters, were_trainable, strict=True):
            p.requires_grad_(was_trainable)
    return torch.cat([t.flatten() for t in total])
