"""`gradus release`: prove an assignment and write the students' version."""

from __future__ import annotations

from gradus_staff.commands.shared import HERE, CourseOption, console

__all__ = ["release"]


def release(assignment: str, course: CourseOption = HERE) -> None:
    """Prove an assignment (reference answers: full marks, blank notebook: none) and write the students' version."""
    from gradus_staff.course import Course
    from gradus_staff.release import release as release_

    with console.status(f"Proving {assignment} in kernels"):
        folder = release_(Course(course), assignment)
    console.print(f"{assignment}: reference answers get full marks, the blank notebook none. Written to {folder}.")
