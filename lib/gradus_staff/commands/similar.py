"""`gradus similar`: passages that two submissions share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from gradus_staff.commands.shared import HERE, CourseOption, console, errors

__all__ = ["similar"]


def similar(
    assignment: str,
    course: CourseOption = HERE,
    page: Annotated[Path | None, typer.Option(help="Where the page goes; by default similar-ASSIGNMENT.html.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the pairs to this file, too.")] = None,
    common: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="What more than this share of the class wrote does not count.")
    ] = 0.25,
    pairs: Annotated[int, typer.Option(min=1, max=500, help="How many pairs to list at most.")] = 20,
) -> None:
    """Show which submissions share passages that were neither given nor written by many. It proves nothing."""
    from gradus_staff.course import Course
    from gradus_staff.similarity import compare_all, read_class, set_aside, write_page

    with console.status(f"Comparing {assignment}"):
        works, given, problems = read_class(Course(course), assignment)
        widespread = set_aside(works, given, common)
        comparison = compare_all(works, pairs)
    page = page or Path(f"similar-{assignment}.html")
    page.write_text(write_page(assignment, comparison, problems, widespread, common), encoding="utf-8")
    if json_file:
        data = {
            "assignment": assignment,
            "submissions": len(works),
            "common": common,
            "pairs": [pair.to_dict() for pair in comparison.pairs],
            "not_compared": problems,
        }
        json_file.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for problem in problems:
        errors.print(f"[yellow]not compared:[/] {escape(problem)}", soft_wrap=True)
    console.print(
        f"{len(works)} submissions compared, {len(comparison.pairs)} pairs listed in {page}. Similarity is not guilt: "
        "read the passages, then talk.",
        soft_wrap=True,
    )
