"""How long from a slider's input to the new pixels: ConvExplorer against ipywidgets.interact with matplotlib.

    python bench/widgets.py [--presses 40] [--image 12]

Both show the same picture (image with numbers, kernel, output with numbers) of a 12 x 12 image in a real JupyterLab in
headless Chromium, driven by arrow keys. A press is timed inside the page: from the slider's input event to the frame
that has been painted after the output changed. The last line is one JSON object.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Page, sync_playwright

EXPLORER = "from gradus.widgets import ConvExplorer\nConvExplorer({image}, 3)"
INTERACT = """
import matplotlib.pyplot as plt, torch
from ipywidgets import IntSlider, interact
from gradus.widgets.conv import filler
import numpy as np
image = torch.tensor(np.fromfunction(filler, ({image}, {image})))
kernel = torch.ones(3, 3, dtype=torch.float64)

def show(stride, padding):
    output = torch.nn.functional.conv2d(image[None, None], kernel[None, None], stride=stride, padding=padding)[0, 0]
    figure, axes = plt.subplots(1, 3, figsize=(10, 4))
    for axis, grid in zip(axes, (image, kernel, output)):
        axis.imshow(grid, cmap="Blues")
        axis.axis("off")
        for (row, column), value in np.ndenumerate(grid.numpy()):
            axis.text(column, row, f"{{value:g}}", ha="center", va="center", fontsize=7)
    plt.show()

interact(show, stride=IntSlider(1, 1, 6), padding=IntSlider(1, 0, 4))
"""

# Resolves with the milliseconds from the key press until the last change in `watched`, and to the painted frame.
TIME_ONE_PRESS = """([watched, quiet]) => {
    window.timed = new Promise((resolve) => {
        let start = null, changed = null, last = null, timer = null;
        const finish = () => { observer.disconnect(); resolve([changed - start, last - start]); };
        const observer = new MutationObserver(() => {
            changed = performance.now();
            clearTimeout(timer);
            requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = () => {
                    last = performance.now();
                    clearTimeout(timer);
                    timer = setTimeout(finish, quiet);
                };
                channel.port2.postMessage(null);
            });
        });
        const begin = () => {
            start = performance.now();
            const anything = { subtree: true, childList: true, characterData: true, attributes: true };
            observer.observe(document.querySelector(watched), anything);
        };
        document.addEventListener('keydown', begin, { once: true, capture: true });
        const giveUp = () => (last === null ? (observer.disconnect(), resolve(null)) : finish());
        setTimeout(giveUp, 8000);
    });
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--presses", type=int, default=40)
    parser.add_argument("--image", type=int, default=12)
    options = parser.parse_args()
    cells = [cell.format(image=options.image) for cell in (EXPLORER, INTERACT)]
    with notebook_in_lab(cells) as page:
        rows = {
            "ConvExplorer": measure(page, ".gradus input[aria-label=Stride]", ".gradus .g-stage", options.presses, 40),
            "interact + matplotlib": measure(
                page, ".widget-slider [role=slider]", ".jp-OutputArea .widget-interact", options.presses, 900
            ),
        }
    head = "slider input to:"
    print(f"{head:24}{'picture changed, ms':>24}{'new pixels, ms':>28}")
    print(f"{'':24}{'median':>14}{'p95':>10}{'median':>14}{'p95':>14}")
    result = {}
    for name, times in rows.items():
        changed, painted = zip(*times, strict=True)
        numbers = [
            statistics.median(changed),
            percentile(changed, 95),
            statistics.median(painted),
            percentile(painted, 95),
        ]
        print(f"{name:24}{numbers[0]:14.1f}{numbers[1]:10.1f}{numbers[2]:14.1f}{numbers[3]:14.1f}")
        keys = ("changed_median_ms", "changed_p95_ms", "painted_median_ms", "painted_p95_ms")
        result[name] = dict(zip(keys, (round(number, 1) for number in numbers), strict=True)) | {"presses": len(times)}
    machine = {"load_average": round(os.getloadavg()[0], 1), "cores": os.cpu_count()}
    print(json.dumps({"bench": "widgets", "image": options.image, "target_painted_p95_ms": 50, **machine, **result}))


def measure(page: Page, slider: str, watched: str, presses: int, quiet_ms: int) -> list[tuple[float, float]]:
    """(changed, painted) milliseconds of every press on the slider; it ends when nothing changes for `quiet_ms`."""
    handle = page.locator(slider).first
    handle.scroll_into_view_if_needed()
    handle.focus()
    times = []
    for press in range(presses + 3):
        page.evaluate(TIME_ONE_PRESS, [watched, quiet_ms])
        page.keyboard.press("ArrowRight" if press % 8 < 4 else "ArrowLeft")
        times.append(page.evaluate("window.timed"))
    changed = [tuple(spent) for spent in times[3:] if spent is not None]  # the first three warm up
    if len(changed) < presses * 0.9:
        raise SystemExit(f"{slider}: only {len(changed)} of {presses} presses changed the picture")
    return changed


def percentile(times: Sequence[float], percent: float) -> float:
    return sorted(times)[min(len(times) - 1, round(percent / 100 * len(times)))]


@contextmanager
def notebook_in_lab(cells: list[str]) -> Iterator[Page]:
    """A page in headless Chromium with these cells, run in JupyterLab."""
    chromium = os.environ.get("GRADUS_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if chromium is None:
        raise SystemExit("This measurement needs Chromium: install it, or name its program in GRADUS_CHROMIUM.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, Path(folder) / "bench.ipynb")
        port = 8900 + os.getpid() % 900
        command = [
            sys.executable,
            "-m",
            "jupyterlab",
            "--no-browser",
            f"--port={port}",
            "--ip=127.0.0.1",
            "--allow-root",
        ]
        command += ["--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True"]
        command += ["--LabApp.expose_app_in_browser=True"]
        private = {f"JUPYTER_{name}_DIR": f"{folder}/{name}" for name in ("CONFIG", "DATA", "RUNTIME")}
        private |= {f"JUPYTERLAB_{name}_DIR": f"{folder}/{name}" for name in ("SETTINGS", "WORKSPACES")}
        server = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **private}
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/api")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport={"width": 1300, "height": 1400})
            page.set_default_timeout(60_000)
            page.goto(f"http://127.0.0.1:{port}/lab/tree/bench.ipynb?reset")
            page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.context?.isReady")
            panel = "window.jupyterapp.shell.currentWidget"
            page.wait_for_function(f"{panel}.sessionContext.session?.kernel?.status === 'idle'")
            page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
            page.wait_for_selector(".gradus")
            page.wait_for_selector(".widget-interact img")
            page.wait_for_timeout(1500)
            yield page
            browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(url: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.25)
    raise SystemExit("JupyterLab did not start within a minute.")


if __name__ == "__main__":
    main()
