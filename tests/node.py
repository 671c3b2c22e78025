"""Packages from npm that tests need, in the versions that tests/package.json names."""

import json
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent


def node_package(name: str) -> Path:
    """The folder of an installed package; npm fetches all of them once."""
    wanted = json.loads((HERE / "package.json").read_text())["dependencies"][name]
    package = HERE / "node_modules" / name
    installed = package / "package.json"
    if not installed.exists() or json.loads(installed.read_text())["version"] != wanted:
        npm = shutil.which("npm")
        assert npm, f"The tests with {name} need npm: install Node 20 or newer."
        command = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock"]
        subprocess.run(command, cwd=HERE, check=True, timeout=180)
    return package
