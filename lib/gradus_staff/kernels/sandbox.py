"""The sandbox: what of the machine a student's kernel sees, and the bubblewrap command that makes it so.

It sees the system's programs, the Python environment, the students' library and the data, all read-only, and has one
file system of limited size for everything that it writes. There is no network, no course, no other process.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from gradus_staff.kernels.limits import Limits
from gradus_staff.kernels.seccomp import has_filter, seccomp_filter

__all__ = [
    "BROUGHT", "HOME", "SPACE", "STUDENT", "WORK", "Sandbox", "data_folders", "namespaces_of", "why_no_sandbox",
]  # fmt: skip

BROUGHT, DATA, CACHE = (f"/gradus/{name}" for name in ("brought", "data", "cache"))
SPACE, WORK, HOME = "/tmp", "/tmp/work", "/tmp/home"
"""The one place that can be written, and the working folder and HOME in it."""

_SHARED_MEMORY = "/dev/shm"
STUDENT = 1000
"""The user that students' code is in the sandbox."""

_STRANGER = 1_194_459_136
"""The user that a kernel belongs to where the grader is root: nobody else's, so that its limits count it alone."""

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")
_SETTINGS = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime", "timezone", "fonts")
_USERS = {
    "passwd": f"student:x:{STUDENT}:{STUDENT}:student:{HOME}:/bin/sh\n",
    "group": f"student:x:{STUDENT}:\n",
}


