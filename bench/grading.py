"""How fast a class is graded: by plain nbgrader, by Otter-Grader and by Gradus, side by side on the same answers.

    python bench/grading.py [--students 12 60] [--jobs 1 2] [--rivals 12] [--thousand] [--cache FOLDER]

The class is gradus_staff.sample_class' for soft_threshold, without its bad days. The rivals check the same answers by
asserts (bench/rivals.py); they grade one after another at a constant rate, so `--rivals` of the class are enough to
know it (0 leaves them out). Every figure is of whole commands as an instructor types them, from start to end.

"bare" is what the cells of a submission take in one warm Python process, hidden questions included: no kernel, no
nbgrader, no sandbox. The overhead is over it, for the largest class and between its first and its last submission,
because what is done once a command (some seconds) says nothing of a submission. Memory is PSS, in which shared pages
count in parts. `--thousand` grades 1,000 and compares the first 60 with the last 60, and the memory of the process that
hands out and writes. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import psutil
from classes import ASSIGNMENT, class_of, reference, submission
from rivals import nbgrader_seconds, otter_seconds

from gradus_staff.course import Course

MIB = 2**20
_BARE = "bare-seconds:"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, nargs="+", default=[12, 60])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rivals", type=int, default=12, help="how many submissions the rivals grade")
    parser.add_argument("--thousand", action="store_true", help="grade 1,000 submissions, too")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "gradus", help="for Otter-Grader")
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare:
        print(_BARE + json.dumps(bare_here(Course(options.bare))))
        return
    with tempfile.TemporaryDirectory(prefix="gradus-bench-") as folder:
        print(json.dumps(measure(Path(folder), options)))


def measure(folder: Path, options: argparse.Namespace) -> dict:
    """Everything, printed as a table while it comes."""
    rows: list[dict] = []
    courses = {number: class_of(number, folder / f"class-{number}") for number in options.students}
    largest = courses[max(courses)]
    print(f"{'':24} {'submissions':>11} {'seconds':>8} {'a minute':>9} {'to nbgrader':>11}", flush=True)
    if options.rivals:
        papers = {name: submission(largest, name) for name in largest.students(ASSIGNMENT)[: options.rivals]}
        rows += rivals(folder, options.cache, papers)
    for number, course in courses.items():
        for jobs in options.jobs:
            rows.append({"grader": f"gradus --jobs {jobs}", "class": number, **ours(course, jobs)})
            show(rows)
    bare = bare_apart(largest)
    per_job = {row["jobs"]: row["steady_s"] * row["jobs"] for row in rows if row.get("class") == max(courses)}
    overhead = {jobs: round(seconds / bare["cells_s"], 2) for jobs, seconds in per_job.items()}
    print(f"\nbare: {bare['cells_s']:.3f} s a submission, and {bare['judging_s']:.3f} s to judge it")
    for jobs, ratio in overhead.items():
        print(f"jobs {jobs}: {per_job[jobs]:.3f} s a submission and job, {ratio:.2f} times the bare time")
    memory = kernel_memory()
    print(f"each further kernel: {memory['further_kernel_mib']:.1f} MiB (PSS); the first, with what all share: "
          f"{memory['first_kernel_mib']:.0f} MiB")  # fmt: skip
    growth = thousand(folder, max(options.jobs)) if options.thousand else None
    for row in rows:
        row.pop("finished", None)  # served the growth
    return {
        "bench": "grading", "assignment": ASSIGNMENT, "cores": len(os.sched_getaffinity(0)),
        "date": time.strftime("%Y-%m-%d"), "rows": rows, "bare": bare, "overhead": overhead, **memory, "growth": growth,
    }  # fmt: skip


def rivals(folder: Path, cache: Path, papers: dict) -> list[dict]:
    """A row for nbgrader and one for Otter-Grader; one that cannot be had says why."""
    rows: list[dict] = []
    for name, grade in (
        ("nbgrader autograde", lambda: nbgrader_seconds(folder / "nbgrader", papers)),
        ("otter run", lambda: otter_seconds(folder / "otter", cache, papers)),
    ):
        try:
            seconds, points = grade()
        except RuntimeError as error:
            rows.append({"grader": name, "problem": str(error)})
        else:
            rows.append({"grader": name, **rate(seconds, len(papers)), "mean_points": statistics.mean(points.values())})
        show(rows)
    return rows


def rate(seconds: float, submissions: int) -> dict:
    return {"submissions": submissions, "seconds": round(seconds, 2), "a_minute": round(60 * submissions / seconds, 1)}


def show(rows: list[dict]) -> None:
    """Print the last row, with its ratio to nbgrader's."""
    row = rows[-1]
    if "problem" in row:
        print(f"{row['grader']:24} {row['problem']}", flush=True)
        return
    base = next((one["a_minute"] for one in rows if one["grader"].startswith("nbgrader") and "a_minute" in one), None)
    row["to_nbgrader"] = round(row["a_minute"] / base, 2) if base else None
    ratio = f"{row['to_nbgrader']:.2f}" if base else ""
    print(f"{row['grader']:24} {row['submissions']:>11} {row['seconds']:>8.1f} {row['a_minute']:>9.1f} {ratio:>11}",
          flush=True)  # fmt: skip


