"""Take the pictures of these pages anew: python docs/widgets/pictures.py (needs Chromium, see tests/widgets)."""

import io
import os
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from gradus.widgets import (
    ConvExplorer,
    GraphStepper,
    LearningRateExplorer,
    ReceptiveFieldExplorer,
    SmoothnessExplorer,
    SoftThresholdExplorer,
)

FOLDER = Path(__file__).parent
PICTURES = {
    "conv_explorer": (ConvExplorer(7, 3, stride=2, padding=1, position=5), "light"),
    "conv_explorer_floor": (ConvExplorer(8, [[1, 0], [0, -1]], stride=4), "light"),
    "conv_explorer_backward": (ConvExplorer(view="backward", stride=1), "dark"),
    "graph_stepper": (GraphStepper("network", step=8), "light"),
    "soft_threshold": (SoftThresholdExplorer(y=-4.4), "light"),
    "learning_rate": (LearningRateExplorer(), "light"),
    "smoothness": (SmoothnessExplorer(t=6), "light"),
    "receptive_field": (ReceptiveFieldExplorer(stride=2, layers=2, padding=1, position=1), "light"),
}


def main() -> None:
    chromium = os.environ.get("GRADUS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, (explorer, theme) in PICTURES.items():
            page = browser.new_page(viewport={"width": 860, "height": 900}, color_scheme=theme)
            page.set_content(explorer.page())
            page.wait_for_timeout(400)
            if name == "conv_explorer_backward":
                page.locator("[aria-label^='Image'] [data-row='1'][data-column='2']").click()
                page.mouse.move(0, 0)
                page.locator("body").click(position={"x": 1, "y": 1})
            picture = Image.open(io.BytesIO(page.locator(".gradus").screenshot()))
            picture.convert("RGB").quantize(160).save(FOLDER / f"{name}.png", optimize=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