@dataclass(frozen=True)
class Sandbox:
    """One kind of sandbox.

    readable  further folders that kernels may read        hidden  folders that they must not see, wherever they lie
    """

    limits: Limits
    readable: tuple[Path, ...] = ()
    hidden: tuple[Path, ...] = field(default_factory=tuple)

    def command(
        self, inner: Sequence[str], mounts: dict[str, Path], environment: dict[str, str], open_files: ExitStack
    ) -> tuple[list[str], list[int]]:
        """The command that runs `inner` in the sandbox, and the handles that it inherits.

        mounts      {path in the sandbox: file or folder of ours}, read-only
        open_files  closes the handles when the command has started
        """
        options = [*self._namespaces(), *self._file_system(mounts, open_files)]
        for name, value in environment.items():
            options += ["--setenv", name, value]
        filter_ = _handle(open_files, seccomp_filter())
        handles = [filter_]
        last = ["--seccomp", str(filter_)]
        stranger = _stranger()
        bwrap = shutil.which("bwrap") or "bwrap"
        if stranger is None:
            return _run(bwrap, [*options, *_as_student(), *last], inner, handles, open_files)
        # Root sets the file system up, then becomes a user who owns nothing, then that user enters a namespace.
        second, more = _run(bwrap, [*_as_student(), "--dev-bind", "/", "/", *last], inner, handles, open_files)
        become = [_setpriv(), f"--reuid={stranger}", f"--regid={stranger}", "--clear-groups", "--inh-caps=-all"]
        capabilities = ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        return _run(bwrap, [*options, *capabilities], [*become, *second], more, open_files)

    @staticmethod
    def _namespaces() -> list[str]:
        own = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
        return [*own, "--hostname", "gradus", "--new-session", "--die-with-parent", "--clearenv"]

    def _file_system(self, mounts: dict[str, Path], open_files: ExitStack) -> list[str]:
        limits = self.limits
        options = _system()
        readable = {path: Path(path) for path in _environment_folders()}
        readable |= {str(path): path for path in self.readable if path.exists()}
        for path in _hidden_inside(readable.values(), self.hidden):
            readable[str(path)] = Path()
        options += _space(SPACE, limits.disk_mib)  # first: the environment may lie below it
        made: set[str] = {"/", SPACE}
        for target, source in sorted({**readable, **mounts}.items()):
            options += _parents(target, made)
            if source == Path():
                options += ["--perms", "0755", "--size", "4096", "--tmpfs", target, "--remount-ro", target]
            else:
                options += ["--ro-bind", str(source), target]
        for name, text in _USERS.items():
            handle = str(_handle(open_files, text.encode()))
            options += ["--perms", "0644", "--ro-bind-data", handle, f"/etc/{name}"]
        options += ["--proc", "/proc", "--dev", "/dev", "--dev-bind", "/dev/null", "/dev/zero"]
        options += _space(_SHARED_MEMORY, limits.shared_memory_mib)
        return [*options, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", SPACE]

    @property
    def written(self) -> list[str]:
        """The file systems in the sandbox that can be written."""
        return [SPACE, _SHARED_MEMORY]


def namespaces_of(pid: int) -> int:
    """Which of our namespaces a process in a sandbox does not share, as flags of setns (2)."""
    flags = {
        "user": 0x10000000, "mnt": 0x00020000, "pid": 0x20000000, "net": 0x40000000, "ipc": 0x08000000,
        "uts": 0x04000000, "cgroup": 0x02000000,
    }  # fmt: skip

    def differs(name: str) -> bool:
        return os.stat(f"/proc/{pid}/ns/{name}").st_ino != os.stat(f"/proc/self/ns/{name}").st_ino

    return sum(flag for name, flag in flags.items() if differs(name))


def _system() -> list[str]:
    options = []
    for path in map(Path, _SYSTEM):
        if path.is_symlink():
            options += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            options += ["--ro-bind", str(path), str(path)]
    options += ["--perms", "0755", "--dir", "/etc"]
    for name in _SETTINGS:
        options += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return options


@lru_cache(maxsize=1)
def _environment_folders() -> tuple[str, ...]:
    """Where Python and its packages lie, unless the system's folders hold them already."""
    named = [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix]
    folders = {*named, *(os.path.realpath(name) for name in named)}
    return tuple(
        sorted(folder for folder in folders if not folder.startswith(("/usr/", "/nix/store/")) and folder != "/usr")
    )


def data_folders() -> tuple[dict[str, Path], dict[str, str]]:
    """The grader's data and its cache of them: what to mount where, and the variables that name the places."""
    from gradus.data.places import cache_folder, named_folder  # here, because it imports PyTorch

    mounts, named = {}, {}
    for name, folder, place in (("GRADUS_DATA", named_folder(), DATA), ("GRADUS_CACHE", cache_folder(), CACHE)):
        if folder is not None and folder.is_dir():
            mounts[place], named[name] = folder.resolve(), place
    return mounts, named


def _hidden_inside(shown: Iterable[Path], hidden: Iterable[Path]) -> list[Path]:
    """Those of the hidden folders that lie in a shown one. The staff's package is always hidden."""
    package = importlib.util.find_spec("gradus_" + "staff")
    own = [Path(place) for place in (package.submodule_search_locations or [])] if package else []
    shown = [Path("/usr"), *shown]
    return [path for path in (*own, *hidden) if any(path != folder and path.is_relative_to(folder) for folder in shown)]


def _parents(target: str, made: set[str]) -> list[str]:
    """Make the folders above a mount, open for everybody to pass through."""
    options = []
    for parent in reversed(Path(target).parents):
        if str(parent) not in made and not str(parent).startswith(_SYSTEM):
            options += ["--perms", "0755", "--dir", str(parent)]
            made.add(str(parent))
    return options


def _space(target: str, mib: int) -> list[str]:
    return ["--perms", "1777", "--size", str(mib * 2**20), "--tmpfs", target]


def _as_student() -> list[str]:
    student = ["--unshare-user", "--uid", str(STUDENT), "--gid", str(STUDENT)]
    return [*student, "--die-with-parent"]


def _run(
    program: str, options: list[str], inner: Sequence[str], handles: list[int], open_files: ExitStack
) -> tuple[list[str], list[int]]:
    """bubblewrap's options travel through a handle: its command line can be read by what runs inside."""
    handle = _handle(open_files, b"".join(option.encode() + b"\0" for option in options))
    numbers = {int(value) for name, value in pairwise(options) if name == "--ro-bind-data"}
    return [program, "--args", str(handle), "--", *inner], [*handles, handle, *numbers]


def _handle(open_files: ExitStack, content: bytes) -> int:
    """An open, nameless file with this content."""
    handle = os.memfd_create("gradus")
    open_files.callback(os.close, handle)
    os.write(handle, content)
    os.lseek(handle, 0, os.SEEK_SET)
    return handle


def _stranger() -> int | None:
    """The user to become where we are root; None for an ordinary user, and for a root who has no other users."""
    if os.geteuid() != 0:
        return None
    rows = [tuple(map(int, line.split())) for line in Path("/proc/self/uid_map").read_text().splitlines()]
    if any(first <= _STRANGER < first + count for first, _, count in rows):
        return _STRANGER
    highest = max(first + count - 1 for first, _, count in rows)
    return highest if highest > 0 else None


def _setpriv() -> str:
    return shutil.which("setpriv") or "setpriv"


@lru_cache(maxsize=1)
def why_no_sandbox() -> str:
    """Why no sandbox can be made on this machine, as one clause; empty where one can."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        return "bubblewrap (the program bwrap) is not installed"
    if _stranger() is not None and shutil.which("setpriv") is None:
        return "setpriv (of util-linux) is not installed, and the grader runs as root"
    if not has_filter():
        return "there is no filter of system calls for this processor"
    about = subprocess.run([bwrap, "--help"], capture_output=True, text=True, timeout=20, check=False)
    if "--size" not in about.stdout + about.stderr:
        return "bubblewrap is too old; 0.7 or newer is needed"
    with ExitStack() as open_files:
        probe = [sys.executable, "-I", "-S", "-c", ""]
        command, handles = Sandbox(Limits()).command(probe, {}, {}, open_files)
        ran = subprocess.run(command, pass_fds=handles, capture_output=True, text=True, timeout=60, check=False)
    if ran.returncode:
        said = (ran.stderr.strip().splitlines() or ["without a word"])[-1]
        return f"bubblewrap does not work here ({said})"
    return ""
