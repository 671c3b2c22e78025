"""What every assignment costs at every scale: seconds and peak memory, with the reference answers.

    python bench/assignments.py [mlp_ema_sgd ...] [--scales full quick grading] [--cores 1] [--threads 1]

Each assignment runs in a fresh process, cell by cell as in a notebook, with its checks; at the grading scale the hidden
cases are asked, too, as in a student's kernel. Columns: seconds for all cells in a warm process (PyTorch, matplotlib
and IPython are imported before the clock starts); the processor's seconds in them, all threads together (on a busy
machine the steadier figure); seconds for drawing and judging the hidden cases outside the kernel; the process's peak
memory; the slowest cell. --cores limits each process to so many cores. What the data loaders say (stand-in data, for
instance) stands below its row. The last line is one JSON object with the same figures. Exit code 1 where an assignment
could not be run, or a reference answer lost points.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time

from IPython.utils.capture import capture_output

from gradus.probe import BUNDLE_MIME
from gradus_staff.answer_key import load_keys
from gradus_staff.blueprint import asked_question
from gradus_staff.bundle import Asking
from gradus_staff.judge import judge
from gradus_staff.notebook_text import assignments, read_text
from gradus_staff.secret import generator
from gradus_staff.student import Student, version_in

SCALES = ("full", "quick", "grading")
_MARK = "RESULT "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assignments", nargs="*", help="all that have a notebook text, unless some are named")
    parser.add_argument("--scales", nargs="+", choices=SCALES, default=list(SCALES))
    parser.add_argument("--cores", type=int, default=0, help="cores that each process may use; 0: all")
    parser.add_argument("--threads", type=int, default=0, help="torch threads at the start; 0: torch's own choice")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    known = assignments()
    if unknown := [name for name in arguments.assignments if name not in known]:
        parser.error(f"there is no notebook text for {', '.join(unknown)}; known are: {', '.join(known)}")
    if arguments.alone:
        print(_MARK + json.dumps(run_here(arguments.assignments[0], arguments.cores, arguments.threads)))
        return
    rows = []
    print(f"{'assignment':<20} {'scale':<8} {'cells':>8} {'CPU':>8} {'judging':>8} {'peak':>9}  slowest cell")
    for name in arguments.assignments or known:
        for scale in arguments.scales:
            row = run_apart(name, scale, arguments.cores, arguments.threads)
            rows.append(row)
            print(line(row), flush=True)
    print(json.dumps(summary(rows, arguments.cores)))
    sys.exit(any(row["problem"] for row in rows))


def run_apart(assignment: str, scale: str, cores: int, threads: int) -> dict:
    """Run one assignment in a process of its own and bring its figures back."""
    command = [sys.executable, __file__, assignment, "--alone", "--cores", str(cores), "--threads", str(threads)]
    environment = {**os.environ, "GRADUS_SCALE": scale, "MPLBACKEND": "agg"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    found = [text for text in done.stdout.splitlines() if text.startswith(_MARK)]
    blank = {"cells_s": None, "cpu_s": None, "judging_s": None, "peak_mib": None, "slowest": None, "notes": []}
    if done.returncode or len(found) != 1:
        reason = (done.stderr.strip().splitlines() or ["no result"])[-1]
        return {"assignment": assignment, "scale": scale, **blank, "problem": reason}
    return {"assignment": assignment, "scale": scale, **json.loads(found[0].removeprefix(_MARK))}


def run_here(assignment: str, cores: int, threads: int) -> dict:
    """Run an assignment's cells with the reference answers in this process. Returns its figures."""
    if cores:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    import matplotlib.pyplot
    import torch
    from IPython.core.interactiveshell import InteractiveShell

    torch.set_num_threads(threads or min(torch.get_num_threads(), len(os.sched_getaffinity(0))))
    torch.nn.Linear(2, 2)(torch.ones(1, 2)).sum().backward()  # the first call sets up what later ones use
    shell, notebook = InteractiveShell.instance(), read_text(assignment)
    grader = Grader(assignment, notebook) if os.environ["GRADUS_SCALE"] == "grading" else None
    cells, problems, notes, cpu = [], [], [], 0.0
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        name = asked_question(cell.source)
        asking = grader.ask(name) if grader and name else None
        source = cell.source if asking else without_hidden_tests(cell.source)
        start, start_cpu = time.perf_counter(), time.process_time()
        with capture_output() as captured:
            result = shell.run_cell(source)
        cells.append((time.perf_counter() - start, cell.metadata.get("nbgrader", {}).get("grade_id", source[:40])))
        cpu += time.process_time() - start_cpu
        notes += [text for text in captured.stdout.splitlines() if text.startswith("gradus:")]
        if error := result.error_before_exec or result.error_in_exec:
            problems.append(f"{cells[-1][1]!r}: {type(error).__name__}: {error}")
        elif asking:
            bundles = [output.data[BUNDLE_MIME] for output in captured.outputs if BUNDLE_MIME in output.data]
            problems += grader.problems(name, asking.read(bundles)[0], float(cell.metadata.nbgrader.points))
    matplotlib.pyplot.close("all")
    seconds, slowest = max(cells)
    return {
        "cells_s": round(sum(seconds for seconds, _ in cells), 2),
        "cpu_s": round(cpu, 2),
        "judging_s": round(grader.seconds, 2) if grader else None,
        "peak_mib": round(peak_mib()),
        "slowest": {"cell": slowest.splitlines()[0], "seconds": round(seconds, 2)},
        "threads": torch.get_num_threads(),
        "notes": list(dict.fromkeys(notes)),
        "problem": "; ".join(problems),
    }


