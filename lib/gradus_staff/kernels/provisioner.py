"""How a student's kernel is started: kernel provisioners of the Jupyter client, in a sandbox and without one.

They are registered in this process when the module is imported, so that no entry point need be installed.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
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
from gradus_staff.kernels.limits import Limits
from gradus_staff.kernels.sandbox import Sandbox
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
            "brought": [],
            "work": str(workplace.work),
            "channel": -1,
            "shown": [],
            "sockets": {},
        }
        order_file = _write_order(workplace, order)
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

    def how_it_ended(self) -> str:
        """Why the process is gone, as far as the system says; a clause, or empty while it runs."""
        code = self.process.poll() if self.process else None
        if code is None:
            return ""
        number = -code if code < 0 else code - 128 if code > 128 else 0
        with contextlib.suppress(ValueError):
            if number:
                return f"it was ended by {signal.Signals(number).name}"
        return f"it exited with code {code}"


class SandboxProvisioner(BareProvisioner):
    """A kernel in a sandbox. Its sockets are bound out here and inherited: nothing of ours can be written in there."""

    _folders: list[int]

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        plan = self._plan
        assert plan.sandbox is not None
        self._folders = []
        with ExitStack() as open_files:
            ours, theirs = socket.socketpair()
            open_files.callback(theirs.close)
            sockets = self._listen(open_files)
            order = {
                "library": places.LIBRARY,
                "connection": places.CONNECTION,
                "limits": plan.limits.of_process(is_sandboxed=True),
                "brought": [[f"{places.BROUGHT}/work", places.WORK], [f"{places.BROUGHT}/home", places.HOME]],
                "work": places.WORK,
                "channel": theirs.fileno(),
                "shown": plan.sandbox.written,
                "sockets": sockets,
            }
            environment = plan.workplace.environment(plan.environment, Path(places.HOME), Path(places.SPACE))
            data, named = places.data_folders()
            environment |= {"PATH": f"{sys.prefix}/bin:/usr/bin:/bin", "GRADUS_OFFLINE": "1", **named}
            connection = Path(self._kernel_manager.connection_file)
            connection.chmod(0o644)  # who runs in the sandbox is not us; the folder around the file is closed
            mounts = {
                **data,
                places.LIBRARY: students_library(),
                places.CONNECTION: connection,
                places.ORDER: _write_order(plan.workplace, order),
                f"{places.BROUGHT}/work": plan.workplace.work,
                f"{places.BROUGHT}/home": plan.workplace.home,
            }
            inner = [plan.python, "-I", f"{places.LIBRARY}/launch.py", places.ORDER]
            command, handles = plan.sandbox.command(inner, mounts, environment, open_files)
            kwargs["pass_fds"] = [*handles, theirs.fileno(), *sockets.values()]
            kwargs["cwd"], kwargs["env"] = "/", {"PATH": os.environ.get("PATH", os.defpath)}
            self._channel = ours
            return await LocalProvisioner.launch_kernel(self, command, **kwargs)

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

    async def cleanup(self, restart: bool = False) -> None:
        """Called when the kernel has ended; its files go with the handles."""
        for handle in self.folders:
            os.close(handle)
        self._folders = []
        self._channel.close()
        await super().cleanup(restart)


def _write_order(workplace: Workplace, order: dict[str, Any]) -> Path:
    path = workplace.run / "order.json"
    path.write_text(json.dumps(order), encoding="utf-8")
    return path


def _register() -> None:
    provisioners = KernelProvisionerFactory.instance().provisioners
    for name, kind in (("gradus-sandbox", SandboxProvisioner), ("gradus-bare", BareProvisioner)):
        provisioners[name] = EntryPoint(name, f"{__name__}:{kind.__name__}", KernelProvisionerFactory.GROUP_NAME)


_register()
