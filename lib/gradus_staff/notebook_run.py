"""One notebook of one student, run and judged: a conversation with the kernel, then verdicts in the cells."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nbformat import NotebookNode, v4
from nbgrader.utils import compute_checksum, find_all_files

from gradus.judging import Verdict, not_judged
from gradus_staff.answer_key import Case, Key, find_key
from gradus_staff.blueprint import Blueprint, SourceCell
from gradus_staff.bundle import Asking, BundleError
from gradus_staff.cleaning import clean_outputs, clean_text_cell
from gradus_staff.judge import judge
from gradus_staff.kernels.harvest import Harvest
from gradus_staff.kernels.sandbox import Sandbox
from gradus_staff.kernels.session import CellRun, KernelStartError, Session
from gradus_staff.kernels.workplace import Workplace
from gradus_staff.observed import Observed, ObservedAnswer, digest_of, write_observed
from gradus_staff.replay import Replays
from gradus_staff.secret import course_secret, generator
from gradus_staff.student import Student
from gradus_staff.verdict_cell import write_verdict

if TYPE_CHECKING:
    from gradus_staff.execute import Execute

__all__ = ["NotebookRun"]


class NotebookRun:
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
        self.observed = Observed(self.student, blueprint.notebook)
        self.stopped = ""
        """The reason why the last cell that did not end by itself was stopped."""

    def run(self) -> None:
        if not self.problem:
            self._run_cells()
        self._clean_text()
        self._add_missing()
        write_observed(self.folder, self.observed)

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

    def _clean_text(self) -> None:
        """Students' Markdown, which pages show as HTML; what the instructor wrote stays as it is."""
        for cell in self.nb.cells:
            source = self.blueprint.cells.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
            if cell.cell_type != "code" and not (source and source.source == cell.source):
                clean_text_cell(cell)

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
        clean_outputs(cell)
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
                rng = generator(self.secret, self.blueprint.assignment, assignment, source.question, self.student)
                self.cases_of[source.question] = key, list(key.cases(rng))
            except Exception as error:  # a fault of the key's must not stop the class
                self.step.log.error("%s: the key failed: %s", source.grade_id, error)
                return None
        asking = Asking.of(assignment, source.question, self.cases_of[source.question][1])
        session.tell(asking.code())
        return asking

    def _verdict(self, source: SourceCell, asking: Asking | None, run: CellRun) -> Verdict:
        assert source.question and source.points is not None
        if asking is None:
            return self._no(source, "Not judged: the answer key failed. Please tell your instructor.")
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
        self.observed.answers[source.grade_id] = ObservedAnswer(
            source.question, digest_of(cases), tuple(observations), seconds, tuple(notes)
        )
        return _with_notes(verdict, notes)

    def _no(self, source: SourceCell, reason: str) -> Verdict:
        assert source.question and source.points is not None
        return _with_notes(not_judged(source.question, source.points, reason), self.notes.get(source.grade_id, []))

    def _say(self, cell: NotebookNode, sentence: str) -> None:
        cell.outputs.append(v4.new_output("display_data", {"text/plain": sentence}))

    def _write(self, cell: NotebookNode, verdict: Verdict) -> None:
        write_verdict(cell, self.blueprint.notebook, verdict, self.step.sandbox)

    def _add_missing(self) -> None:
        """Graded cells that are not there: judged as silence, said, and scored 0, so that no old grade stays."""
        present = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in self.nb.cells}
        said: set[str] = set()
        for grade_id, source in self.blueprint.cells.items():
            if grade_id in present or not source.is_grade:
                continue
            cell = _missing_cell(source)
            cell.id = f"missing-{len(self.nb.cells)}"
            self.nb.cells.append(cell)
            if source.question:
                reason = self.problem or f'Not judged: the cell "{grade_id}" is missing from the notebook.'
                if reason not in said:
                    self.step.log.error("%s/%s: %s", self.student, self.blueprint.assignment, reason)
                said.add(reason)
                self._write(cell, self._no(source, reason))


def _missing_cell(source: SourceCell) -> NotebookNode:
    """What stands in for a graded cell that is not there: the question again, or an answer that nobody has given.

    The instructor's source of a prose cell holds its marking scheme, so that never travels.
    """
    if source.question:
        cell = v4.new_code_cell(source.source)
    else:
        new_cell = v4.new_code_cell if source.cell_type == "code" else v4.new_markdown_cell
        cell = new_cell("The submission has no such cell." if source.cell_type == "markdown" else "")
    cell.metadata["nbgrader"] = source.metadata()
    if not source.question:
        cell.metadata["nbgrader"]["checksum"] = compute_checksum(cell)  # to nbgrader: no response, 0 points
    return cell


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
