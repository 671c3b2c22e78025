"""What a kernel says its answers are: checked for form and for belonging, then plain observations."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from gradus.judging import MalformedError, Observation, Opaque, decode
from gradus.judging.encoding import MAX_BYTES
from gradus_staff.answer_key import Case

__all__ = ["Asking", "BundleError"]


class BundleError(ValueError):
    """No usable bundle; the message is the sentence that the student reads."""


@dataclass(frozen=True)
class Asking:
    """One question put to one kernel: the cases, and a nonce that binds the bundle to this cell of this run."""

    assignment: str
    question: str
    cases: Sequence[Case]
    nonce: str

    @classmethod
    def of(cls, assignment: str, question: str, cases: Sequence[Case]) -> Asking:
        return cls(assignment, question, cases, secrets.token_hex(16))

    def code(self) -> str:
        """What the grader runs in the kernel before the graded cell: inputs only."""
        request = {
            "nonce": self.nonce,
            "assignment": self.assignment,
            "question": self.question,
            "cases": [[case.how, case.encoded_inputs()] for case in self.cases],
        }
        return f"__import__('gradus.probe').probe.attach({json.dumps(request)!r})"

    def read(self, bundles: Sequence[str]) -> tuple[list[Observation], float]:
        """The observations, and the seconds that the student's code took. BundleError where there is not just one."""
        own = [bundle for bundle in map(self._parse, bundles) if bundle.get("nonce") == self.nonce]
        if not own:
            raise BundleError("no answers came back from the kernel")
        if len(own) > 1:
            raise BundleError(f"{len(own)} bundles of answers came back where one was expected")
        bundle = own[0]
        if "too_large" in bundle:
            raise BundleError(f"the answers are larger than {MAX_BYTES // 2**20} MiB")
        encoded = bundle.get("observations")
        if bundle.get("question") != self.question or not isinstance(encoded, list) or len(encoded) != len(self.cases):
            raise BundleError("what came back from the kernel is not a bundle of answers to this question")
        seconds = bundle.get("seconds")
        seconds = float(seconds) if isinstance(seconds, (int, float)) and 0 <= seconds < 1e6 else 0.0
        return [_decode(node) for node in encoded], seconds

    @staticmethod
    def _parse(text: str) -> dict[str, object]:
        if len(text) > MAX_BYTES:
            return {}
        try:
            bundle = json.loads(text)
        except (ValueError, RecursionError):
            return {}
        return bundle if isinstance(bundle, dict) else {}


def _decode(node: object) -> Observation:
    """One malformed observation spoils itself only."""
    try:
        return decode(node)
    except (MalformedError, RecursionError):
        return Opaque("something that cannot be read")
