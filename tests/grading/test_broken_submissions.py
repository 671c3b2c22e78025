"""A class never stops at one submission: one class of many troubles, graded once by plain nbgrader."""

import copy
import json

import nbformat
import psutil
import pytest
from classroom import Classroom, edit

pytestmark = pytest.mark.kernel

POINTS = {"A": 8, "B": 6, "C": 6, "C-figure": 2, "D": 10, "E": 8}
FLOOD = (
    "def soft_threshold(y, T):\n    return torch.where(y > T, (y - T) ** 2, torch.where(y < -T, (y + T) ** 3, 0 * y))\n"
)


def _delete(notebook, index):
    del notebook.cells[index]


def _double(notebook, index):
    twin = copy.deepcopy(notebook.cells[index])
    twin.id = "twin"
    notebook.cells.insert(index, twin)


def _to_markdown(notebook, index):
    cell = notebook.cells[index]
    notebook.cells[index] = nbformat.v4.new_markdown_cell(cell.source, metadata=cell.metadata, id=cell.id)


def _settings(**changes):
    def change(notebook, index):
        notebook.cells[index].metadata["nbgrader"].update(changes)

    return change


def _tags(notebook):
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution", "raises-exception", "remove_cell"]
    return notebook


def _another_kernel(notebook):
    notebook.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    notebook.metadata["language_info"] = {"name": "R"}
    return notebook


def _format_3(notebook):
    return json.dumps(nbformat.convert(notebook, 3))


def _own_objects():
    return """
class Fancy(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return True
    def __eq__(self, other):
        return True

def soft_threshold(y, T):
    return torch.zeros_like(y).as_subclass(Fancy)
"""


