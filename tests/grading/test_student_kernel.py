"""What a student's kernel can and cannot see: no key, no staff package, no expected values, no hidden place."""

import json

import pytest
from classroom import Classroom

pytestmark = pytest.mark.kernel

SPY = """
import os, sys, importlib.util

def soft_threshold(y, T):
    return torch.zeros_like(y)

def look():
    facts = {}
    for name in ("gradus_staff", "gradus_staff.key.soft_threshold", "gradus_staff.judge"):
        try:
            facts[name] = importlib.util.find_spec(name) is not None
        except ModuleNotFoundError:
            facts[name] = False
    facts["working folder"] = sorted(os.listdir("."))
    facts["path"] = sys.path
    facts["environment"] = dict(os.environ)
    facts["arguments"] = open("/proc/self/cmdline").read().split(chr(0))
    return facts

import json
print("FACTS" + json.dumps(look()))
"""

ECHO = """
import json, gradus.probe
seen = []
original = gradus.probe.attach
def soft_threshold(y, T):
    if gradus.probe._attached:
        seen.append(json.dumps(gradus.probe._attached))
    return torch.zeros_like(y)
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = Classroom(tmp_path_factory.mktemp("course"))
    (room.root / "source" / "soft_threshold" / "table.csv").write_text("1,2\n")
    room.submit("spy", room.answered(A_answer=SPY), torch__py="1/0", notes__txt="mine")
    for student in ("ann", "bob"):
        room.submit(student, room.answered(A_answer=ECHO, B_answer="print('SEEN' + json.dumps(seen))"))
    assert room.gradus("grade", "soft_threshold").returncode == 0
    return room


def _printed(room, student, marker):
    for cell in room.autograded(student).cells:
        for output in cell.get("outputs", []):
            for line in output.get("text", "").splitlines():
                if line.startswith(marker):
                    return json.loads(line.removeprefix(marker))
    raise AssertionError(f"{student} printed no {marker}")


def test_the_staffs_package_cannot_be_imported(room):
    facts = _printed(room, "spy", "FACTS")
    assert not any(facts[name] for name in facts if name.startswith("gradus_staff"))


def test_only_declared_files_are_in_the_working_folder(room):
    assert _printed(room, "spy", "FACTS")["working folder"] == ["table.csv"]


def test_nothing_that_the_kernel_is_told_names_the_course(room):
    facts = _printed(room, "spy", "FACTS")
    told = json.dumps([facts["environment"], facts["arguments"], facts["path"], facts["working folder"]])
    for secret in (str(room.root), "gradebook", "secret", "gradus_staff"):
        assert secret not in told, secret


def test_inputs_travel_into_the_kernel_and_nothing_that_could_be_an_answer(room):
    seen = json.loads(_printed(room, "ann", "SEEN")[0])
    assert set(seen) == {"nonce", "assignment", "question", "cases"}
    names = {name for _, inputs in seen["cases"] for name in inputs}
    assert names <= {"y", "T", "dtype", "upstream"}


def test_another_student_gets_other_hidden_inputs(room):
    ann, bob = (json.loads(_printed(room, student, "SEEN")[0])["cases"] for student in ("ann", "bob"))
    assert ann != bob
    upstreams = [inputs["upstream"]["data"] for _, inputs in ann if "upstream" in inputs]
    assert len(set(upstreams)) == len(upstreams) > 1
