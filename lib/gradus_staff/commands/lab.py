"""`gradus lab`: JupyterLab on the course, as a student sees it."""

from __future__ import annotations

import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from gradus_staff.commands.shared import HERE, CourseOption, console

__all__ = ["lab"]


def lab(
    assignment: Annotated[
        list[str] | None, typer.Argument(help="Hand out only these; the first one is opened.")
    ] = None,
    folder: Annotated[Path, typer.Option(help="The student's folder; what was changed there stays.")] = Path(
        "as-a-student"
    ),
    browser: Annotated[bool, typer.Option(help="Open it in the browser.")] = True,
    port: Annotated[
        int | None, typer.Option(help="The server's port; by default the first free one from 8888.")
    ] = None,
    course: CourseOption = HERE,
) -> None:
    """Open JupyterLab on the course as a student sees it: released notebooks, data, the students' package alone."""
    from gradus.environment import data_parts
    from gradus_staff.course import Course
    from gradus_staff.lab.handout import PRIVATE, assignments_in, hand_out, released, require_students_folder
    from gradus_staff.lab.server import Server, free_port
    from gradus_staff.lab.students_python import StudentsPython

    opened, folder = Course(course), folder.resolve()
    require_students_folder(folder, opened)
    free = free_port(port)
    chosen = assignment or assignments_in(opened)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # being told to end is as good as Ctrl-C
    try:
        with ExitStack() as stack:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gradus-lab-")))
            for name in chosen:
                with console.status(f"Handing out {name}"):
                    sentences = hand_out(folder, name, released(opened, name, scratch))
                for sentence in sentences:
                    console.print(escape(sentence), soft_wrap=True)
            console.print(escape(f"{', '.join(chosen)}: in {folder}"), soft_wrap=True)
            for part in data_parts():
                console.print(escape(f"{part.name} {part.sentence}"), soft_wrap=True)
            with console.status("Starting JupyterLab"):
                python = StudentsPython(scratch / "python")
                page = f"{chosen[0]}/{chosen[0]}.ipynb"
                server = Server(python, folder, page, free, folder / PRIVATE / "server.log", browser)
                stack.enter_context(server)
            console.print(f"JupyterLab: {server.address}\nCtrl-C ends it.", soft_wrap=True, highlight=False)
            server.wait()
    except KeyboardInterrupt:
        console.print()
    console.print(escape(f"JupyterLab has ended; the notebooks stay in {folder}."), soft_wrap=True)
