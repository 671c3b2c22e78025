"""`gradus proof`: grade every answer, try every attack, and write down what that shows."""

from __future__ import annotations

import os
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
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say whether docs/proof.md and README.md count right.")
    ] = False,
    processes: Annotated[str, typer.Option("--processes", "-n", help="How many grade answers at once.")] = "auto",
) -> None:
    """Grade every right, wrong and hostile answer of every assignment; write docs/proof.md and README's sentence.

    Exit code 1 where a right answer loses a point, a wrong one is not caught, an attack is not stopped, or something
    was not tried.
    """
    from gradus_staff.answers import corpus_folder
    from gradus_staff.proof import read_proof
    from gradus_staff.proof_page import in_one_sentence, render, with_sentence

    repository = corpus_folder().parents[1]
    with TemporaryDirectory() as scratch:
        records = from_ or _run(repository, Path(scratch), processes)
        found = read_proof(repository, records)
    shortcomings, sentence = found.shortcomings(), in_one_sentence(found)
    for shortcoming in shortcomings:
        errors.print(f"[red]✗[/] {escape(shortcoming)}", soft_wrap=True)
    page, readme = repository / "docs" / "proof.md", repository / "README.md"
    if check and (stale := [path.name for path in (page, readme) if sentence not in _text(path)]):
        errors.print(f"{' and '.join(stale)} do not count what was found now. Run `make proof`, and commit.")
        raise typer.Exit(1)
    if not check:
        page.write_text(render(found), encoding="utf-8")
        readme.write_text(with_sentence(_text(readme), found), encoding="utf-8")
        console.print(f"Written to {page}.", soft_wrap=True)
    console.print(escape(sentence.replace("**", "")), soft_wrap=True)
    raise typer.Exit(1 if shortcomings else 0)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _run(repository: Path, scratch: Path, processes: str) -> list[Path]:
    """Run the tests of the corpora: answers on many cores, attacks one after another, as they measure limits."""
    records = []
    several = ["-n", processes, "--dist", "worksteal"]
    for name, options, environment in (("answers", several, {"OMP_NUM_THREADS": "1"}), ("attacks", [], {})):
        records.append(scratch / f"{name}.json")
        command = [sys.executable, "-m", "pytest", "-q", f"tests/{name}", "--proof", str(records[-1]), *options]
        # What failed, the record says.
        subprocess.run(command, cwd=repository, check=False, env={**os.environ, **environment})
    return records
