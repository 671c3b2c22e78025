"""The house keeps its own rules, and the command says so."""

import pytest
from example import sound
from typer.testing import CliRunner

from gradus_staff.cli import app
from gradus_staff.lint import lint, load
from gradus_staff.notebook_text import assignments


@pytest.mark.parametrize("assignment", assignments())
def test_nothing_was_forgotten(assignment):
    assert [str(finding) for finding in lint(load(assignment))] == []


def test_the_command_names_findings_and_says_so_by_its_exit_code(monkeypatch):
    broken = {"doubling": sound(public="AREA = 12.5678"), "halving": sound()}
    monkeypatch.setattr("gradus_staff.lint.load", broken.get)
    done = CliRunner().invoke(app, ["lint", "doubling", "halving"])
    assert done.exit_code == 1
    assert "leak: doubling/B: The expected number 12.5678 stands in what students get." in done.output
    assert "1 finding in 2 assignments" in done.output
    assert CliRunner().invoke(app, ["lint", "halving"]).exit_code == 0


def test_an_assignment_that_is_not_there_is_a_sentence():
    done = CliRunner().invoke(app, ["lint", "alchemy"])
    assert isinstance(done.exception, LookupError) and "alchemy" in str(done.exception)
