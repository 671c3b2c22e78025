"""Observations to a verdict. Sees plain data only; no code of a student's ever runs here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gradus.judging import (
    Criterion,
    Finding,
    Observation,
    Raised,
    Verdict,
    compare,
    verdict_from_criteria,
)
from gradus_staff.answer_key import Case, Key

__all__ = ["judge"]


def judge(
    key: Key, cases: Sequence[Case], observations: Sequence[Observation], max_points: float, seconds: float = 0.0
) -> Verdict:
    """The verdict on one question.

    cases, observations  the same number of each, in the same order; ValueError otherwise
    max_points           from the notebook's metadata      seconds  that the student's code took
    """
    if len(cases) != len(observations):
        raise ValueError(f"{len(observations)} observations for {len(cases)} cases")
    expected = [key.expect(case) for case in cases]
    asked = list(zip(cases, observations, expected, strict=True))
    findings = [_compare(key, got, right) for _, got, right in asked]
    failed = [
        one for one, finding in zip(asked, findings, strict=True) if finding and one[0].criterion not in key.bonus
    ]
    sentences, hints = _diagnose(key, failed) if failed else ([], [])
    name = key.question.name
    verdict = verdict_from_criteria(name, max_points, _criteria(key, cases, findings), sentences, hints, seconds)
    return replace(verdict, reason=key.reason) if key.reason else verdict


def _compare(key: Key, got: Observation, expected: Observation) -> Finding | None:
    """Compare, whatever a forged observation may look like."""
    try:
        return compare(got, expected, key.tolerance or key.question.tolerance, key.question.loose)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return Finding("type", "What came back could not be read as an answer.")


def _criteria(key: Key, cases: Sequence[Case], findings: Sequence[Finding | None]) -> list[Criterion]:
    known = {**key.criteria, **key.bonus}
    if unknown := {case.criterion for case in cases} - set(known):
        raise ValueError(f"{key.question.name}: cases for unknown criteria {sorted(unknown)}")
    criteria = []
    for name, weight in known.items():
        own = [finding for case, finding in zip(cases, findings, strict=True) if case.criterion == name]
        if not own:
            raise ValueError(f"{key.question.name}: no case for criterion {name!r}")
        first = next((finding for finding in own if finding), None)
        criteria.append(Criterion(name, weight, first, name in key.bonus, len(own)))
    return criteria


_Asked = tuple[Case, Observation, Observation]  # the case, what came, what was expected


def _diagnose(key: Key, failed: Sequence[_Asked]) -> tuple[list[str], list[str]]:
    """The sentences and hints of the mistakes that explain the failed cases, the likeliest first.

    A model is named where it explains every failure of some criterion; of several, the one that explains most.
    """
    if all(isinstance(got, Raised) and got.is_unanswered for _, got, _ in failed):
        return [], []
    recognised = [_recognise(key, case, got) for case, got, _ in failed]
    sentences = list(dict.fromkeys(sentence for sentence in recognised if sentence))
    unexplained = {index for index, sentence in enumerate(recognised) if not sentence}
    by_criterion: dict[str, set[int]] = {}
    for index, (case, _, _) in enumerate(failed):
        by_criterion.setdefault(case.criterion, set()).add(index)
    models = key.models()
    hints = [models[sentence].hint for sentence in sentences if sentence in models and models[sentence].hint]
    explains = {
        sentence: {index for index, asked in enumerate(failed) if _explains(key, misconception.model, asked)}
        for sentence, misconception in (models.items() if unexplained else ())
    }
    for sentence in sentences:  # what was recognised in one case may have a model that explains the others
        unexplained -= explains.get(sentence, set())
    while unexplained:
        gains = {
            sentence: len(own & unexplained)
            for sentence, own in explains.items()
            if any(indices <= own and indices & unexplained for indices in by_criterion.values())
        }
        if not gains:
            break
        best = max(gains, key=lambda sentence: gains[sentence])
        sentences.append(best)
        hints += [models[best].hint] if models[best].hint else []
        unexplained -= explains[best]
    return list(dict.fromkeys(sentences)), hints


def _recognise(key: Key, case: Case, got: Observation) -> str | None:
    try:
        return key.recognise(case, got)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None


def _explains(key: Key, model: object, asked: _Asked) -> bool:
    """Did the student's answer come out just as the model's, and is the model wrong here?"""
    case, got, expected = asked
    modelled = key.ask(model, case)
    if isinstance(modelled, Raised) != isinstance(got, Raised):
        return False
    return _compare(key, got, modelled) is None and _compare(key, modelled, expected) is not None
