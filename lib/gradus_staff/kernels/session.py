"""A conversation with one student's kernel: run a cell under limits, and say what became of it.

Whatever the kernel does (hang, die, flood, lie), `Session.run` returns within its limits.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

from gradus_staff.kernels.conversation import CellRun, Conversation
from gradus_staff.kernels.harvest import Harvest, bring_back
from gradus_staff.kernels.limits import Limits, sentence_of_error
from gradus_staff.kernels.provisioner import BareProvisioner, Plan
from gradus_staff.kernels.sandbox import Sandbox
from gradus_staff.kernels.watch import Watch
from gradus_staff.kernels.workplace import Workplace

__all__ = ["CellRun", "KernelStartError", "Limits", "Session"]


class KernelStartError(RuntimeError):
    """No kernel came up: the fault of the machine or the installation, not of the student."""


_WARM_UP = "[__import__(name) for name in ('torch', 'matplotlib.pyplot', 'gradus.check', 'gradus.widgets')]"
"""What every notebook imports; done at the start, so that no cell's time goes into it on a busy machine."""


class _StudentKernelManager(KernelManager):
    """A kernel with a specification of our own, and interrupts by message, which reach into any sandbox."""

    def use(self, provisioner: str) -> None:
        self._kernel_spec = KernelSpec(
            argv=["{connection_file}"], display_name="Gradus student", language="python", interrupt_mode="message",
            metadata={"kernel_provisioner": {"provisioner_name": provisioner}},
        )  # fmt: skip


