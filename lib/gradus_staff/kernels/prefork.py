"""Imports what notebooks import, once, and forks a kernel for each submission into a sandbox of its own.

Copied beside the students' library and run with `python -I`, outside of any sandbox and without any of the students'
code: each fork first enters the sandbox that the grader has made for it, then gives all its rights away, looks whether
they are gone, and only then becomes a kernel. It holds nothing that students must not see. It stands alone.
"""

import array
import ctypes
import gc
import importlib
import io
import json
import os
import random
import select
import signal
import socket
import sys
import tempfile

_LIBRARY = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, _LIBRARY)

import launch  # noqa: E402 -- lies beside this file

sys.path.remove(_LIBRARY)

_MODULES = (
    "torch", "torch.nn.functional", "torch.optim", "torch.utils.data", "numpy", "matplotlib.pyplot",
    "ipykernel.kernelapp", "ipykernel.debugger", "debugpy.server", "matplotlib_inline.backend_inline",
    "matplotlib_inline.config", "IPython.core.pylabtools", "IPython.core.completerlib", "IPython.core.oinspect",
    "IPython.core.debugger", "IPython.extensions.storemagic", "tornado.platform.asyncio", "tornado.queues",
    "encodings.idna", "encodings.ascii", "encodings.latin_1", "faulthandler", "comm", "anywidget", "ipywidgets",
    "stack_data", "executing.executing", "asttokens", "pure_eval", "pygments.formatters.terminal256",
    "pygments.formatters.html", "pygments.lexers.python", "pygments.styles.default",  # for tracebacks
    "torch._subclasses.schema_check_mode", "torch.fx.experimental.symbolic_shapes", "zmq.utils.garbage", "sympy",
    "gradus.autograd_watch", "gradus.check", "gradus.judging.figures", "gradus.probe", "gradus.questions",
    "gradus.scale", "gradus.training", "gradus.widgets",
)  # fmt: skip
"""Imported before the first fork, as far as they are there."""

_MOST_HANDLES = 32
_SET_DUMPABLE, _SET_SECCOMP, _CAPBSET_DROP, _SET_NO_NEW_PRIVS = 4, 22, 24, 38
_FILTER = 2
_CAPABILITIES_VERSION = 0x20080522


def main(listening: int, life: int) -> None:
    """Serve graders at the listening socket until the socket `life` is closed, by whoever started this.

    Each order is a JSON object and, beside it, open handles:

    handles     names of the handles, in order: "holder" (a process in the sandbox, as a pidfd), "status", "channel"
                (see launch.show_folders), "said" (where errors go before the kernel runs), and port numbers
                (listening sockets)
    namespaces  which of the holder's to enter (flags of setns)       user        the user to become in there
    limits, brought, work, shown  see launch                          filter      of system calls, in hexadecimal
    environment all that the kernel finds in its environment          connection  what the Jupyter client's file says
    """
    launch.set_path(_LIBRARY)
    for name in _MODULES:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    _draw_once()
    gc.collect()
    gc.freeze()  # the collector's marks would copy every page in every fork
    door = socket.socket(fileno=listening)
    graders: dict = {}
    while True:
        ready, _, _ = select.select([life, door, *graders], [], [])
        if life in ready:
            return
        if door in ready:
            grader, _ = door.accept()
            graders[grader.fileno()] = grader
        for handle in set(ready) & set(graders):
            if not _serve(graders[handle]):
                graders.pop(handle).close()
        _reap()


def _draw_once() -> None:
    """What matplotlib learns at its first picture (fonts, formulas, a canvas) costs every later one nothing."""
    if "matplotlib.pyplot" in sys.modules:
        figure_ = importlib.import_module("matplotlib.figure").Figure()
        axes = figure_.subplots()
        axes.plot([0, 1], label="$x^2$")
        axes.set_title("0")
        axes.legend()
        figure_.savefig(io.BytesIO(), format="png")


_order = bytearray(2**20)
"""The order that is being read; wiped afterwards, so that later forks do not inherit other students' names."""