def ours(course: Course, jobs: int) -> dict:
    """Run `gradus grade` and watch it: when each submission was finished, and the memory of the command itself."""
    report = course.root / "verdicts.json"
    command = [sys.executable, "-c", "from gradus.cli import main; main()", "grade", ASSIGNMENT, "--force",
               "--jobs", str(jobs), "--json", str(report)]  # fmt: skip
    started = time.perf_counter()
    finished: list[float] = []
    memory: list[float] = []
    with subprocess.Popen(command, cwd=course.root, stdout=subprocess.PIPE, text=True) as grader:
        watch = threading.Thread(target=_watch, args=(grader, memory))
        watch.start()
        assert grader.stdout
        for line in grader.stdout:
            if " of 40" in line:
                finished.append(time.perf_counter() - started)
        grader.wait()
        seconds = time.perf_counter() - started
        watch.join()
    graded = json.loads(report.read_text())["submissions"]
    failed = [one["message"] for one in graded if one["status"] == "failed"]
    assert not failed, failed
    return {
        "jobs": jobs, **rate(seconds, len(graded)), "first_after_s": round(finished[0], 2),
        "steady_s": round((finished[-1] - finished[0]) / (len(finished) - 1), 4),
        "worker_s": round(statistics.mean(one["seconds"] for one in graded), 3),
        "mean_points": statistics.mean(one["points"] for one in graded),
        "coordinator_mib": round(max(memory), 1), "finished": finished,
    }  # fmt: skip


def _watch(grader: subprocess.Popen[str], memory: list[float]) -> None:
    while grader.poll() is None:
        try:
            memory.append(psutil.Process(grader.pid).memory_full_info().uss / MIB)
        except psutil.Error:
            return
        time.sleep(1.0)


def bare_apart(course: Course) -> dict:
    """`bare_here` in a process of its own."""
    command = [sys.executable, __file__, "--bare", str(course.root)]
    environment = {**os.environ, "MPLBACKEND": "agg", "GRADUS_SCALE": "grading"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    found = [line for line in done.stdout.splitlines() if line.startswith(_BARE)]
    assert len(found) == 1, done.stderr
    return json.loads(found[0].removeprefix(_BARE))


def bare_here(course: Course) -> dict:
    """Seconds of the cells of a submission in this process, once it is warm, and of judging: means over the class."""
    import matplotlib.pyplot
    from assignments import Grader
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    from gradus.probe import BUNDLE_MIME
    from gradus_staff.blueprint import asked_question

    master = reference()
    asking = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in master.cells
              if asked_question(cell.source)}  # fmt: skip
    grader, shell = Grader(ASSIGNMENT, master), InteractiveShell.instance()
    cells, judging = [], []
    for paper in (master, *(submission(course, name) for name in course.students(ASSIGNMENT))):
        shell.reset(new_session=False)
        grader.seconds, seconds = 0.0, 0.0
        for cell in paper.cells:
            if cell.cell_type != "code":
                continue
            source = asking.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
            name = asked_question(source)
            asked = grader.ask(name) if name else None
            started = time.perf_counter()
            with capture_output() as captured:
                shell.run_cell(source)
            seconds += time.perf_counter() - started
            if asked:
                bundles = [one.data[BUNDLE_MIME] for one in captured.outputs if BUNDLE_MIME in one.data]
                if bundles:
                    grader.problems(name, asked.read(bundles)[0], 1.0)
        matplotlib.pyplot.close("all")
        cells.append(seconds)
        judging.append(grader.seconds)
    return {"cells_s": round(statistics.mean(cells[1:]), 4), "judging_s": round(statistics.mean(judging[1:]), 4)}


def kernel_memory(kernels: int = 5) -> dict:
    """PSS of the process that forks kernels and of the first kernel, and of each further one, after a submission."""
    from gradus_staff.kernels.limits import Limits
    from gradus_staff.kernels.sandbox import Sandbox, why_no_sandbox
    from gradus_staff.kernels.session import Session
    from gradus_staff.kernels.workplace import Workplace

    limits = Limits()
    sources = [cell.source for cell in reference().cells if cell.cell_type == "code"]
    totals = []
    with ExitStack() as stack:
        sandbox = None if why_no_sandbox() else Sandbox(limits)
        for _ in range(kernels):
            workplace = stack.enter_context(Workplace())
            session = stack.enter_context(Session(workplace, sys.executable, limits, {}, sandbox))
            for source in sources:
                session.run(source.partition("### BEGIN HIDDEN")[0], lambda message: None)
            totals.append(_pss_of_children())
    return {
        "first_kernel_mib": round(totals[0], 1),
        "further_kernel_mib": round((totals[-1] - totals[0]) / (kernels - 1), 1),
    }


def _pss_of_children() -> float:
    total = 0
    for process in psutil.Process().children(recursive=True):
        try:
            total += process.memory_full_info().pss
        except psutil.Error:
            continue
    return total / MIB


def thousand(folder: Path, jobs: int) -> dict:
    """Seconds a submission among the first 60 and among the last 60 of 1,000, and the coordinator's memory."""
    row = ours(class_of(1000, folder / "thousand"), jobs)
    times = row["finished"]
    first, last = (times[60] - times[0]) / 60, (times[-1] - times[-61]) / 60
    result = {
        "submissions": len(times), "a_minute": row["a_minute"], "first_60_s": round(first, 3),
        "last_60_s": round(last, 3), "ratio": round(last / first, 3), "coordinator_mib": row["coordinator_mib"],
    }  # fmt: skip
    print(f"1,000: {row['a_minute']:.1f} a minute; {first:.3f} s a submission among the first 60, {last:.3f} s among "
          f"the last; the coordinator holds {row['coordinator_mib']:.0f} MiB")  # fmt: skip
    return result


if __name__ == "__main__":
    main()
