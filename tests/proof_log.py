"""Writes down what the tests of the corpora found, for `gradus proof`: `pytest --proof FILE`, with or without -n."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest


class ProofLog:
    """Gathers what tests said with the fixture `proof`, and whether they passed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._found: dict[str, dict] = {}
        self._failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed.add(report.nodeid)
        if report.when == "call":
            for name, value in report.user_properties:
                if name == "proof":
                    self._found[report.nodeid] = value

    def pytest_sessionfinish(self) -> None:
        found = [{**one, "passed": test not in self._failed} for test, one in self._found.items()]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        content = {"date": date.today().isoformat(), "found": found}
        self.path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--proof", metavar="FILE", help="write there what the tests of answers and attacks found")


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("--proof")
    if path and not hasattr(config, "workerinput"):  # workers of xdist report to the one that writes
        config.pluginmanager.register(ProofLog(Path(path)), "proof_log")


@pytest.fixture
def proof(record_property):
    """Says what this test shows if it passes: a kind, the name of what it is about, and facts for the page."""

    def say(kind: str, about: str | list[str], **facts: object) -> None:
        record_property("proof", {"kind": kind, "about": [about] if isinstance(about, str) else about, **facts})

    return say
