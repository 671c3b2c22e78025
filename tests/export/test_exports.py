"""What leaves for Canvas and Moodle is read there as the gradebook has it, names in every script and all."""

import csv
import re
from html import unescape

import pytest
from classroom import Classroom
from nbgrader.utils import parse_utc

from gradus_staff.export import CanvasExport, MoodleExport, TableExport
from gradus_staff.export.grades import harmless
from gradus_staff.late import settle_course

PEOPLE = {
    "ann": ("Ann", "Smith, Jr.", "ann@example.org", "101"),
    "øyvind": ("Øyvind", 'O"Neill', "o@example.org", "102"),
    "mei": ("美", "李", "mei@example.org", None),
    "mallory": ('=HYPERLINK("http://x")', "@SUM(A1)", "+41", "-1"),
    "tab": ("\t=1+1", "－1", None, None),
    "lazy": ("Lazy", "Lee", "lazy@example.org", "103"),
}
"""By id: first name, last name, address, number over there."""

POINTS = {"ann": 40.0, "øyvind": 13.3333, "mei": 20.0, "mallory": 0.0, "tab": 7.5}
LATE = {"mei"}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A graded class in the gradebook: mei is late, mallory's answer waits for a person, lazy has handed in nothing."""
    room = Classroom(tmp_path_factory.mktemp("exports"))
    with (room.root / "nbgrader_config.py").open("a") as config:
        config.write(
            'c.AssignLatePenalties.plugin_class = "gradus_staff.late.LateDays"\nc.LateDays.percent_a_day = 25\n'
        )
        config.write('c.CanvasExport.columns = {"soft_threshold": "Problem set 1 (4711)"}\n')
    room.course = type(room.course)(room.root)
    with room.course.gradebook() as gradebook:
        gradebook.update_or_create_assignment("soft_threshold", duedate=parse_utc("2026-03-01 12:00:00 UTC"))
        for name, (first, last, email, number) in PEOPLE.items():
            gradebook.update_or_create_student(name, first_name=first, last_name=last, email=email, lms_user_id=number)
        for name, points in POINTS.items():
            when = parse_utc(f"2026-03-0{2 if name in LATE else 1} 11:00:00 UTC")
            entry = gradebook.update_or_create_submission("soft_threshold", name, timestamp=when)
            grades = entry.notebooks[0].grades
            for grade in grades:
                grade.auto_score, grade.needs_manual_grade = 0.0, False
            grades[0].auto_score = points
            grades[0].needs_manual_grade = name == "mallory"
            entry.notebooks[0].comments[0].manual_comment = "See y < -T & *think*." if name == "ann" else None
        gradebook.db.commit()
    assert settle_course(room.course) == ["mei/soft_threshold"]
    return room


def _read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def _wanted(room):
    """Points by student as the gradebook has them, after late days; None where nothing was handed in."""
    with room.course.gradebook() as gradebook:
        found = {
            entry.student.id: max(0.0, entry.score - entry.late_submission_penalty)
            for entry in gradebook.assignment_submissions("soft_threshold")
        }
    return {name: found.get(name) for name in PEOPLE}


def _plain(cell):
    return cell[1:] if cell.startswith("'") else cell


def _canvas(rows):
    """As Canvas' importer reads: student columns up to Section, title and id, the row of points, rows of students."""
    head, possible, *students = rows
    assert "Student" in head[0] and "ID" in head[1] and re.search(r"SIS\s+Login\s+ID", head[2]) and head[3] == "Section"
    assert "Points Possible" in possible[0]
    titles = [re.fullmatch(r"(.*) \((\d+)\)", title).groups() for title in head[4:]]
    assert all(len(row) == len(head) for row in rows)
    return titles, [float(cell) for cell in possible[4:]], students


def test_canvas_reads_what_the_gradebook_has(room):
    outcome = room.nbgrader("export", "--exporter=gradus_staff.export.canvas.CanvasExport", "--to", "canvas.csv")
    assert outcome.returncode == 0, outcome.stderr
    assert "Still to be marked by hand: mallory/soft_threshold" in outcome.stderr
    titles, possible, students = _canvas(_read(room.root / "canvas.csv"))
    assert (titles, possible) == ([("Problem set 1", "4711")], [40.0])
    wanted = _wanted(room)
    assert {_plain(row[2]) for row in students} == set(PEOPLE)
    for name, number, login, _, points in students:
        first, last, _, lms = PEOPLE[_plain(login)]
        assert (_plain(name), _plain(number)) == (f"{last}, {first}", lms or "")
        assert points == "" if wanted[login] is None else float(points) == pytest.approx(wanted[login], abs=0.005)
    assert wanted["mei"] == 15.0


def test_moodle_reads_points_and_feedback(room):
    with room.course.gradebook() as gradebook:
        MoodleExport(course=room.course, config=room.course.config, to=str(room.root / "moodle.csv")).export(gradebook)
    head, *rows = _read(room.root / "moodle.csv")
    assert head == ["First name", "Last name", "Username", "ID number", "Email address",
                    "soft_threshold (Real)", "soft_threshold (Feedback)"]  # fmt: skip
    by_name = {_plain(row[2]): row for row in rows}
    for name, points in _wanted(room).items():
        first, last, email, number = PEOPLE[name]
        row = by_name[name]
        assert [_plain(cell) for cell in (row[0], row[1], row[3], row[4])] == [first, last, number or "", email or ""]
        assert row[5] == "-" if points is None else float(row[5]) == pytest.approx(points, abs=0.005)
    assert unescape(by_name["ann"][6]).endswith("See y < -T & *think*.") and "&lt;" in by_name["ann"][6]
    assert "Handed in 1 day late" in by_name["mei"][6]
    assert by_name["lazy"][6] == ""


def test_nbgraders_table_survives_commas(room):
    with room.course.gradebook() as gradebook:
        TableExport(course=room.course, to=str(room.root / "table.csv")).export(gradebook)
    rows = list(csv.DictReader((room.root / "table.csv").open(encoding="utf-8", newline="")))
    scores = {_plain(row["student_id"]): float(row["score"]) for row in rows}
    assert scores == pytest.approx({name: points or 0.0 for name, points in _wanted(room).items()})
    assert next(row for row in rows if row["student_id"] == "ann")["last_name"] == "Smith, Jr."


@pytest.mark.parametrize("kind", [CanvasExport, MoodleExport, TableExport])
def test_no_cell_starts_a_formula(room, kind):
    with room.course.gradebook() as gradebook:
        cells = [str(cell) for row in kind(course=room.course).rows(gradebook) for cell in row]
    assert any(cell.startswith("'=HYPERLINK") or "'@SUM" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in tuple("=+@\t\r\n＝＋－＠") or (cell[:1] == "-" and cell != "-")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1"])
def test_formulas_become_text(text):
    assert harmless(text) == f"'{text}"
    assert harmless(f"a{text}") == f"a{text}" and harmless(None) == ""


def test_the_command_says_where_the_file_is_and_who_waits(room):
    outcome = room.gradus("export", "canvas", "--assignment", "soft_threshold", "--to", "mine.csv")
    assert outcome.returncode == 0, outcome.stderr
    assert "mine.csv" in outcome.stdout and "mallory/soft_threshold" in outcome.stderr
    assert len(_read(room.root / "mine.csv")) == len(PEOPLE) + 2
    outcome = room.gradus("export", "csv", "--assignment", "nothing")
    assert outcome.returncode == 2 and "not in the gradebook: nothing" in outcome.stderr
