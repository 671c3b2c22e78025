"""The JupyterHub of docs/jupyterhub: an instructor and a student, from release to a graded submission."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import PATIENCE, Desk
from formgrader import Formgrader
from homework import answer
from node import node_package
from people import ROOT, environment, free_port, stop, students_python, wait_for
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

ASSIGNMENT = "soft_threshold"


@pytest.fixture
def place(tmp_path) -> Path:
    """What docs/jupyterhub.md tells an administrator to make."""
    for folder in ("exchange", "hub", "homes"):
        (tmp_path / folder).mkdir()
    (tmp_path / "exchange").chmod(0o777)
    students_python(tmp_path / "students")
    shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "course" / "source" / ASSIGNMENT)
    shutil.copytree(ROOT / "docs" / "jupyterhub", tmp_path / "config")
    config = (ROOT / "nbgrader_config.py").read_text() + "\nc.Execute.timeout = 120\n"
    (tmp_path / "course" / "nbgrader_config.py").write_text(config)
    return tmp_path


@pytest.fixture
def hub(place) -> Iterator[str]:
    """The hub's address."""
    proxy = node_package("configurable-http-proxy") / "bin" / "configurable-http-proxy"
    public, internal, api, service = (f"http://127.0.0.1:{free_port()}" for _ in range(4))
    command = [sys.executable, "-m", "jupyterhub", f"--config={place}/config/jupyterhub_config.py"]
    command += [f"--JupyterHub.bind_url={public}", f"--JupyterHub.hub_bind_url={internal}"]
    command += [f"--ConfigurableHTTPProxy.api_url={api}", f"--ConfigurableHTTPProxy.command=['{proxy}']"]
    env = environment(place / "homes", Path(sys.executable)) | {
        "GRADUS_HUB": str(place), "GRADUS_HUB_TRIAL": "1", "GRADUS_INSTRUCTORS": "ines", "GRADUS_FORMGRADER": service,
    }  # fmt: skip
    log = place / "hub" / "log"
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=place / "hub", env=env, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_for(f"{public}/hub/health", process, log)
        yield public
    finally:
        stop(process)


def log_in(browser: Browser, hub: str, name: str) -> Page:
    """Log in and let the hub start a server, as it does for everybody."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{hub}/hub/login")
    page.locator("#username_input").fill(name)
    page.locator("#password_input").fill("any")
    page.locator("#login_submit").click()
    page.wait_for_url(f"{hub}/user/{name}/lab**")
    return page


def test_a_hub_with_the_configuration_of_the_docs_carries_a_week(browser, hub, place, tmp_path):
    anna, ines = log_in(browser, hub, "anna"), log_in(browser, hub, "ines")
    desk = Desk(anna, tmp_path)
    formgrader = Formgrader(ines, f"{hub}/services/gradus", tmp_path)
    ines.goto(f"{hub}/services/gradus/")
    ines.wait_for_url(f"{hub}/services/gradus/formgrader/**")
    formgrader.for_assignment(ASSIGNMENT, "assign")
    formgrader.for_assignment(ASSIGNMENT, "release")

    desk.open_assignments()
    desk.fetch(ASSIGNMENT)
    answer(place / "homes" / "anna" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    desk.submit(ASSIGNMENT)

    formgrader.for_assignment(ASSIGNMENT, "collect")
    formgrader.autograde(ASSIGNMENT, "anna")
    formgrader.expect_status(ASSIGNMENT, "anna", "graded", "40 / 40")
    assert formgrader.complaints == []

    # Students see no formgrader: not the instructors', and none of their own; nor what makes assignments.
    expect(anna.get_by_text("Create Assignment")).to_have_count(0)
    assert anna.goto(f"{hub}/services/gradus/formgrader").status == 403
    assert anna.goto(f"{hub}/user/anna/formgrader").status == 404
