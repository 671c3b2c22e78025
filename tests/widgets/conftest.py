"""axe-core and one JupyterLab for all tests of the explorers; Chromium is in tests/chromium.py."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from node import node_package
from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's source, as text."""
    return (node_package("axe-core") / "axe.min.js").read_text()


@pytest.fixture
def open_page(browser) -> Iterator:
    """Opens an explorer's stand-alone page without any network; fails if the page reported an error."""
    contexts, errors = [], []

    def open_page(explorer, *, theme: str = "light", width: int = 1000) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, offline=True, has_touch=width < 500
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_content(explorer.page())
        page.wait_for_selector(".gradus")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


class Lab:
    """JupyterLab on loopback, with a folder of notebooks."""

    def __init__(self, folder: Path, url: str, browser: Browser) -> None:
        self.folder = folder
        self.url = url
        self.browser = browser

    def open(self, name: str, cells: list[str]) -> Page:
        """A new notebook with these cells, open and run."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, self.folder / name)
        page = self.browser.new_page(viewport={"width": 1300, "height": 1200})
        page.set_default_timeout(30_000)
        page.goto(f"{self.url}/lab/tree/{name}?reset")
        page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.context?.isReady")
        page.wait_for_function(
            "window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
        )
        run_all(page)
        return page


def run_all(page: Page) -> None:
    command(page, "notebook:run-all-cells")
    wait_idle(page)


def command(page: Page, name: str, arguments: dict | None = None) -> None:
    page.evaluate("([name, args]) => window.jupyterapp.commands.execute(name, args)", [name, arguments or {}])


def wait_idle(page: Page) -> None:
    """Until every cell has run: a busy kernel that falls idle can still have cells in the queue."""
    page.wait_for_function(
        """() => {
            const panel = window.jupyterapp.shell.currentWidget;
            const cells = panel.content.widgets.filter(cell => cell.model.type === 'code');
            const pending = cells.some(cell => cell.promptNode?.textContent.includes('*'));
            return !pending && panel.sessionContext.session?.kernel?.status === 'idle';
        }"""
    )


def ask(page: Page, expression: str) -> str:
    """What the notebook's kernel prints for an expression."""
    return page.evaluate(
        """async (code) => {
            const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            const future = kernel.requestExecute({ code, store_history: false, silent: false });
            let text = '';
            future.onIOPub = message => {
                if (message.header.msg_type === 'stream') text += message.content.text;
                if (message.header.msg_type === 'error') text += message.content.evalue;
            };
            await future.done;
            return text.trim();
        }""",
        f"print({expression})",
    )


@pytest.fixture(scope="session")
def lab(browser, tmp_path_factory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("lab")
    private = {f"JUPYTER_{name}_DIR": str(tmp_path_factory.mktemp(name)) for name in ("CONFIG", "DATA", "RUNTIME")}
    private["JUPYTERLAB_SETTINGS_DIR"] = str(tmp_path_factory.mktemp("settings"))
    private["JUPYTERLAB_WORKSPACES_DIR"] = str(tmp_path_factory.mktemp("workspaces"))
    settings = Path(private["JUPYTERLAB_SETTINGS_DIR"]) / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--ip=127.0.0.1", "--allow-root"]
    command += [
        "--IdentityProvider.token=",
        "--ServerApp.disable_check_xsrf=True",
        "--LabApp.expose_app_in_browser=True",
    ]
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(
        command, cwd=folder, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **private, "OMP_NUM_THREADS": "1"}
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{url}/api", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None, (folder / "server.log").read_text()[-2000:]
                time.sleep(0.25)
        yield Lab(folder, url, browser)
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()
