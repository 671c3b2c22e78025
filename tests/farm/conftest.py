"""A small class, graded once by real workers; its outcomes serve the tests of writing and resuming."""

from __future__ import annotations

import pytest
from classroom import Classroom
from pupils import CLASS, fill_class
from recorded import SECRET

from gradus_staff.farm.pack import make_pack
from gradus_staff.farm.parcel import read_parcel
from gradus_staff.farm.worker import grade_parcel


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory):
    """What the workers say of the class."""
    room = fill_class(Classroom(tmp_path_factory.mktemp("recorded") / "course"))
    (room.root / ".gradus").mkdir()
    (room.root / ".gradus" / "secret").write_text(SECRET)
    pack = make_pack(room.course, room.assignment)
    folders = {name: room.root / "submitted" / name / room.assignment for name in CLASS}
    return {
        name: grade_parcel(pack, read_parcel(folder, name, room.assignment, [])) for name, folder in folders.items()
    }


@pytest.fixture
def room(tmp_path):
    """A course with the same class, nobody graded."""
    return fill_class(Classroom(tmp_path / "course"))
