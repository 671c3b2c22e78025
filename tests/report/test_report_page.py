"""The page and the files: complete, without names unless they are wanted, and deaf to what students write."""

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from made_up import small_class, submission

import gradus_staff.report.page as page_module
from gradus_staff.report import render, summarise, without_names, write_csv, write_json
from gradus_staff.report.record import ClassRecord

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


class Tags(HTMLParser):
    """Which elements a page has, and whether they are closed in order."""

    VOID = {"meta", "br", "img", "link"}

    def __init__(self, page):
        super().__init__()
        self.seen, self.open = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def hostile_class():
    """Everything that can come from a student, or through an assignment's name, is an attack."""
    record = small_class(HOSTILE)
    first, *others = record.submissions
    answer = first.answers[0]
    bad = answer.__class__(**{**vars(answer), "misconceptions": (HOSTILE,), "criteria": ((HOSTILE, False),)})
    question = record.questions[1].__class__("B", HOSTILE, 10.0)
    first = first.__class__(**{**vars(first), "answers": (bad, *first.answers[1:]), "seconds_late": 60.0})
    return ClassRecord(HOSTILE, (record.questions[0], question, record.questions[2]), (first, *others))


@pytest.mark.parametrize("change", [lambda record: record, without_names])
def test_nothing_that_a_student_writes_becomes_markup(change):
    page = render(summarise(change(hostile_class())))
    tags = Tags(page)
    assert tags.open == []
    assert not {tag for tag, _ in tags.seen} & {"script", "img", "iframe", "object", "link", "base", "form"}
    assert not [name for _, attributes in tags.seen for name in attributes if name.startswith("on")]
    assert "&lt;script&gt;" in page  # it is there, as text


def test_the_page_loads_nothing_and_forbids_it():
    page = render(summarise(small_class()))
    for _, attributes in Tags(page).seen:
        assert not {"src", "href", "xlink:href", "srcset", "action"} & set(attributes)
    assert "@import" not in page
    assert page.count("url(") == page.count("url(#")
    assert "default-src 'none'" in page


def test_names_are_there_only_when_wanted():
    named = render(summarise(small_class("Mallory")))
    unnamed = render(summarise(without_names(small_class("Mallory"))))
    for name in ("cid", "Mallory", "fay"):
        assert name in named
        assert name not in unnamed
    assert "The sign is lost" in unnamed
    assert "names nobody" in unnamed


def test_the_page_says_the_formula_the_hardest_question_and_who_needs_a_human():
    page = render(summarise(small_class()))
    assert "<em>t</em> − <em>x</em>" in page
    assert "Hardest: B, 50 % of the points." in page
    assert "stopped or crashed" in page
    assert "1 h 30 min" in page
    assert "−2 points" in page


def test_a_small_class_is_not_told_that_single_questions_tell_nothing():
    strong_fail = [submission(f"s{i}", 10.0 - i % 11, i % 11) for i in range(22)]
    record = small_class()
    small, large = (render(summarise(ClassRecord("m", record.questions, tuple(strong_fail[:n])))) for n in (11, 22))
    assert "too few to trust" in small
    assert "Hardly tells" not in small
    assert "Hardly tells strong from weak: A, B." in large
    assert "too few to trust" not in large


def test_every_picture_says_in_words_what_it_shows():
    pictures = [one for tag, one in Tags(render(summarise(small_class()))).seen if tag == "svg"]
    for one in pictures:
        assert one.get("aria-label") or one.get("aria-hidden") == "true" or one.get("overflow") == "visible", one
    labels = [one["aria-label"] for one in pictures if one.get("aria-label")]
    assert (
        "Histogram of points. 0 to below 2.5: 1; 5 to below 7.5: 2; 15 to below 17.5: 1; 20 to below 22.5: 1." in labels
    )
    assert "all points: 2, some points: 1, no points: 1; mean 62 %" in labels


def test_a_class_of_nobody_and_one_of_a_thousand_have_a_page():
    record = small_class()
    assert "Nobody" in render(summarise(ClassRecord("empty", record.questions, ())))
    many = tuple(one.__class__(**{**vars(one), "student": str(i)}) for i in range(200) for one in record.submissions)
    assert len(render(summarise(without_names(ClassRecord("many", record.questions, many))))) < 600_000


def test_the_csv_has_a_line_a_submission_and_no_formula_for_a_spreadsheet(tmp_path):
    path = tmp_path / "report.csv"
    write_csv(summarise(small_class('=HYPERLINK("http://x")')), path)
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    assert [row["student"] for row in rows] == ["ann", "bob", "cid", '\'=HYPERLINK("http://x")', "fay"]
    assert rows[1] == {
        "student": "bob", "state": "judged", "points": "15", "max_points": "25", "seconds_late": "5400",
        "late_penalty": "2", "needs_a_human": "", "misconceptions": "", "A": "10", "B": "5", "P": "",
    }  # fmt: skip
    assert rows[2]["misconceptions"] == "The sign is lost"
    assert rows[3]["needs_a_human"] == "crashed"


def test_the_json_file_says_what_the_page_says(tmp_path):
    path = tmp_path / "report.json"
    write_json(summarise(without_names(small_class("Mallory"))), path)
    text = path.read_text(encoding="utf-8")
    data = json.loads(text)
    assert "Mallory" not in text
    assert data["scores"]["median"] == 5.0
    assert data["questions"][0]["mean_share"] == 0.625
    assert data["misconceptions"] == [
        {"sentence": "The sign is lost", "questions": ["A"], "students": ["no. 3", "no. 4"]}
    ]
    assert data["needs_a_human"][0] == {
        "kind": "nothing judged",
        "title": "nothing could be judged",
        "students": {"no. 5": []},
    }
    assert len(data["submissions"]) == 5


def _palettes():
    """The colours of both themes by name, from the style sheet."""
    css = (Path(page_module.__file__).parent / "page.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    return [dict(re.findall(r"--(\w+): (#\w{6});", block)) for block in blocks[:2]]


def _contrast(one, other):
    """WCAG 2: (lighter + 0.05) / (darker + 0.05) of the relative luminances."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_have_a_contrast_of_4_5_and_what_is_drawn_of_3(theme):
    colours = _palettes()[theme]
    for ground in ("paper", "page"):
        for name in ("ink", "soft", "none", "person", "alert", "focus", "all", "some"):
            assert _contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
        assert _contrast(colours["edge"], colours[ground]) >= 3, ground
    for name in ("some", "alert"):  # the dots
        assert _contrast(colours[name], colours["weak"]) >= 3
