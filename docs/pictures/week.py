"""Cut the pictures of a week from those that its test takes.

GRADUS_PICTURES=week pytest tests/week/test_term_week.py && python docs/pictures/week.py week
"""

import sys
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
PICTURES = {"student-validate-failed": ("validate", (290, 34, 1242, 664)),
            "instructor-verdict": ("formgrader", (80, 112, 1020, 700))}  # fmt: skip
"""Picture of the test -> its name here, and left, top, right, bottom of the piece."""


def main(folder: Path) -> None:
    for taken, (name, piece) in PICTURES.items():
        picture = Image.open(folder / f"{taken}.png").crop(piece).convert("RGB")
        picture.quantize(160).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
