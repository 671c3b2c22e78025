"""bench/assignments.py runs assignments in fresh processes and ends with its figures as one JSON object."""

import json
import subprocess
import sys


def test_the_last_line_holds_every_figure(root):
    command = [sys.executable, "bench/assignments.py", "soft_threshold", "--scales", "grading", "--cores", "1"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    (row,) = figures["rows"]
    assert figures["cores"] == 1
    assert (row["assignment"], row["scale"], row["problem"]) == ("soft_threshold", "grading", "")
    assert row["cells_s"] > 0 and row["judging_s"] > 0 and row["peak_mib"] > 50


def test_an_assignment_that_is_not_there_is_named(root):
    command = [sys.executable, "bench/assignments.py", "alchemy"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300)
    assert done.returncode == 2
    assert "alchemy" in done.stderr and "soft_threshold" in done.stderr
