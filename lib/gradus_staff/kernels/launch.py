"""Becomes a student's kernel: the first code that its process runs, whether it was started anew or forked.

Copied beside the students' library and run with `python -I`, so that neither the environment nor the working folder
can name modules. It lowers the limits and takes the staff's package off the path before anything of the student's is
there. It stands alone: in the sandbox there is nothing else of the staff's.
"""

import json
import os
import resource
import shutil
import socket
import sys


def main(order_file: str) -> None:
    """Run a kernel without a sandbox, as the order says; `BareProvisioner` writes it.

    library  the folder that holds the package `gradus`        connection  the Jupyter client's file
    limits   {name in the module `resource`: most}             work        the working folder
    """
    with open(order_file, encoding="utf-8") as file:
        order = json.load(file)
    keep_limits(order["limits"])
    close_others(set())
    os.chdir(order["work"])
    silence()
    set_path(order["library"])
    sys.path.append(order["work"])
    run_kernel(order["connection"], {})


def keep_limits(limits: dict) -> None:
    """Lower the limits of this process and of all that it will start; what is lower already stays."""
    for name, most in limits.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (lowest, lowest))
        except (OSError, ValueError):  # some systems know a limit by name only
            continue


def close_others(wanted: set) -> None:
    """Close what was inherited besides the standard streams; some of it could be written without a limit."""
    for name in os.listdir("/dev/fd"):
        handle = int(name)
        if handle > 2 and handle not in wanted:
            try:
                os.close(handle)
            except OSError:  # the list itself
                continue


def bring(folders: list) -> None:
    """Copy folders: [[from where, to where], ...]."""
    for source, target in folders:
        shutil.copytree(source, target, dirs_exist_ok=True, copy_function=shutil.copyfile)


def show_folders(folders: list, channel: int) -> None:
    """Give the grader handles of the folders in here, to see how full they are and to fetch what was written."""
    handles = [os.open(folder, os.O_RDONLY | os.O_DIRECTORY) for folder in folders]
    with socket.socket(fileno=channel) as connection:
        socket.send_fds(connection, [b"folders"], handles)
    for handle in handles:
        os.close(handle)


def silence() -> None:
    """The grader's pipe for start-up errors ends here; what the student prints goes through the kernel's messages."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nothing, handle)
    os.close(nothing)


def set_path(library: str) -> None:
    """The students' library first, and nothing of the staff's.

    The working folder is to come last: a submission's files can be imported, and hide nothing.
    """
    staff = "gradus_" + "staff"
    sys.path[:] = [path for path in sys.path if not os.path.isdir(os.path.join(path, staff))]
    sys.path.insert(0, library)


def run_kernel(connection_file: str, sockets: dict) -> None:
    """An IPython kernel. sockets: {port: listening socket that the grader has bound}; without, it binds its own."""
    import zmq
    from ipykernel.heartbeat import Heartbeat
    from ipykernel.kernelapp import IPKernelApp

    class App(IPKernelApp):
        def _try_bind_socket(self, s, port):
            if port in sockets:
                s.setsockopt(zmq.USE_FD, sockets[port])
            return super()._try_bind_socket(s, port)

    bind = Heartbeat._try_bind_socket

    def bind_heartbeat(self):
        if self.port in sockets:
            self.socket.setsockopt(zmq.USE_FD, sockets[self.port])
        return bind(self)

    Heartbeat._try_bind_socket = bind_heartbeat  # type: ignore[method-assign]  # ipykernel has no other way in
    arguments = [
        "-f", connection_file,
        "--HistoryManager.enabled=False",
        "--InteractiveShellApp.ignore_cwd=True",
        "--IPKernelApp.capture_fd_output=True",
    ]  # fmt: skip
    App.launch_instance(arguments)


if __name__ == "__main__":
    main(sys.argv[1])
