"""The messages of one cell's execution, and what became of the cell."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import zmq
from jupyter_client.blocking import BlockingKernelClient

from gradus.probe import BUNDLE_MIME
from gradus_staff.kernels.limits import Limits

__all__ = ["CellRun", "Conversation"]


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


class Conversation:
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

    def is_heard(self, seconds: float) -> bool:
        """Does the kernel publish anything about this request within so many seconds?"""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._is_idle:
            if self._iopub in dict(self._poller.poll(int(1000 * seconds))):
                self._read_iopub()
            if self._shell in dict(self._poller.poll(0)):
                self._read_shell()
        return self._is_idle

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