class Session:
    """One kernel of one student, in one workplace. A context manager; `restart` gives it a new process.

    sandbox  None: the kernel runs without one
    """

    def __init__(
        self,
        workplace: Workplace,
        python: str,
        limits: Limits,
        environment: dict[str, str],
        sandbox: Sandbox | None = None,
    ) -> None:
        self.workplace = workplace
        self.limits = limits
        self._plan = Plan(workplace, python, limits, environment, sandbox)
        self._manager: _StudentKernelManager | None = None
        self._client: BlockingKernelClient | None = None
        self._watch: Watch | None = None
        self._lost: zmq.Socket | None = None
        self._generation = 0
        self._seconds_left = limits.notebook_seconds

    def __enter__(self) -> Session:
        self._start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _start(self) -> None:
        self._generation += 1
        manager = _StudentKernelManager(transport="ipc")
        manager.connection_file = str(self.workplace.run / f"kernel-{self._generation}.json")
        manager.ip = str(self.workplace.run / f"ipc-{self._generation}")
        manager.use("gradus-sandbox" if self._plan.sandbox else "gradus-bare")
        context = zmq.Context()
        context.MAXMSGSIZE = self.limits.message_bytes
        self._manager = manager
        with tempfile.TemporaryFile() as said:
            try:
                manager.start_kernel(plan=self._plan, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)
                self._client = client = BlockingKernelClient(context=context, session=manager.session)
                client.load_connection_info(manager.get_connection_info(session=False))
                client.start_channels(hb=False)
                self._lost = client.iopub_channel.socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
                self._await_first_word(client)
            except Exception as error:
                self.close()
                said.seek(0)
                lines = said.read(10_000).decode("utf-8", "replace").strip().splitlines()
                reason = f"{error}" + (f" ({lines[-1]})" if lines else "")
                raise KernelStartError(f"the student's kernel did not start: {reason}") from error
        provisioner = self._provisioner
        assert provisioner is not None
        self._watch = Watch(provisioner.pids, self.limits, provisioner.folders)
        self.tell(_WARM_UP, seconds=self.limits.startup_seconds)

    def _await_first_word(self, client: BlockingKernelClient) -> None:
        """Ask until the kernel's answer comes on both channels: what it publishes before it knows us is lost."""
        until = time.monotonic() + self.limits.startup_seconds
        while time.monotonic() < until:
            run = CellRun()
            conversation = Conversation(client, client.kernel_info(), lambda message: None, self.limits, run)
            if conversation.is_heard(0.1):
                return
            if not self.is_alive:
                raise RuntimeError("Kernel died before replying to kernel_info")
        raise RuntimeError(f"Kernel didn't respond in {self.limits.startup_seconds:.0f} seconds")

    @property
    def _provisioner(self) -> BareProvisioner | None:
        found = self._manager.provisioner if self._manager else None
        return found if isinstance(found, BareProvisioner) else None

    def restart(self) -> None:
        """Kill the process, whatever it is doing, and start another one in the same workplace."""
        self.close()
        self._start()

    def close(self) -> None:
        """Leave no process and no socket behind."""
        self._watch = None
        if self._client is not None:
            self._client.stop_channels()
            self._client.context.destroy(linger=0)
            self._client = None
        if self._manager is not None:
            with contextlib.suppress(Exception):
                if self._manager.has_kernel:
                    self._manager.shutdown_kernel(now=True)
            with contextlib.suppress(Exception):
                self._manager.cleanup_resources()
            self._manager = None

    def harvest(self, target: Path, most: Harvest) -> str:
        """End the kernel and bring back the files that it wrote. Returns a sentence where some stayed behind."""
        provisioner = self._provisioner
        shown = provisioner.folders if provisioner else []
        if shown:
            work = os.open("work", os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=shown[0])
        else:
            work = os.open(self.workplace.work, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self.close()
            return bring_back(work, target, most)
        finally:
            os.close(work)

    @property
    def is_alive(self) -> bool:
        return self._manager is not None and self._manager.is_alive()

    def tell(self, code: str, seconds: float = 10.0) -> CellRun:
        """Run our own code silently, without a trace in the history."""
        return self.run(code, lambda message: None, seconds=seconds, silent=True)

    def run(
        self,
        source: str,
        on_output: Callable[[dict[str, Any]], None],
        seconds: float | None = None,
        silent: bool = False,
    ) -> CellRun:
        """Run one cell. `on_output` gets each output message (within the limits), in order."""
        assert self._client is not None and self._watch is not None
        started = time.monotonic()
        run = CellRun()
        allowed = self.limits.cell_seconds if seconds is None else seconds
        allowed = min(allowed, self._seconds_left)
        self._watch.begin_cell(allowed)
        try:
            parent = self._client.execute(source, silent=silent, store_history=not silent, allow_stdin=False)
            conversation = Conversation(self._client, parent, on_output, self.limits, run)
            if not conversation.follow(started + allowed, self._trouble):
                self._stop(conversation, run, allowed)
        except (zmq.ZMQError, OSError) as error:
            run.status, run.died, run.reason = "dead", True, f"The connection to the kernel broke: {error}."
        run.reason = run.reason or self._what_was_lost(run)
        if run.error and not run.reason:
            run.reason = sentence_of_error(*run.error, self.limits)
        run.seconds = time.monotonic() - started
        self._seconds_left -= run.seconds
        return run

    def _what_was_lost(self, run: CellRun) -> str:
        """A message that is too large ends its connection, unread; the next one is made by itself."""
        assert self._lost is not None
        is_lost = False
        while not run.died and self._lost.poll(0):
            self._lost.recv_multipart()
            is_lost = True
        most = self.limits.message_bytes // 2**20
        return f"This cell sent more than {most} MiB at once; that was not read." if is_lost else ""

    @property
    def is_out_of_time(self) -> bool:
        """Has the notebook used up all of its time?"""
        return self._seconds_left <= 0

    def _trouble(self, is_quiet: bool) -> str:
        """Why the cell cannot go on, as a sentence; empty where it can. is_quiet: no message waits to be read."""
        assert self._watch is not None
        if sentence := self._watch.look():
            return sentence
        if not is_quiet or self.is_alive:
            return ""
        how = self._provisioner.how_it_ended() if self._provisioner else ""
        if how.endswith("SIGXCPU"):
            return "The kernel died while this cell ran: the notebook used up its processor time."
        return f"The kernel died while this cell ran ({how or 'it was ended'})."

    def _stop(self, conversation: Conversation, run: CellRun, allowed: float) -> None:
        """The cell did not end by itself: the kernel died, it reached a limit, or its time is up."""
        assert self._manager is not None
        if conversation.trouble:
            run.status, run.died, run.reason = "dead", True, conversation.trouble
            return
        run.reason = f"This cell was stopped: it ran for longer than {allowed:.0f} s."
        if allowed < self.limits.cell_seconds:
            run.reason = f"This cell was stopped: the notebook's {self.limits.notebook_seconds:.0f} s were used up."
        with contextlib.suppress(Exception):
            self._manager.interrupt_kernel()
        ended = conversation.follow(time.monotonic() + self.limits.interrupt_seconds, self._trouble)
        run.status = "timeout"
        if not ended:
            run.died = True
            run.reason += " It did not react to an interrupt, so its kernel was killed."
