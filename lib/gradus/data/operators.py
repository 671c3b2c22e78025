"""Import torchvision also where its compiled half does not fit the torch beside it.

torchvision from the package index next to a CPU-only torch fails at import with "operator torchvision::nms does not
exist", then with qnms, because its Python half describes operators that its compiled half could not register. Data
sets and transforms need neither operator; declaring their schemas first is enough. Where torchvision is healthy it
is imported as it is.
"""

import contextlib
import importlib
import sys
from types import ModuleType

SCHEMAS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)
_declared: list = []  # a torch.library.Library takes its schemas back when it is collected


def import_torchvision() -> ModuleType:
    """The torchvision package, with `torchvision.datasets` and `torchvision.transforms` at work."""
    try:
        return importlib.import_module("torchvision")
    except RuntimeError as error:
        if "does not exist" not in str(error):
            raise
    for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
        del sys.modules[name]  # the failed import leaves half-made modules behind
    _declare_missing()
    return importlib.import_module("torchvision")


def _declare_missing() -> None:
    import torch

    library = torch.library.Library("torchvision", "FRAGMENT")
    for schema in SCHEMAS:
        with contextlib.suppress(RuntimeError):  # the compiled half, or an earlier call, declared it
            library.define(schema)
    _declared.append(library)
