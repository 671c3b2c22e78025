"""How an answer leaves the kernel: ask the student's code, encode what it returned.

Runs beside the student's code, so nothing here is trusted by anybody: the grader attaches hidden inputs, `judge`
asks, and one bundle of encoded observations goes out. A bundle that is forged, replayed or missing earns nothing
that the right answers would not have earned.
"""

from __future__ import annotations

import json
import random
import sys
import time
import traceback
import warnings
from typing import Any

import numpy as np

from gradus.judging.encoding import MAX_BYTES, decode, encode
from gradus.judging.observation import Array, Observation, Raised
from gradus.question import Question, find_question, module_name

__all__ = ["BUNDLE_MIME", "NoGraderError", "attach", "is_attached", "judge", "observe"]

BUNDLE_MIME = "application/vnd.gradus.bundle+json"
"""The output type under which a bundle travels."""


class NoGraderError(RuntimeError):
    """`judge` was called where nobody grades."""


_attached: dict[str, Any] | None = None


def attach(request: str) -> None:
    """Called by the grader, before a graded cell runs, with the inputs of the hidden cases.

    request  JSON: {"nonce": text, "assignment": text, "question": text, "cases": [[how, {name: encoded}], ...]}
    """
    global _attached
    _attached = json.loads(request) if request else None


def is_attached() -> bool:
    """Is somebody grading?"""
    return _attached is not None


def observe(question: Question, answer: Any, how: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Ask one question once. Returns the encoded observation; what the student's code raises becomes `Raised`.

    Every generator starts from the same state, so that the same answer gives the same observation.
    """
    _seed()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = question.asking(how)(answer, **inputs)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return encode(_raised(error))
    try:
        return encode(value)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return encode(Raised(type(error).__name__, "the returned value could not be read"))


def plain_inputs(inputs: dict[str, Observation]) -> dict[str, Any]:
    """Decoded inputs as the question's `ask` wants them: arrays as NumPy arrays, everything else as it is."""
    return {name: _plain(value) for name, value in inputs.items()}


def _plain(value: Observation) -> Any:
    if isinstance(value, Array):
        return value.values.copy()
    if isinstance(value, (list, tuple)):
        return type(value)(_plain(item) for item in value)
    return value


def judge(assignment: str, name: str, answer: Any) -> None:
    """Ask every hidden case and send the observations out. Raises NoGraderError where nobody grades."""
    if _attached is None:
        raise NoGraderError(
            f'judge("{name}") has no grader to report to, so nothing was judged and nothing was earned. '
            "Grade with `nbgrader autograde` or `gradus grade`, with the course's nbgrader_config.py in place."
        )
    request = _attached
    if (module_name(request["assignment"]), request["question"]) != (module_name(assignment), name):
        raise NoGraderError(f"the grader asked about {request['question']!r}, not about {name!r}")
    question = find_question(assignment, name)
    observations: list[dict[str, Any]] = []
    started = time.perf_counter()
    try:
        for how, inputs in request["cases"]:
            decoded = {key: decode(value) for key, value in inputs.items()}
            observations.append(observe(question, answer, how, plain_inputs(decoded)))
    except KeyboardInterrupt:
        late = encode(Raised("TimeLimit", "the time limit was reached"))
        observations += [late] * (len(request["cases"]) - len(observations))
        raise
    finally:
        _publish(request["nonce"], name, observations, time.perf_counter() - started)


def _publish(nonce: str, name: str, observations: list[dict[str, Any]], seconds: float) -> None:
    from IPython.display import display

    bundle = {"nonce": nonce, "question": name, "seconds": seconds, "observations": observations}
    text = json.dumps(bundle, separators=(",", ":"))
    if len(text) > MAX_BYTES:
        bundle["observations"] = []
        bundle["too_large"] = len(text)
        text = json.dumps(bundle)
    display({BUNDLE_MIME: text}, raw=True)


def _seed() -> None:
    random.seed(0)
    np.random.seed(0)
    if (torch := sys.modules.get("torch")) is not None:
        torch.default_generator.manual_seed(0)  # the processor's only: 11 ms less than asking for all devices


def _raised(error: BaseException) -> Raised:
    """The error, with the line of the student's cell (the last frame that is not from a file)."""
    line = None
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.startswith("<ipython-input") or "ipykernel_" in frame.filename:
            line = frame.lineno
    try:
        message = str(error)
    except BaseException:
        message = ""
    name = "MemoryError" if isinstance(error, MemoryError) else type(error).__name__
    return Raised(str(name)[:100], message[:300].strip(), line)