class Grader:
    """Asks the hidden cases in this process, as a grading asks them in a student's kernel, and judges the answers."""

    def __init__(self, assignment: str, notebook) -> None:
        course, version = version_in(cell.source for cell in notebook.cells if cell.cell_type == "code")
        self.assignment, self.student = assignment, Student("bench", course, version)
        os.environ["GRADUS_STUDENT"] = self.student.name
        self.keys = {name: key.for_student(self.student) for name, key in load_keys(assignment).items()}
        self.cases: dict[str, list] = {}
        self.seconds = 0.0  # spent outside the student's kernel

    def ask(self, question: str) -> Asking:
        """Attach a question's cases; the cell's judge(...) will then answer them."""
        start = time.perf_counter()
        rng = generator(b"bench", self.assignment, self.assignment, question, self.student.name)
        self.cases[question] = list(self.keys[question].cases(rng))
        asking = Asking.of(self.assignment, question, self.cases[question])
        exec(asking.code(), {})
        self.seconds += time.perf_counter() - start
        return asking

    def problems(self, question: str, observations: list, most: float) -> list[str]:
        """Judge what came back: a sentence where the reference answer has lost points."""
        start = time.perf_counter()
        verdict = judge(self.keys[question], self.cases[question], observations, most)
        self.seconds += time.perf_counter() - start
        if verdict.points >= most:
            return []
        return [f"{question}: the reference answer got {verdict.points:g} of {most:g} points"]


def without_hidden_tests(source: str) -> str:
    """A cell as students have it: the judge is not called."""
    before, mark, after = source.partition("### BEGIN HIDDEN TESTS")
    return before + after.partition("### END HIDDEN TESTS")[2] if mark else source


def peak_mib() -> float:
    """The most memory that this process has held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def line(row: dict) -> str:
    """A row of the table, and what there is to say about it."""
    head = f"{row['assignment']:<20} {row['scale']:<8}"
    remarks = [*row["notes"], *([f"problem: {row['problem']}"] if row["problem"] else [])]
    below = "".join(f"\n    {remark}" for remark in remarks)
    if row["cells_s"] is None:
        return f"{head} could not be run{below}"
    judging = f"{row['judging_s']:>6.1f} s" if row["judging_s"] is not None else f"{'':>8}"
    slowest = f"{row['slowest']['cell']} ({row['slowest']['seconds']:.1f} s)"
    return (
        f"{head} {row['cells_s']:>6.1f} s {row['cpu_s']:>6.1f} s {judging} {row['peak_mib']:>5} MiB  {slowest}{below}"
    )


def summary(rows: list[dict], cores: int) -> dict:
    """Everything above as one JSON object."""
    import torch

    available = cores or len(os.sched_getaffinity(0))
    versions = {"python": platform.python_version(), "torch": torch.__version__}
    return {"bench": "assignments", "cores": available, "date": time.strftime("%Y-%m-%d"), **versions, "rows": rows}


if __name__ == "__main__":
    main()
