"""Runs attacks: in kernels with and without a sandbox, and in a class graded by Gradus and by plain nbgrader."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil
from attacks.corpus import Attack, attacks

from gradus_staff.kernels.limits import Limits
from gradus_staff.kernels.sandbox import Sandbox
from gradus_staff.kernels.session import CellRun, Session
from gradus_staff.kernels.workplace import Workplace

SMALL = Limits(cell_seconds=3, notebook_seconds=600, interrupt_seconds=1, memory_mib=512, disk_mib=32, file_mib=16,
               processes=40, files=3000)  # fmt: skip

PATIENT = replace(SMALL, cell_seconds=30, memory_mib=2048)

_TRY = """
def _try(code, known):
    import json, os
    space = dict(known, get_ipython=get_ipython)
    said = ""
    try:
        exec(compile(code, "attack", "exec"), space)
    except BaseException as error:
        said = f"{type(error).__name__}: {error}"
    os.write(2, b"")
    print("HARM" + json.dumps([space.get("harm", False) if not said else False, said]))
"""


@dataclass
class Outcome:
    """What an attack achieved: harm (True, False, or what was left behind), and what was said."""

    harm: object
    said: str


@dataclass
class Target:
    """What there is to attack: a course, a home, a grader with services; what attackers know of them."""

    course: Path
    home: Path
    mark: str
    known: dict[str, object] = field(default_factory=dict)


@contextlib.contextmanager
def services(target: Target):
    """Three services of this machine, as attackers find them: by port, by file, by abstract name."""
    abstract = f"\0gradus-{target.mark}"
    path = str(target.home / "service")
    listening = [socket.create_server(("127.0.0.1", 0))]
    for name in (path, abstract):
        server = socket.socket(socket.AF_UNIX)
        server.bind(name)
        server.listen()
        listening.append(server)

    def serve(server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                with connection:
                    connection.sendall(b"hello")

    for server in listening:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
    target.known |= {"PORT": listening[0].getsockname()[1], "SOCKET": path, "ABSTRACT": abstract}
    yield
    for server in listening:
        server.close()


def run_cells(target: Target, limits: Limits, sandbox: Sandbox | None) -> dict[str, Outcome]:
    """Every attack that is a cell, one after another in one kernel.

    Without a sandbox this machine is the target: only attacks run there that leave it as it was (`control` is not no).
    """
    outcomes = {}
    chosen = [attack for attack in attacks("cell") if sandbox or attack.header.get("control") != "no"]
    with Workplace() as workplace, Session(workplace, sys.executable, limits, {}, sandbox) as session:
        session.run(_TRY, lambda message: None)
        for attack in chosen:
            printed: list[str] = []
            code = f"_try({attack.code!r}, {target.known!r})"
            run = session.run(
                code, lambda message, printed=printed: printed.append(str(message["content"].get("text")))
            )
            found = [line for line in "".join(printed).splitlines() if line.startswith("HARM")]
            harm, said = json.loads(found[-1].removeprefix("HARM")) if found else (f"no report: {printed}", run.reason)
            outcomes[attack.label] = Outcome(harm, said)
            if run.died:
                session.restart()
                session.run(_TRY, lambda message: None)
    return outcomes


def run_alone(attack: Attack, session: Session) -> CellRun:
    """One attack that exhausts something; afterwards there is a kernel that works."""
    session.limits = replace(SMALL, cores=float(attack.header.get("cores", SMALL.cores)))
    session._watch._limits = session.limits
    run = session.run(attack.code, lambda message: None, seconds=float(attack.header.get("seconds", 3)))
    if run.died:
        session.restart()
    if run.dropped and not run.reason:
        run.reason = "More output than is kept; the rest was left out."
    return run


def left_running(mark: str) -> list[psutil.Process]:
    """Processes of an attack that is not over."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if mark in (process.info["cmdline"] or []):
            found.append(process)
    return found


def left_file(mark: str) -> Path | None:
    path = Path("/tmp") / f"left-by-a-student-{mark}"
    return path if path.exists() else None


def what_is_there(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its content."""
    return {
        str(Path(place, name)): Path(place, name).read_bytes()
        for place, _, names in os.walk(folder)
        for name in names
        if not Path(place, name).is_symlink()
    }
