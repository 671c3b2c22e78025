"""A cache of its own for every test, no network but 127.0.0.1, and the real data where GRADUS_DATA has it."""

import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import torch

torch.set_num_threads(1)  # matrices this small lose time to a second thread

GIVEN = os.environ.get("GRADUS_DATA")
NOWHERE = ("http://127.0.0.1:9/",)  # the discard port: nothing listens there


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch) -> Path:
    """An empty cache; no named folder; and default mirrors that cannot be reached."""
    monkeypatch.setenv("GRADUS_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("GRADUS_DATA", raising=False)
    monkeypatch.delenv("GRADUS_OFFLINE", raising=False)
    for module in ("fashion", "trec_questions"):
        monkeypatch.setattr(f"gradus.data.{module}.MIRRORS", NOWHERE)
    return tmp_path / "cache"


@pytest.fixture
def real(monkeypatch) -> Path:
    """The folder of the real data, as GRADUS_DATA names it."""
    if not GIVEN or not (Path(GIVEN) / "FashionMNIST" / "raw").is_dir() or not (Path(GIVEN) / "TREC").is_dir():
        pytest.skip("GRADUS_DATA names no folder with FashionMNIST/raw and TREC; the data is no part of the project")
    monkeypatch.setenv("GRADUS_DATA", GIVEN)
    return Path(GIVEN)


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder; a name in `cut` is announced whole and sent by half, as when a connection breaks."""

    def __init__(self, *args, log: list, cut: set, **kwargs):
        self.log, self.cut = log, cut
        super().__init__(*args, **kwargs)

    def log_message(self, *args) -> None:
        pass

    def do_GET(self) -> None:
        name = self.path.strip("/")
        self.log.append(name)
        if name not in self.cut:
            return super().do_GET()
        content = (Path(self.directory) / name).read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2])
        return None


class Mirror:
    """A web server on 127.0.0.1 that serves `folder`."""

    def __init__(self, folder: Path):
        self.folder, self.log, self.cut = folder, [], set()
        folder.mkdir(parents=True, exist_ok=True)
        handler = partial(_Quiet, directory=str(folder), log=self.log, cut=self.cut)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def mirror(tmp_path):
    mirror = Mirror(tmp_path / "mirror")
    yield mirror
    mirror.close()


@pytest.fixture
def small_standin(monkeypatch) -> None:
    """A stand-in of 600 + 200 images: the same code in a hundredth of the time."""
    monkeypatch.setattr("gradus.data.fashion_standin.SIZES", {"train": 600, "t10k": 200})
