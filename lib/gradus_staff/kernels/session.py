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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

from gradus.probe import BUNDLE_MIME
from gradus_staff.kernels.harvest import Harvest, bring_back
from gradus_staff.kernels.limits import Limits, sentence_of_error
from gradus_staff.kernels.provisioner import BareProvisioner, Plan
from gradus_staff.kernels.sandbox import Sandbox
from gradus_staff.kernels.watch import Watch
from gradus_staff.kernels.workplace import Workplace

__all__ = ["CellRun", "KernelStartError", "Limits", "Session"]


class KernelStartError(RuntimeError):
    """No kernel came up: the fault of the machine or the installation, not of the student."""


@dataclass
class CellRun:
    """What became of one cell.

    status    "ok", "error", "timeout" or "dead"       error    (name, message) where the cell raised
    died      True where the kernel is gone            reason   one sentence, empty where all went well
    bundles   what `judge` sent, as text               dropped  output bytes beyond the limit
    """

    status: str = "ok"
    error: tuple[str, str] | None = None
    reason: str = ""
    died: bool = False
    bundles: list[str] = field(default_factory=list)
    dropped: int = 0
    seconds: float = 0.0


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
        with tempfile.TemporaryFile() as said:
            try:
                manager.start_kernel(plan=self._plan, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)
                client = BlockingKernelClient(context=context, session=manager.session)
                client.load_connection_info(manager.get_connection_info(session=False))
                client.start_channels(hb=False)
                self._manager, self._client = manager, client
                client.wait_for_ready(timeout=self.limits.startup_seconds)
            except Exception as error:
                self._manager = manager
                self.close()
                said.seek(0)
                lines = said.read(10_000).decode("utf-8", "replace").strip().splitlines()
                reason = f"{error}" + (f" ({lines[-1]})" if lines else "")
                raise KernelStartError(f"the student's kernel did not start: {reason}") from error
        provisioner = self._provisioner
        assert provisioner is not None and provisioner.pid is not None
        self._watch = Watch(provisioner.pid, self.limits, provisioner.folders)

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
            conversation = _Conversation(self._client, parent, on_output, self.limits, run)
            if not conversation.follow(started + allowed, self._trouble):
                self._stop(conversation, run, allowed)
        except (zmq.ZMQError, OSError) as error:
            run.status, run.died, run.reason = "dead", True, f"The connection to the kernel broke: {error}."
        if run.error and not run.reason:
            run.reason = sentence_of_error(*run.error, self.limits)
        run.seconds = time.monotonic() - started
        self._seconds_left -= run.seconds
        return run

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

    def _stop(self, conversation: _Conversation, run: CellRun, allowed: float) -> None:
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


class _Conversation:
    """The messages of one execution."""

    def __init__(
        self,
        client: BlockingKernelClient,
        parent: str,
        on_output: Callable[[dict[str, Any]], None],
        limits: Limits,
        run: CellRun,
    ) -> None:
        self._client, self._parent, self._on_output, self._limits, self._run = client, parent, on_output, limits, run
        self._bytes = self._count = 0
        self._is_idle = self._has_reply = False
        self.trouble = ""
        """Why the cell could not go on, where it could not."""
        self._poller = zmq.Poller()
        self._shell, self._iopub = client.shell_channel.socket, client.iopub_channel.socket
        self._poller.register(self._shell, zmq.POLLIN)
        self._poller.register(self._iopub, zmq.POLLIN)

    def follow(self, until: float, trouble: Callable[[bool], str]) -> bool:
        """Read messages until the cell has ended; False where it has not by `until` (monotonic seconds) or cannot."""
        looked = time.monotonic()
        replied: float | None = None
        while not (self._is_idle and self._has_reply):
            now = time.monotonic()
            if self._has_reply:
                replied = replied or now
                if now > replied + 2.0:  # outputs were lost in a flood; the reply counts
                    return True
            elif now > until:
                return False
            events = dict(self._poller.poll(100))
            if self._iopub in events:
                self._read_iopub()
            if self._shell in events:
                self._read_shell()
            if now - looked > 0.3 and not self._has_reply:
                looked = now
                self.trouble = trouble(not events)
                if self.trouble:
                    return False
        return True

    def _receive(self, socket: Any) -> dict[str, Any] | None:
        """One message, or None for what is not one of ours (wrong signature, wrong parent, not JSON)."""
        frames = socket.recv_multipart(zmq.NOBLOCK)
        try:
            session = self._client.session
            _, parts = session.feed_identities(frames, copy=True)
            message = session.deserialize(parts, content=True, copy=True)
            is_ours = message["parent_header"].get("msg_id") == self._parent
            message["size"] = sum(len(frame) for frame in frames)
        except Exception:  # a hostile kernel can send anything
            return None
        return message if is_ours and isinstance(message.get("content"), dict) else None

    def _read_shell(self) -> None:
        message = self._receive(self._shell)
        if message is None or message["msg_type"] != "execute_reply":
            return
        content = message["content"]
        self._has_reply = True
        if content.get("status") != "ok" and self._run.status == "ok":
            self._run.status = "error"
            name, value = (str(content.get(field_) or "")[:500] for field_ in ("ename", "evalue"))
            self._run.error = (name, value)

    def _read_iopub(self) -> None:
        message = self._receive(self._iopub)
        if message is None:
            return
        kind, content = message["msg_type"], message["content"]
        if kind == "status":
            self._is_idle |= content.get("execution_state") == "idle"
        elif kind == "display_data" and isinstance(content.get("data"), dict) and BUNDLE_MIME in content["data"]:
            self._run.bundles.append(str(content["data"][BUNDLE_MIME]))
        elif kind != "execute_input":
            self._count += 1
            self._bytes += message["size"]
            if self._bytes > self._limits.output_bytes or self._count > self._limits.outputs:
                self._run.dropped += message["size"]
                return
            self._on_output(message)
