"""How a student's kernel is started: kernel provisioners of the Jupyter client, in a sandbox and without one.

They are registered in this process when the module is imported, so that no entry point need be installed.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from gradus_staff.kernels import sandbox as places
from gradus_staff.kernels.fork_server import fork_server
from gradus_staff.kernels.limits import Limits
from gradus_staff.kernels.sandbox import Sandbox
from gradus_staff.kernels.seccomp import seccomp_filter
from gradus_staff.kernels.watch import descendants
from gradus_staff.kernels.workplace import Workplace, students_library

__all__ = ["BareProvisioner", "Plan", "SandboxProvisioner"]


@dataclass(frozen=True)
class Plan:
    """What a provisioner needs to know of one kernel; `Session` hands it to `start_kernel` as `plan`.

    sandbox  None: none
    """

    workplace: Workplace
    python: str
    limits: Limits
    environment: dict[str, str]
    sandbox: Sandbox | None = None


class BareProvisioner(LocalProvisioner):
    """A kernel in the workplace's folders, with the limits that the system keeps, and no sandbox."""

    _plan: Plan

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Called before each start of the kernel, when its connection file has been written."""
        self._plan = kwargs.pop("plan")
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Called with what pre_launch returned; starts the process."""
        workplace = self._plan.workplace
        order = {
            "library": str(students_library()),
            "connection": self._kernel_manager.connection_file,
            "limits": self._plan.limits.of_process(is_sandboxed=False),
            "work": str(workplace.work),
        }
        order_file = workplace.run / "order.json"
        order_file.write_text(json.dumps(order), encoding="utf-8")
        kwargs["env"] = workplace.environment(self._plan.environment)
        kwargs["cwd"] = str(workplace.work)
        command = [self._plan.python, "-I", str(students_library() / "launch.py"), str(order_file)]
        return await super().launch_kernel(command, **kwargs)

    @property
    def _kernel_manager(self) -> KernelManager:
        assert isinstance(self.parent, KernelManager)
        return self.parent

    @property
    def folders(self) -> list[int]:
        """Handles of the folders that the kernel writes, where it has a file system of its own; the first holds all."""
        return []

    @property
    def pids(self) -> list[int]:
        """The processes from which everything of this kernel descends."""
        return [self.pid] if self.pid is not None else []

    async def kill(self, restart: bool = False) -> None:
        """Called to end the kernel at once. The process is gone when this returns: what waits for it looks seldom."""
        await super().kill(restart)
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self.process:
                self.process.wait(10)

    def _exit_code(self) -> int | None:
        return self.process.poll() if self.process else None

    def how_it_ended(self) -> str:
        """Why the kernel is gone, as far as the system says; a clause, or empty while it runs."""
        code = self._exit_code()
        if code is None:
            return ""
        number = -code if code < 0 else code - 128 if code > 128 else 0
        with contextlib.suppress(ValueError):
            if number:
                return f"it was ended by {signal.Signals(number).name}"
        return f"it exited with code {code}"


