"""Where Python, its packages or the data lie must not matter, not even below the folder that kernels write in."""

import subprocess
import sys
from contextlib import ExitStack

import pytest

from gradus_staff.kernels.limits import Limits
from gradus_staff.kernels.sandbox import SPACE, Sandbox

pytestmark = pytest.mark.kernel


def test_what_may_be_read_is_there_even_below_the_folder_that_kernels_write_in(tmp_path_factory):
    folder = tmp_path_factory.mktemp("environment")
    if not folder.is_relative_to(SPACE):
        folder = tmp_path_factory.getbasetemp()
    folder.chmod(0o755)
    (folder / "note.txt").write_text("here")
    with ExitStack() as open_files:
        probe = [sys.executable, "-I", "-c", f"print(open({str(folder / 'note.txt')!r}).read())"]
        command, handles = Sandbox(Limits(), (folder,)).command(probe, {}, {}, open_files)
        ran = subprocess.run(command, pass_fds=handles, capture_output=True, text=True, timeout=60, check=False)
    assert ran.stdout.strip() == "here", ran.stderr
