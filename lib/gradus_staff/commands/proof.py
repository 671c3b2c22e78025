"""`gradus proof`: grade every answer, try every attack, and write down what that shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.markup import escape

from gradus_staff.commands.shared import console, errors

__all__ = ["proof"]


def proof(
    from_: Annotated[
        list[Path] | None,
        typer.Option("--from", help="A record that `pytest --proof FILE` wrote; may be given again. Nothing is run."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say whether docs/proof.md is right.")] = False,
    processes: Annotated[str, typer.Option("--processes", "-n", help="How many grade answers at once.")] = "auto",
) -> None:
    """Grade every right, wrong and hostile answer of every assignment; write docs/proof.md.

    Exit code 1 where a right answer loses a point, a wrong one is not caught, an attack is not stopped, or something
    was not tried.
    """
    from gradus_staff.answers import corpus_folder
    from gradus_staff.proof import read_proof
    from gradus_staff.proof_page import in_one_sentence, render

    repository = corpus_folder().parents[1]
    with TemporaryDirectory() as scratch:
        records = from_ or _run(repository, Path(scratch), processes)
        found = read_proof(repository, records)
    page, path = render(found), repository / "docs" / "proof.md"
    shortcomings = found.shortcomings()
    for sentence in shortcomings:
        errors.print(f"[red]✗[/] {escape(sentence)}", soft_wrap=True)
    if check and not found.same_facts(path.read_text(encoding="utf-8") if path.is_file() else "", page):
        errors.print("docs/proof.md does not say what was found now. Write it anew with `make proof`, and commit it.")
        raise typer.Exit(1)
    if not check:
        path.write_text(page, encoding="utf-8")
        console.print(f"Written to {path}.", soft_wrap=True)
    console.print(escape(in_one_sentence(found).replace("**", "")), soft_wrap=True)
    raise typer.Exit(1 if shortcomings else 0)


def _run(repository: Path, scratch: Path, processes: str) -> list[Path]:
    """Run the tests of the corpora: answers on many cores, attacks one after another, as they measure limits."""
    records = []
    for name, options in (("answers", ["-n", processes, "--dist", "worksteal"]), ("attacks", [])):
        records.append(scratch / f"{name}.json")
        command = [sys.executable, "-m", "pytest", "-q", f"tests/{name}", "--proof", str(records[-1]), *options]
        subprocess.run(command, cwd=repository, check=False)  # what failed, the record says
    return records
