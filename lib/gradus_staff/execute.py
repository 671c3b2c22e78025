"""The nbgrader step that runs a notebook and judges its answers; named in nbgrader_config.py.

The student's kernel gets inputs and says what its functions returned; the verdict is computed here. Notebooks that
were not written for Gradus are run by nbgrader's own step.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute as NbgraderExecute
from traitlets import Dict, Enum, Float, Integer, List, Unicode

from gradus_staff.blueprint import load_blueprint
from gradus_staff.kernels.limits import Limits
from gradus_staff.kernels.sandbox import Sandbox, why_no_sandbox
from gradus_staff.notebook_run import NotebookRun
from gradus_staff.student import student_of

__all__ = ["Execute", "SandboxError", "require_sandbox"]

_WIDGET_MIME = "application/vnd.jupyter.widget-view+json"


class SandboxError(RuntimeError):
    """A sandbox is wanted, and there is none; the message says what to do."""


def require_sandbox() -> None:
    """Raise SandboxError where no sandbox can be made on this machine."""
    if why := why_no_sandbox():
        raise SandboxError(
            f"submissions are graded in a sandbox, but {why}. Install bubblewrap, or, if you trust every submission, "
            'say `gradus grade --sandbox none` or set c.Execute.sandbox = "none" in nbgrader_config.py'
        )


class Execute(NbgraderExecute):
    """Run a submission's cells in a kernel of its own and judge the answers outside it."""

    assignment_timeouts = Dict(
        value_trait=Integer(),
        key_trait=Unicode(),
        help="Seconds a cell may take, by assignment, where that differs from `timeout`.",
    ).tag(config=True)
    max_replays = Integer(3, help="How often a notebook gets a new kernel after one has died.").tag(config=True)
    declared_files = Dict(
        help=dedent(
            """
            By assignment, the names of further files of a submission that travel with it into the kernel's
            working folder. Files of the assignment's source folder travel anyhow; others stay outside.
            """
        )
    ).tag(config=True)
    sandbox = Enum(
        ["bubblewrap", "none"],
        "bubblewrap",
        help=dedent(
            """
            What keeps a submission's code from the machine. "none" lets it read and write whatever you can, the
            gradebook among it: only for code that you trust, or in a virtual machine of its own.
            """
        ),
    ).tag(config=True)
    readable_folders = List(Unicode(), help="Further folders that kernels in the sandbox may read.").tag(config=True)
    notebook_seconds = Integer(900, help="Seconds that all cells of a notebook may take together.").tag(config=True)
    memory_mib = Integer(2048, help="Memory of a kernel and all that it starts, in MiB.").tag(config=True)
    cores = Float(2.0, help="How many cores a kernel may keep busy for as long as a cell may take.").tag(config=True)
    processes = Integer(128, help="Processes and threads of a kernel.").tag(config=True)
    file_mib = Integer(64, help="The largest file that a kernel may write, in MiB.").tag(config=True)
    disk_mib = Integer(256, help="All that a kernel may write, in MiB (in the sandbox).").tag(config=True)
    output_mib = Integer(2, help="Output of a cell that is kept, in MiB.").tag(config=True)
    outputs = Integer(500, help="Pieces of output of a cell that are kept.").tag(config=True)
    kept_files = Integer(100, help="Files that come back from a kernel's working folder.").tag(config=True)
    kept_mib = Integer(32, help="Size of all files that come back, in MiB.").tag(config=True)
    scale = Unicode("grading", help="The scale (gradus.scale) at which experiments run when graded.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any, km: Any = None) -> tuple[NotebookNode, Any]:
        ids = resources["nbgrader"]
        blueprint = load_blueprint(ids["db_url"], ids["assignment"], ids["notebook"])
        if not blueprint.is_gradus:
            return super().preprocess(nb, resources, km)
        box = self.box(Path.cwd())
        NotebookClient.__init__(self, nb)  # as nbconvert does; it collects the outputs
        self.reset_execution_trackers()
        self.resources = resources
        mended = nb.metadata.pop("gradus", {})
        reader = student_of(blueprint, ids["student"], ids["db_url"], Path.cwd())
        NotebookRun(self, nb, blueprint, reader, resources["metadata"]["path"], mended, box).run()
        return nb, resources

    def limits(self, assignment: str) -> Limits:
        """The limits of one cell of an assignment."""
        return Limits(
            cell_seconds=float(self.assignment_timeouts.get(assignment) or self.timeout or 30),
            notebook_seconds=float(self.notebook_seconds),
            output_bytes=self.output_mib * 2**20,
            outputs=self.outputs,
            memory_mib=self.memory_mib,
            cores=self.cores,
            processes=self.processes,
            file_mib=self.file_mib,
            disk_mib=self.disk_mib,
        )

    def box(self, course: Path) -> Sandbox | None:
        """The sandbox for a kernel, or None where none is wanted. SandboxError where it is wanted and cannot be had."""
        if self.sandbox == "none":
            return None
        require_sandbox()
        return Sandbox(self.limits(""), tuple(map(Path, self.readable_folders)), (course,))

    def collect(self, cell: NotebookNode, index: int) -> Callable[[dict[str, Any]], None]:
        """A function that turns output messages into a cell's outputs, as nbclient does."""

        def on_output(message: dict[str, Any]) -> None:
            data = message["content"].get("data")
            if isinstance(data, dict):
                data.pop(_WIDGET_MIME, None)  # names an object that is gone; the widget's own HTML stays
            try:
                self.process_message(message, cell, index)
            except CellExecutionComplete:
                pass
            except Exception:  # a hostile kernel can send anything
                self.log.warning("An output of cell %d could not be read; it was left out.", index)

        return on_output
