"""Starts a student's kernel: the first code that its process runs.

Copied beside the students' library and run with `python -I`, so that neither the environment nor the working folder
can name modules. It takes the staff's package off the path before anything of the student's is there.
"""

import os
import sys


def main(library: str, connection_file: str) -> None:
    """Run a kernel. library: the folder that holds the package `gradus`; connection_file: from the Jupyter client."""
    staff = "gradus_" + "staff"
    sys.path[:] = [path for path in sys.path if not os.path.isdir(os.path.join(path, staff))]
    sys.path.insert(0, library)
    sys.path.append(os.getcwd())  # last: files that travel with a submission can be imported, but shadow nothing
    from ipykernel.kernelapp import launch_new_instance

    sys.argv = [
        "kernel", "-f", connection_file,
        "--HistoryManager.enabled=False",
        "--InteractiveShellApp.ignore_cwd=True",
        "--IPKernelApp.capture_fd_output=True",
    ]  # fmt: skip
    launch_new_instance()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
