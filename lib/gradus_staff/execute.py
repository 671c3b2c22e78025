"""The nbgrader step that runs a notebook and judges its answers; named in nbgrader_config.py.

The student's kernel gets inputs and says what its functions returned; the verdict is computed here. Notebooks that
were not written for Gradus are run by nbgrader's own step.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from nbformat import NotebookNode, v4
from nbgrader.preprocessors import Execute as NbgraderExecute
from nbgrader.utils import find_all_files
from traitlets import Dict, Enum, Float, Integer, List, Unicode

from gradus.judging import Verdict, not_judged
from gradus.question import find_question
from gradus.render import verdict_html
from gradus_staff.answer_key import Case, Key, find_key
from gradus_staff.blueprint import Blueprint, SourceCell, load_blueprint
from gradus_staff.bundle import Asking, BundleError
from gradus_staff.judge import judge
from gradus_staff.kernels.harvest import Harvest
from gradus_staff.kernels.limits import Limits
from gradus_staff.kernels.sandbox import Sandbox, why_no_sandbox
from gradus_staff.kernels.session import CellRun, KernelStartError, Session
from gradus_staff.kernels.workplace import Workplace
from gradus_staff.replay import Replays
from gradus_staff.secret import course_secret, generator
from gradus_staff.student import Student, student_of

__all__ = ["VERDICT_MIME", "Execute", "SandboxError", "require_sandbox"]

VERDICT_MIME = "application/vnd.gradus.verdict+json"
"""The output type under which a verdict stays in the autograded notebook, for reports."""

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
        _Grading(self, nb, blueprint, reader, resources["metadata"]["path"], mended, box).run()
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


class _Grading:
    """One notebook of one student, from first cell to last verdict."""

    def __init__(
        self,
        step: Execute,
        nb: NotebookNode,
        blueprint: Blueprint,
        reader: Student,
        folder: str,
        mended: dict,
        box: Sandbox | None,
    ) -> None:
        self.step, self.nb, self.blueprint, self.box = step, nb, blueprint, box
        self.reader, self.student = reader, reader.name
        self.folder = Path(folder)
        self.notes: dict[str, list[str]] = mended.get("notes", {})
        self.problem: str = mended.get("problem", "")
        self.secret = course_secret(Path.cwd())
        self.limits = step.limits(blueprint.assignment)
        self.cases_of: dict[str, tuple[Key, list[Case]]] = {}
        self.stopped = ""
        """The reason why the last cell that did not end by itself was stopped."""

    def run(self) -> None:
        if not self.problem:
            self._run_cells()
        self._add_missing()

    def _run_cells(self) -> None:
        environment = {"GRADUS_SCALE": self.step.scale, "GRADUS_STUDENT": self.student}
        with Workplace() as workplace:
            workplace.bring(self.folder, self._declared_files())
            try:
                with Session(workplace, sys.executable, self.limits, environment, self.box) as session:
                    self._converse(session)
                    self._bring_back(session)
            except KernelStartError as error:
                self.step.log.error("%s/%s: %s", self.student, self.blueprint.assignment, error)
                for cell, source in self._graded_cells():
                    if not cell.outputs:
                        self._write(cell, self._no(source, f"not judged, because {error}"))

    def _bring_back(self, session: Session) -> None:
        try:
            sentence = session.harvest(self.folder, Harvest(self.step.kept_files, self.step.kept_mib))
        except OSError as error:
            sentence = f"The files that the notebook wrote could not be brought back ({error.strerror})."
        if sentence:
            self.step.log.warning("%s/%s: %s", self.student, self.blueprint.assignment, sentence)
            self.nb.cells.append(v4.new_markdown_cell(sentence, id="files-left-behind"))

    def _declared_files(self) -> list[str]:
        source = Path("source") / self.blueprint.assignment
        own = [str(Path(name).relative_to(source)) for name in find_all_files(str(source), ["*.ipynb"])]
        return [*own, *self.step.declared_files.get(self.blueprint.assignment, [])]

    def _converse(self, session: Session) -> None:
        replays = Replays(session, self.step.max_replays)
        for index, cell in enumerate(self.nb.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            source = self._source_of(cell)
            if replays.gave_up:
                if source:
                    self._write(cell, self._no(source, f"Not judged: {replays.gave_up}"))
                continue
            asking = self._ask(session, source) if source else None
            run = self._run_cell(session, cell, index)
            if source:
                self._write(cell, self._verdict(source, asking, run))
            elif run.reason:
                self._say(cell, run.reason)
                self.stopped = run.reason
            if session.is_out_of_time:
                replays.gave_up = f"the notebook's {self.limits.notebook_seconds:.0f} s were used up."
            elif run.died:
                replays.after_death()
            elif not source:
                replays.remember(cell.source)

    def _run_cell(self, session: Session, cell: NotebookNode, index: int) -> CellRun:
        cell.outputs, cell.execution_count = [], None
        self.step.clear_before_next_output = False
        run = session.run(cell.source, self.step.collect(cell, index))
        if run.dropped:
            limit = self.limits.output_bytes // 2**20
            self._say(
                cell, f"More than {limit} MiB (or {self.limits.outputs} pieces) of output; the rest was left out."
            )
        return run

    def _source_of(self, cell: NotebookNode) -> SourceCell | None:
        """The instructor's cell that this one is, where it asks a question and is untouched."""
        source = self.blueprint.questions.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        return source if source and source.source == cell.source else None

    def _graded_cells(self) -> list[tuple[NotebookNode, SourceCell]]:
        return [
            (cell, source) for cell in self.nb.cells if cell.cell_type == "code" and (source := self._source_of(cell))
        ]

    def _ask(self, session: Session, source: SourceCell) -> Asking | None:
        assert source.question
        assignment = self.blueprint.notebook
        if source.question not in self.cases_of:
            try:
                key = find_key(assignment, source.question).for_student(self.reader)
            except LookupError as error:
                self.step.log.error("%s: %s", source.grade_id, error)
                return None
            rng = generator(self.secret, self.blueprint.assignment, assignment, source.question, self.student)
            self.cases_of[source.question] = key, list(key.cases(rng))
        asking = Asking.of(assignment, source.question, self.cases_of[source.question][1])
        session.tell(asking.code())
        return asking

    def _verdict(self, source: SourceCell, asking: Asking | None, run: CellRun) -> Verdict:
        assert source.question and source.points is not None
        if asking is None:
            return self._no(source, "Not judged: the answer key has no such question. Please tell your instructor.")
        try:
            observations, seconds = asking.read(run.bundles)
        except BundleError as error:
            return self._no(source, _why_silent(run, error, self.stopped))
        key, cases = self.cases_of[source.question]
        try:
            verdict = judge(key, cases, observations, source.points, seconds)
        except Exception as error:  # a fault of the key's must not stop the class
            self.step.log.exception("%s/%s: the key failed", self.student, source.grade_id)
            return self._no(
                source, f"Not judged: the answer key failed ({type(error).__name__}). Please tell your instructor."
            )
        notes = [*self.notes.get(source.grade_id, []), *([run.reason] if run.reason else [])]
        return _with_notes(verdict, notes)

    def _no(self, source: SourceCell, reason: str) -> Verdict:
        assert source.question and source.points is not None
        return _with_notes(not_judged(source.question, source.points, reason), self.notes.get(source.grade_id, []))

    def _say(self, cell: NotebookNode, sentence: str) -> None:
        cell.outputs.append(v4.new_output("display_data", {"text/plain": sentence}))

    def _write(self, cell: NotebookNode, verdict: Verdict) -> None:
        """The verdict comes first, with the score in the form that nbgrader reads; the student's own output follows."""
        title = _title(self.blueprint.notebook, verdict.question)
        score = min(max(verdict.points, 0.0), verdict.max_points)
        shown = {
            "text/plain": repr(float(score)),
            "text/html": verdict_html(verdict, title),
            VERDICT_MIME: {
                **verdict.to_dict(),
                "grade_id": cell.metadata["nbgrader"]["grade_id"],
                "sandbox": self.step.sandbox,
            },
        }
        outputs = [v4.new_output("execute_result", shown, execution_count=cell.execution_count)]
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output = v4.new_output("display_data", output.data, metadata=output.metadata)
            if output.output_type == "error":
                output = v4.new_output("stream", name="stdout", text=f"{output.ename}: {output.evalue}\n")
            if output.output_type == "stream":
                output.name = "stdout"
            outputs.append(output)
        cell.outputs = outputs

    def _add_missing(self) -> None:
        """Graded cells that are not there: judged as silence, said, and scored 0, so that no old grade stays."""
        present = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in self.nb.cells}
        for grade_id, source in self.blueprint.cells.items():
            if grade_id in present or not source.is_grade:
                continue
            cell = (
                v4.new_code_cell(source.source) if source.cell_type == "code" else v4.new_markdown_cell(source.source)
            )
            cell.id = f"missing-{len(self.nb.cells)}"
            cell.metadata["nbgrader"] = source.metadata()
            self.nb.cells.append(cell)
            if source.question:
                reason = self.problem or f'Not judged: the cell "{grade_id}" is missing from the notebook.'
                self.step.log.error("%s/%s: %s", self.student, self.blueprint.assignment, reason)
                self._write(cell, self._no(source, reason))


def _with_notes(verdict: Verdict, notes: list[str]) -> Verdict:
    return replace(verdict, notes=(*verdict.notes, *notes)) if notes else verdict


def _why_silent(run: CellRun, error: BundleError, stopped: str) -> str:
    """One sentence for a graded cell from which no answers came. stopped: why an earlier cell was, or empty."""
    if run.reason:
        return f"Not judged: {run.reason[0].lower()}{run.reason[1:]}"
    if run.error and run.error[0] == "NameError":
        if stopped:
            return f"Not judged: {run.error[1]}. {stopped.replace('This cell', 'An earlier cell')}"
        return f"Not judged: {run.error[1]}; the cell with the answer did not run, or gives it another name."
    if run.error:
        return f"Not judged: the cell stopped with {run.error[0]}: {run.error[1]}"
    return f"Not judged: {error}."


def _title(assignment: str, question: str) -> str:
    try:
        return find_question(assignment, question).title
    except LookupError:
        return ""
