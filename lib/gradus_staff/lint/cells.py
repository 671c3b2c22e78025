"""Rules about the notebook's cells: ids, points, and whether anything grades them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from gradus_staff.lint import names
from gradus_staff.lint.finding import Finding
from gradus_staff.lint.material import Material

__all__ = ["grade_ids", "nothing_grades_it", "points_add_up", "stated_total"]


def grade_ids(material: Material) -> Iterator[Finding]:
    """Every tracked cell has an id of its own; every graded cell is locked and has points."""
    counts = Counter(grade_id for grade_id, _ in material.tracked())
    for grade_id, count in counts.items():
        if not grade_id:
            yield material.finding("grade-ids", "", "A graded or solution cell has no grade id.", "Give it one.")
        elif count > 1:
            yield material.finding(
                "grade-ids", grade_id, f"{count} cells have this grade id, and nbgrader keeps one of them.",
                "Give each its own.",
            )  # fmt: skip
    for grade_id, cell in material.tracked():
        settings = cell.metadata.nbgrader
        if not settings.get("grade"):
            continue
        if not settings.get("points", 0) > 0:
            yield material.finding(
                "grade-ids", grade_id, "The cell is graded, but worth nothing.", "Give it points, or do not grade it."
            )
        if not settings.get("solution") and not settings.get("locked"):
            yield material.finding(
                "grade-ids", grade_id, "The graded cell is not locked, so a student can change it.", "Lock it."
            )


_HEADING = re.compile(r"^(?P<level>#{1,6}) (?P<title>.*?)(?:\((?P<points>[\d.]+(?:\s*\+\s*[\d.]+)*) points?\))?\s*$")
_TOTAL = re.compile(r"\*\*(\d+(?:\.\d+)?) points?\b")


@dataclass
class _Section:
    """A heading that says points, and the graded cells below it."""

    level: int
    title: str
    stated: list[float]
    found: list[float] = field(default_factory=list)


def points_add_up(material: Material) -> Iterator[Finding]:
    """The points in the text are those of the cells: heading by heading, and in all."""
    open_sections: list[_Section] = []
    sections: list[_Section] = []
    for cell in material.notebook.cells:
        if cell.cell_type == "markdown":
            for level, title, stated in _headings(cell.source):
                open_sections = [section for section in open_sections if section.level < level]
                if stated:
                    open_sections.append(_Section(level, title, stated))
                    sections.append(open_sections[-1])
        settings = cell.metadata.get("nbgrader", {})
        if settings.get("grade"):
            points = float(settings.get("points", 0))
            if not open_sections:
                yield material.finding(
                    "points", str(settings.get("grade_id")), f"No heading says that this is worth {points:g}.",
                    f"Write ({points:g} points) behind the heading of the question.",
                )  # fmt: skip
            for section in open_sections:
                section.found.append(points)
    yield from (finding for section in sections if (finding := _section_finding(material, section)))
    yield from _total_finding(material)


def _headings(source: str) -> Iterator[tuple[int, str, list[float]]]:
    is_code = False
    for line in source.split("\n"):
        is_code ^= line.startswith("```")
        if not is_code and (match := _HEADING.match(line)):
            points = [float(part) for part in (match["points"] or "").split("+") if part.strip()]
            yield len(match["level"]), match["title"].strip(), points


def _section_finding(material: Material, section: _Section) -> Finding | None:
    is_sum_right = sum(section.stated) == sum(section.found)
    if is_sum_right and (len(section.stated) == 1 or sorted(section.stated) == sorted(section.found)):
        return None
    said, have = (" + ".join(f"{part:g}" for part in parts) or "none" for parts in (section.stated, section.found))
    return material.finding(
        "points", section.title, f"The heading says {said} points, the cells below it have {have}.",
        "Change the heading or the cells' points.",
    )  # fmt: skip


def stated_total(material: Material) -> float | None:
    """The points of the whole assignment, as its text says them: "**40 points.**"."""
    for cell in material.notebook.cells:
        if cell.cell_type == "markdown" and (match := _TOTAL.search(cell.source)):
            return float(match[1])
    return None


def _total_finding(material: Material) -> Iterator[Finding]:
    total = sum(
        float(cell.metadata.nbgrader.get("points", 0))
        for _, cell in material.tracked()
        if cell.metadata.nbgrader.get("grade")
    )
    stated = stated_total(material)
    if stated is None:
        yield material.finding(
            "points", "", "The text does not say what the assignment is worth.", f"Write **{total:g} points.** on top."
        )
    elif stated != total:
        yield material.finding(
            "points", "", f"The text says {stated:g} points in all, the cells add up to {total:g}.",
            "Change the text or the cells' points.",
        )  # fmt: skip


def nothing_grades_it(material: Material) -> Iterator[Finding]:
    """What students write is judged or marked; what the questions' module asks is judged in some cell."""
    judged = material.judged()
    for name in {**material.questions, **material.keys}:
        if name not in judged:
            yield material.finding(
                "nothing-grades-it", name, "No cell of the notebook judges this question.",
                f'Add a graded cell that calls judge("{name}", ...), or delete the question.',
            )  # fmt: skip
    needed = _names_that_are_judged(material)
    for grade_id, cell in material.tracked():
        settings = cell.metadata.nbgrader
        is_code = cell.cell_type == "code"
        if settings.get("grade") and is_code and not settings.get("solution") and cell not in judged.values():
            yield material.finding(
                "nothing-grades-it", grade_id, "The graded cell calls no judge, so silence gets full marks.",
                "Call judge(...) between ### BEGIN HIDDEN TESTS and ### END HIDDEN TESTS.",
            )  # fmt: skip
        if settings.get("solution") and not settings.get("grade"):
            if not is_code:
                yield material.finding(
                    "nothing-grades-it", grade_id, "Prose is asked for, but the cell is not graded.",
                    "Make it a manually graded cell with points.",
                )  # fmt: skip
            elif not names.given(cell.source) & needed:
                yield material.finding(
                    "nothing-grades-it", grade_id, "Nothing that is written here reaches a judge.",
                    "Judge it, or hand it out as a plain cell.",
                )  # fmt: skip


def _names_that_are_judged(material: Material) -> set[str]:
    """The names in the graded cells, and, cell by cell, what those are made from."""
    needed = {name for cell in material.judged().values() for name in names.used(cell.source)}
    cells = [cell.source for cell in material.notebook.cells if cell.cell_type == "code"]
    size = -1
    while size != len(needed):
        size = len(needed)
        for source in cells:
            if names.given(source) & needed:
                needed |= names.used(source)
    return needed
