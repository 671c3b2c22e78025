"""A small engine for reverse-mode automatic differentiation, which students complete.

engine     tensors that remember how they were made, and the operations that make them
rules      what students write: the gradient of every operation, and the order of the backward pass
backward   adjoints of every node; `grad` and `backward`
twin       the same graph again in PyTorch, to compare with
"""

from gradus.tape.backward import adjoints, backward, grad
from gradus.tape.engine import (
    BroadcastTo,
    EwiseAdd,
    EwiseMul,
    Exp,
    Log,
    MatMul,
    PowerScalar,
    ReLU,
    Reshape,
    Summation,
    Tensor,
    TensorOp,
    Transpose,
)
from gradus.tape.rules import Rules, rules
from gradus.tape.twin import compare_with_torch

__all__ = [
    "BroadcastTo", "EwiseAdd", "EwiseMul", "Exp", "Log", "MatMul", "PowerScalar", "ReLU", "Reshape", "Rules",
    "Summation", "Tensor", "TensorOp", "Transpose", "adjoints", "backward", "compare_with_torch", "grad", "rules",
]  # fmt: skip
