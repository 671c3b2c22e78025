"""What the sandbox costs: the time from the order to start a kernel until it answers, with bubblewrap and without.

    python bench/sandbox.py [pairs]

Pairs are started in turns, so that a change of the machine's load meets both alike; the cost is the median of the
differences. Besides: an empty Python program, where nothing but the sandbox itself differs. The last line is JSON.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack

from gradus_staff.kernels.limits import Limits
from gradus_staff.kernels.sandbox import Sandbox, why_no_sandbox
from gradus_staff.kernels.session import Session
from gradus_staff.kernels.workplace import Workplace

LIMITS = Limits()


def kernel_seconds(sandbox: Sandbox | None) -> float:
    """Start a kernel, run one cell, and say how long that took; its end is not counted."""
    with Workplace() as workplace:
        started = time.perf_counter()
        with Session(workplace, sys.executable, LIMITS, {}, sandbox) as session:
            session.run("1 + 1", lambda message: None)
            return time.perf_counter() - started


def program_seconds(sandbox: Sandbox | None) -> float:
    """Run an empty Python program to its end."""
    program = [sys.executable, "-I", "-S", "-c", ""]
    with ExitStack() as open_files:
        started = time.perf_counter()
        command, handles = sandbox.command(program, {}, {}, open_files) if sandbox else (program, [])
        subprocess.run(command, pass_fds=handles, check=True)
        return time.perf_counter() - started


def measure(what, pairs: int) -> dict[str, float]:
    sandbox = Sandbox(LIMITS)
    what(sandbox), what(None)  # what is read from disk the first time is not counted
    inside, outside = [], []
    for _ in range(pairs):
        inside.append(what(sandbox))
        outside.append(what(None))
    differences = [a - b for a, b in zip(inside, outside, strict=True)]
    return {
        "sandbox_ms": 1000 * statistics.median(inside),
        "bare_ms": 1000 * statistics.median(outside),
        "cost_ms": 1000 * statistics.median(differences),
        "least_cost_ms": 1000 * (min(inside) - min(outside)),
    }


def main() -> None:
    if why := why_no_sandbox():
        sys.exit(f"no sandbox on this machine: {why}")
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    results = {"kernel": measure(kernel_seconds, pairs), "program": measure(program_seconds, 3 * pairs)}
    print(f"{'':8} {'sandbox':>10} {'bare':>10} {'cost':>10} {'least/least':>12}   (ms)")
    for name, row in results.items():
        print(f"{name:8} {row['sandbox_ms']:10.1f} {row['bare_ms']:10.1f} {row['cost_ms']:10.1f} "
              f"{row['least_cost_ms']:12.1f}")  # fmt: skip
    print(json.dumps({"pairs": pairs, **{n: {k: round(v, 2) for k, v in r.items()} for n, r in results.items()}}))


if __name__ == "__main__":
    main()
