"""A verdict in a notebook's cell: what people read there, and the score in the form that nbgrader reads."""

from __future__ import annotations

from nbformat import NotebookNode, v4

from gradus.judging import VERDICT_MIME, Verdict
from gradus.question import find_question
from gradus.render import verdict_html

__all__ = ["replace_verdict", "write_verdict"]


def write_verdict(cell: NotebookNode, notebook: str, verdict: Verdict, sandbox: str) -> None:
    """Put the verdict before the student's own output, of which nothing must look like a score or an error."""
    outputs = [_output(cell, notebook, verdict, sandbox)]
    for output in cell.outputs:
        if output.output_type == "execute_result":
            output = v4.new_output("display_data", output.data, metadata=output.metadata)
        if output.output_type == "error":
            output = v4.new_output("stream", name="stdout", text=f"{output.ename}: {output.evalue}\n")
        if output.output_type == "stream":
            output.name = "stdout"
        outputs.append(output)
    cell.outputs = outputs


def replace_verdict(cell: NotebookNode, notebook: str, verdict: Verdict) -> dict:
    """Put a verdict in the place of an earlier one, which is returned. LookupError where there is none."""
    for index, output in enumerate(cell.get("outputs", [])):
        if VERDICT_MIME in output.get("data", {}):
            before = dict(output["data"][VERDICT_MIME])
            cell.outputs[index] = _output(cell, notebook, verdict, str(before.get("sandbox", "")))
            return before
    raise LookupError("the cell has no verdict")


def _output(cell: NotebookNode, notebook: str, verdict: Verdict, sandbox: str) -> NotebookNode:
    grade_id = cell.metadata["nbgrader"]["grade_id"]
    shown = {
        "text/plain": repr(float(min(max(verdict.points, 0.0), verdict.max_points))),
        "text/html": verdict_html(verdict, _title(notebook, verdict.question)),
        VERDICT_MIME: {**verdict.to_dict(), "grade_id": grade_id, "sandbox": sandbox},
    }
    return v4.new_output("execute_result", shown, execution_count=cell.execution_count)


def _title(notebook: str, question: str) -> str:
    try:
        return find_question(notebook, question).title
    except LookupError:
        return ""