def _serve(grader: socket.socket) -> bool:
    """Carry out one order. False where the grader is gone."""
    handles = array.array("i")
    room = socket.CMSG_SPACE(_MOST_HANDLES * handles.itemsize)
    try:
        size, extra, _, _ = grader.recvmsg_into([_order], room)
    except OSError:
        return False
    for level, kind, data in extra:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            handles.frombytes(data[: len(data) - len(data) % handles.itemsize])
    if size and os.fork() == 0:
        _keep(json.loads(_order[:size]), list(handles))
    for one in handles:
        os.close(one)
    _order[:size] = bytes(size)
    return size > 0


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _keep(order: dict, handles: list) -> None:
    """Enter the sandbox, fork the kernel there, and tell the grader its number and, later, how it ended."""
    named = dict(zip(order["handles"], handles, strict=True))
    status = socket.socket(fileno=named.pop("status"))
    try:
        os.setsid()
        launch.close_others({status.fileno(), *named.values()})
        if os.geteuid() == 0:
            os.setgroups([])
        _call("setns", named["holder"], order["namespaces"])
        kernel = os.fork()
        if kernel == 0:
            status.close()
            _become_kernel(order, named)
        for handle in named.values():
            os.close(handle)
        status.send(json.dumps({"pid": kernel}).encode())
        code = os.waitstatus_to_exitcode(os.waitpid(kernel, 0)[1])
        status.send(json.dumps({"code": code}).encode())
    except Exception as error:
        status.send(json.dumps({"error": f"{type(error).__name__}: {error}"}).encode())
    finally:
        os._exit(0)


def _become_kernel(order: dict, handles: dict) -> None:
    """In the sandbox, with all rights over it: give them away, then run a kernel. Never returns."""
    try:
        os.setsid()
        os.close(handles.pop("holder"))
        os.dup2(handles["said"], 2)
        os.close(handles.pop("said"))
        launch.keep_limits(order["limits"])
        _give_rights_away(order["user"], bytes.fromhex(order["filter"]))
        _start_afresh(order["environment"])
        os.chdir("/")
        launch.bring(order["brought"])
        launch.show_folders(order["shown"], handles.pop("channel"))
        os.makedirs(order["work"], exist_ok=True)
        os.chdir(order["work"])
        sys.path.append(order["work"])
        file = os.path.join(os.environ["HOME"], "connection.json")
        with open(file, "w", encoding="utf-8") as connection:
            json.dump(order["connection"], connection)
        launch.silence()
        launch.run_kernel(file, {int(port): handle for port, handle in handles.items()})
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 0)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(70)
    finally:
        os._exit(0)


def _give_rights_away(user: int, seccomp: bytes) -> None:
    """Become a user without capabilities who can never gain any, under a filter of system calls. Verified."""
    capability = 0
    while _libc.prctl(_CAPBSET_DROP, capability, 0, 0, 0) == 0:
        capability += 1
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    header, nothing = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION, 0), (ctypes.c_uint32 * 6)()
    _call("capset", ctypes.byref(header), ctypes.byref(nothing))
    _call("prctl", _SET_DUMPABLE, 1, 0, 0, 0)  # else its own /proc/self would be closed to it
    _call("prctl", _SET_NO_NEW_PRIVS, 1, 0, 0, 0)

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]

    program = Program(len(seccomp) // 8, seccomp)
    _call("prctl", _SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)
    with open("/proc/self/status", encoding="ascii") as file:
        found = dict(line.split(":\t", 1) for line in file.read().splitlines())
    left = [name for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb") if int(found[name], 16)]
    if left or {*os.getresuid(), *os.getresgid()} != {user} or (found["Seccomp"], found["NoNewPrivs"]) != ("2", "1"):
        raise PermissionError(f"the rights were not given away ({left})")


def _start_afresh(environment: dict) -> None:
    """What a new process has of its own: environment, random numbers, places for temporary files and caches."""
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    random.seed()
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_, signal.default_int_handler if signal_ == signal.SIGINT else signal.SIG_DFL)
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    if torch := sys.modules.get("torch"):
        torch.default_generator.seed()
    if matplotlib := sys.modules.get("matplotlib"):
        folder = environment["MPLCONFIGDIR"]
        os.makedirs(folder, exist_ok=True)
        for name in ("get_configdir", "get_cachedir"):  # they remember the server's
            setattr(matplotlib, name, lambda: folder)


_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> None:
    if getattr(_libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