class SandboxProvisioner(BareProvisioner):
    """A kernel in a sandbox, forked by a process that has imported everything.

    bubblewrap makes the sandbox around a program that only waits; the fork enters it. The kernel's sockets are bound
    out here and inherited: nothing of ours can be written in there. When bubblewrap ends, so does all that is inside.
    """

    _folders: list[int]

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        plan = self._plan
        assert plan.sandbox is not None
        self._folders, self._pid_inside, self._code = [], None, None
        with ExitStack() as open_files:
            fork_server().warm_up()  # its imports and the sandbox are made at the same time
            said = kwargs["stderr"]
            holder = await self._make_sandbox(plan.sandbox, kwargs, open_files)
            self._status, status = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            self._channel, channel = socket.socketpair()
            handles = {"holder": holder, "status": status.fileno(), "channel": channel.fileno(), "said": said.fileno()}
            open_files.callback(status.close)
            open_files.callback(channel.close)
            handles |= {str(port): handle for port, handle in self._listen(open_files).items()}
            connection = json.loads(Path(self._kernel_manager.connection_file).read_text(encoding="utf-8"))
            environment = plan.workplace.environment(plan.environment, Path(places.HOME), Path(places.SPACE))
            environment |= {
                "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
                "GRADUS_OFFLINE": "1",
                **places.data_folders()[1],
            }
            order = {
                "namespaces": self._namespaces,
                "user": places.STUDENT,
                "filter": seccomp_filter().hex(),
                "limits": plan.limits.of_process(is_sandboxed=True),
                "environment": environment,
                "connection": connection,
                "brought": [[f"{places.BROUGHT}/work", places.WORK], [f"{places.BROUGHT}/home", places.HOME]],
                "work": places.WORK,
                "shown": plan.sandbox.written,
            }
            fork_server().order(order, handles)
        self._pid_inside = self._await_fork(plan.limits.startup_seconds)
        return self.connection_info

    async def _make_sandbox(self, sandbox: Sandbox, kwargs: dict[str, Any], open_files: ExitStack) -> int:
        """Start the sandbox. Returns a handle (pidfd) of a process in it."""
        plan = self._plan
        library = students_library()
        mounts = {
            **places.data_folders()[0],
            str(library): library,  # where the fork knows it
            f"{places.BROUGHT}/work": plan.workplace.work,
            f"{places.BROUGHT}/home": plan.workplace.home,
        }
        waiting = ["/bin/sh", "-c", "echo ready; exec sleep infinity"]
        command, inherited = sandbox.command(waiting, mounts, {"PATH": "/usr/bin:/bin"}, open_files)
        kwargs |= {"pass_fds": inherited, "cwd": "/", "env": {"PATH": os.environ.get("PATH", os.defpath)}}
        kwargs["stdout"] = subprocess.PIPE
        self.connection_info = await LocalProvisioner.launch_kernel(self, command, **kwargs)
        assert self.process is not None and self.process.stdout is not None and self.pid is not None
        with self.process.stdout as first_words:
            if not first_words.readline():
                raise OSError("the sandbox could not be made")
        inside = descendants(self.pid)[-1]
        self._namespaces = places.namespaces_of(inside)
        holder = os.pidfd_open(inside)
        open_files.callback(os.close, holder)
        return holder

    def _await_fork(self, seconds: float) -> int:
        self._status.settimeout(seconds)
        try:
            answer = json.loads(self._status.recv(4096) or b"{}")
        except (TimeoutError, ValueError):
            answer = {}
        self._status.setblocking(False)
        if "pid" not in answer:
            raise OSError(answer.get("error", "the process that forks kernels did not answer"))
        return int(answer["pid"])

    def _listen(self, open_files: ExitStack) -> dict[int, int]:
        """Bind the kernel's sockets. Returns port -> handle."""
        manager = self._kernel_manager
        sockets = {}
        for name in ("shell", "iopub", "stdin", "control", "hb"):
            port = getattr(manager, f"{name}_port")
            listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            open_files.callback(listening.close)
            listening.bind(f"{manager.ip}-{port}")
            listening.listen(16)
            sockets[port] = listening.fileno()
        return sockets

    @property
    def folders(self) -> list[int]:
        if not self._folders:
            with self._channel, contextlib.suppress(OSError):
                self._channel.setblocking(False)
                _, self._folders, _, _ = socket.recv_fds(self._channel, 16, 8)
        return self._folders

    @property
    def pids(self) -> list[int]:
        return [*super().pids, *([self._pid_inside] if self._pid_inside is not None else [])]

    async def poll(self) -> int | None:
        """Called to see whether the kernel lives: None where it does, else its exit code."""
        return self._exit_code() if self.process else 0

    def _exit_code(self) -> int | None:
        if self._code is None:
            with contextlib.suppress(OSError, ValueError):
                self._code = json.loads(self._status.recv(4096) or b"{}").get("code")
        return self._code if self._code is not None else super()._exit_code()

    async def cleanup(self, restart: bool = False) -> None:
        """Called when the kernel has ended; its files go with the handles."""
        for handle in self.folders:
            os.close(handle)
        self._folders = []
        self._channel.close()
        self._status.close()
        await super().cleanup(restart)


def _register() -> None:
    provisioners = KernelProvisionerFactory.instance().provisioners
    for name, kind in (("gradus-sandbox", SandboxProvisioner), ("gradus-bare", BareProvisioner)):
        provisioners[name] = EntryPoint(name, f"{__name__}:{kind.__name__}", KernelProvisionerFactory.GROUP_NAME)


_register()