ODD_A = """
answers = iter([3, float("nan"), float("inf"), [], "0.1521", torch.zeros(0), torch.tensor([True])] * 20)
def soft_threshold(y, T):
    return next(answers)
"""
ODD_C = """
def soft_threshold_derivative(y, T):
    return torch.full_like(y, float("nan")) if y.ndim == 1 else y.sum() * 0
"""
ODD_D = """
class Mine:
    def __init__(self, T, M0): ...
    def parameters(self): return [self]
    def named_parameters(self): return {"M": 1}.items()
    def __call__(self, x): return self
    def detach(self): return self
ConjugateSoftThreshold = Mine
"""
ODD_E = """
def phi_and_gradients(x, M):
    return float("nan"), None, M[:, :0]
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = Classroom(tmp_path_factory.mktemp("course"), seconds_a_cell=8)
    right = room.reference
    room.submit("a_right", right)
    room.submit("b_blank", room.blank)
    room.submit("c_cut_off", nbformat.writes(right)[:4000])
    room.submit("d_empty", "")
    room.submit("e_not_a_notebook", '{"cells": 3}')
    room.submit("f_format_3", _format_3(copy.deepcopy(right)))
    room.submit("g_other_kernel", _another_kernel(copy.deepcopy(right)))
    room.submit("h_missing", edit(copy.deepcopy(right), "C", _delete))
    room.submit("i_doubled", edit(edit(copy.deepcopy(right), "A-answer", _double), "D", _double))
    room.submit("j_retyped", edit(edit(copy.deepcopy(right), "A", _to_markdown), "D-answer", _to_markdown))
    room.submit("k_schema_99", edit(copy.deepcopy(right), "A", _settings(schema_version=99)))
    room.submit("l_greedy", edit(copy.deepcopy(right), "A", _settings(points=1000, grade=False, solution=True)))
    room.submit("m_tags", _tags(copy.deepcopy(right)))
    room.submit("n_flood", room.answered(A_answer=FLOOD + "print('x' * 50_000_000)"))
    room.submit("o_shadow", right, torch__py="raise SystemExit('mine')", gradus__py="check = judge = print")
    loop = "while True:\n    try:\n        pass\n    except BaseException:\n        pass"
    deaf = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass"
    room.submit("p_loops", room.answered(B_answer=loop))
    room.submit("q_deaf", room.answered(B_answer=deaf))
    room.submit("r_dies", room.answered(B_answer="import os\nos._exit(3)"))
    room.submit("s_warns", room.answered(A_answer=FLOOD.replace("return", "import sys, warnings\n"
                "    print('noise', file=sys.stderr); warnings.warn('beware')\n    return")))  # fmt: skip
    room.submit("t_objects", room.answered(A_answer=_own_objects()))
    room.submit("v_odd_values", room.answered(A_answer=ODD_A, C_answer=ODD_C, D_answer=ODD_D, E_answer=ODD_E))
    own_judge = "judge = lambda name, answer: torch.tensor(8.0)\n"
    room.submit("w_own_judge", room.answered(B_answer=own_judge + "figure = None"))
    room.submit("x_bad_time", right, timestamp__txt="the day before yesterday")
    room.submit("u_score_tricks", room.answered(A_answer="import sys\ndef soft_threshold(y, T):\n"
                "    sys.displayhook(8.0)\n    print(8.0)\n    return None"))  # fmt: skip
    scratch = tmp_path_factory.mktemp("scratch")
    room.log = room.nbgrader("autograde", "soft_threshold", TMPDIR=str(scratch))
    room.left_behind = list(scratch.iterdir())
    room.marker = str(scratch)
    return room


def test_the_run_ends_and_everybody_has_scores(room):
    students = sorted(path.name for path in (room.root / "submitted").iterdir())
    assert len(students) == 24
    for student in students:
        scores = room.scores(student)
        assert set(scores) == set(POINTS), student
        assert all(score is not None and 0 <= score <= POINTS[name] for name, score in scores.items()), (
            student,
            scores,
        )
    assert room.log.returncode == 0, room.log.stderr[-3000:]


@pytest.mark.parametrize(
    "student",
    ["a_right", "f_format_3", "g_other_kernel", "i_doubled", "j_retyped", "k_schema_99", "l_greedy", "m_tags",
     "n_flood", "o_shadow", "s_warns", "x_bad_time"],
)  # fmt: skip
def test_trouble_in_the_file_costs_nothing_where_the_answers_are_right(room, student):
    assert room.scores(student) == POINTS, room.verdicts(student)


@pytest.mark.parametrize(
    ("student", "sentence"),
    [("c_cut_off", "cut off"), ("d_empty", "it is empty"), ("e_not_a_notebook", "no list of cells")],
)
def test_a_file_that_cannot_be_read_scores_nothing_and_says_why(room, student, sentence):
    assert set(room.scores(student).values()) == {0}
    for verdict in room.verdicts(student).values():
        assert verdict["status"] == "not judged"
        assert sentence in verdict["message"]


def test_the_blank_notebook_gets_nothing(room):
    assert set(room.scores("b_blank").values()) == {0}


def test_a_missing_cell_is_not_judged_and_the_others_are(room):
    assert room.scores("h_missing") == {**POINTS, "C": 0}
    assert room.verdicts("h_missing")["C"]["message"] == 'Not judged: the cell "C" is missing from the notebook.'


def test_a_doubled_cell_counts_once_and_is_mentioned(room):
    assert any("more than once" in note for note in room.verdicts("i_doubled")["D"]["notes"])


@pytest.mark.parametrize(("student", "reason"), [("p_loops", "longer than 8 s"), ("q_deaf", "longer than 8 s"),
                                                 ("r_dies", "kernel died")])  # fmt: skip
def test_a_cell_that_hangs_or_kills_costs_its_own_points_only(room, student, reason):
    assert room.scores(student) == {**POINTS, "B": 0}
    message = room.verdicts(student)["B"]["message"]
    assert "'figure' is not defined" in message
    assert reason in message


def test_fifty_megabytes_of_output_are_cut_with_a_sentence(room):
    text = nbformat.writes(room.autograded("n_flood"))
    assert len(text) < 5_000_000
    assert "the rest was left out" in text


def test_a_warning_on_stderr_inside_a_students_function_costs_nothing(room):
    assert "noise" in nbformat.writes(room.autograded("s_warns"))
    assert room.scores("s_warns") == POINTS


@pytest.mark.parametrize("student", ["t_objects", "u_score_tricks"])
def test_objects_with_their_own_ideas_of_equality_and_printed_scores_earn_nothing(room, student):
    verdict = room.verdicts(student)["A"]
    # zeros are right inside the band, so the subclass earns that one criterion, as a plain tensor of zeros does
    assert verdict["points"] <= 2
    assert not {"above", "below", "any shape"} & {c["name"] for c in verdict["criteria"] if c["passed"]}


def test_floats_nan_empty_tensors_none_and_objects_end_in_a_sentence_and_earn_nothing(room):
    verdicts = room.verdicts("v_odd_values")
    for name in ("A", "C", "D", "E"):
        verdict = verdicts[name]
        assert verdict["status"] in ("failed", "partly"), verdict
        failed = [criterion for criterion in verdict["criteria"] if not criterion["passed"]]
        assert failed
        assert all(criterion["finding"].endswith((".", ".)")) for criterion in failed)
    findings = " ".join(c["finding"] for verdict in verdicts.values() for c in verdict["criteria"])
    for words in ("NaN", "got None", "Mine", "not the right one"):
        assert words in findings, words
    assert verdicts["A"]["points"] == verdicts["D"]["points"] == verdicts["E"]["points"] == 0


def test_a_judge_of_the_students_own_is_silence_and_earns_nothing(room):
    assert room.scores("w_own_judge") == {"A": 8, "B": 0, "C": 0, "C-figure": 0, "D": 0, "E": 0}
    assert room.verdicts("w_own_judge")["E"]["message"] == "Not judged: no answers came back from the kernel."


def test_no_temporary_folder_and_no_kernel_is_left(room):
    assert room.left_behind == []
    commands = [" ".join(process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"])]
    assert not [command for command in commands if "launch.py" in command and room.marker in command]
