"""A process that has run a notebook's first cells, and plays the rest as often as it is asked to, each time anew."""

from __future__ import annotations

import json
import multiprocessing
import os
from multiprocessing.connection import Connection
from typing import Any

from gradus_staff.playing import Asked, Observations, Play

__all__ = ["Stage"]

_IMPORTED_ONCE = ["torch", "torch._dynamo", "matplotlib.pyplot", "sympy", "gradus.widgets", "gradus_staff.playing"]
"""Before the first fork; PyTorch imports its compiler at the first step of an optimiser, in a second."""

_TOLD_ALL = 77
"""How a play ends that came to its end."""


class Stage:
    """One notebook's stage: what the answers to an assignment have in common is run once, the rest in forks.

    cells  index -> source of every code cell, in order      asked  index -> what a graded cell asks
    """

    def __init__(self, assignment: str, cells: dict[int, str], asked: dict[int, Asked], student: str) -> None:
        environment = {**os.environ, "GRADUS_STUDENT": student}
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_IMPORTED_ONCE)
        self._connection, theirs = context.Pipe()
        play = Play(assignment, cells, asked)
        self._process = context.Process(target=_serve, args=(theirs, play, environment), name=f"stage of {assignment}")
        self._process.start()
        theirs.close()
        self.place = 0
        """The cells before this index have been run."""

    def move_to(self, place: int) -> Observations:
        """Run the cells before an index, for all plays to come. ValueError where that is a step back."""
        if place < self.place:
            raise ValueError(f"the stage has run the cells before {self.place} and cannot go back to {place}")
        self.place = place
        return self._ask({"move_to": place})

    def play(self, changed: dict[int, str]) -> Observations:
        """Run the other cells, some of them changed, in a fork.

        Raises RuntimeError where the fork ends before it has told everything.
        """
        return self._ask({"play": list(changed.items())})

    def close(self) -> None:
        """End the process."""
        self._connection.close()
        self._process.join()

    def _ask(self, order: dict[str, Any]) -> Observations:
        self._connection.send_bytes(json.dumps(order).encode())
        said = json.loads(self._connection.recv_bytes())
        if isinstance(said, str):
            raise RuntimeError(said)
        return dict(said)


def _serve(connection: Connection, play: Play, environment: dict[str, str]) -> None:
    """Take orders until nobody gives any."""
    import matplotlib
    import torch
    from tqdm import tqdm

    from gradus.training import threads

    os.environ.update(environment)
    matplotlib.use("agg")
    tqdm.get_lock()  # made once, here, where it is also given back
    torch.set_num_threads(1)
    torch.set_num_threads = lambda nthreads: None  # a process with more threads than one cannot be forked
    threads.thread_candidates = lambda: [1]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    while True:
        try:
            order = json.loads(connection.recv_bytes())
        except EOFError:
            return
        if "move_to" in order:
            _tell(connection, play.until(order["move_to"]))
        elif (child := os.fork()) == 0:
            _play(connection, play, dict(order["play"]))
        elif (code := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])) != _TOLD_ALL:
            connection.send_bytes(json.dumps(f"the process that ran the cells ended with code {code}").encode())


def _play(connection: Connection, play: Play, changed: dict[int, str]) -> None:
    try:
        play.cells |= changed
        _tell(connection, play.to_the_end())
        os._exit(_TOLD_ALL)
    finally:
        os._exit(1)


def _tell(connection: Connection, observations: Observations) -> None:
    connection.send_bytes(json.dumps(list(observations.items())).encode())
