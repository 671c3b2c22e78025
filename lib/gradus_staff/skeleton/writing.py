"""Where the pieces of a new assignment go, and the writing of them."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from gradus.question import module_name
from gradus_staff.course import CourseError
from gradus_staff.notebook_text import build

__all__ = ["Plan", "plan"]

_NAME = re.compile(r"(\d+_)?[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Plan:
    """What will be written: nothing is, until `write` is called.

    root  the repository      pieces  name of a template -> file
    """

    name: str
    root: Path
    pieces: dict[str, Path]

    def write(self) -> list[Path]:
        """Write all pieces and build the notebook. Returns the files; CourseError where one cannot be written."""
        templates = files("gradus_staff.skeleton") / "templates"
        words = {
            "THE_NAME": self.name,
            "THE_MODULE": module_name(self.name),
            "THE TITLE": module_name(self.name).replace("_", " ").capitalize(),
        }
        try:
            for template, path in self.pieces.items():
                text = (templates / f"{template}.txt").read_text(encoding="utf-8")
                for word, meaning in words.items():
                    text = text.replace(word, meaning)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            notebook = build(self.root, self.name, self.pieces["notebook"])
        except OSError as error:
            raise CourseError(f"{error.filename} could not be written: {error.strerror}") from error
        return [*self.pieces.values(), notebook]


def plan(root: Path, name: str) -> Plan:
    """Where everything would go. CourseError for a folder that is no repository, and for a bad or a taken name."""
    root = root.resolve()
    if not (root / "lib" / "gradus_staff" / "key").is_dir():
        raise CourseError(
            f"{root} is no clone of the repository (it has no lib/gradus_staff/key); run the command in one, or name "
            "one with --course"
        )
    if not _NAME.fullmatch(name) or keyword.iskeyword(module_name(name)) or len(name) > 60:
        raise CourseError(
            f"{name!r} cannot be an assignment's name: take small letters, digits and _, a letter first, like "
            "residual_networks or 03_residual_networks"
        )
    module = module_name(name)
    pieces = {
        "notebook": root / "lib" / "gradus_staff" / "notebooks" / f"{name}.py",
        "question": root / "lib" / "gradus" / "questions" / f"{module}.py",
        "key": root / "lib" / "gradus_staff" / "key" / f"{module}.py",
        "right": root / "tests" / "answers" / name / "right" / "matrix_product.py",
        "wrong": root / "tests" / "answers" / name / "wrong" / "adds_up_the_batch.py",
        "test": root / "tests" / name / f"test_{name}_key.py",
    }
    for path in [*pieces.values(), root / "source" / name]:
        if path.exists():
            raise CourseError(f"{path.relative_to(root)} is there already; choose another name than {name}")
    return Plan(name, root, pieces)
