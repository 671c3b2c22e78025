"""A class of five as plain data, small enough to work out by hand."""

from gradus_staff.report.record import Answer, ClassRecord, Question, Reason, Submission

QUESTIONS = (Question("A", "the first", 10.0), Question("B", "the second", 10.0), Question("P", "prose", 5.0, True))


def answer(question, points, *, most=10.0, status="", misconceptions=(), criteria=(), seconds=0.02):
    if not status:
        status = "passed" if points == most else "partly" if points else "failed"
    return Answer(question, most, points, status, tuple(misconceptions), tuple(criteria), seconds)


def submission(student, a, b, *, reasons=(), late=0.0, penalty=0.0, state="judged", seconds=0.0, **first):
    answers = (answer("A", a, **first), answer("B", b), answer("P", None, most=5.0, status="waiting", seconds=None))
    return Submission(student, state, a + b, 25.0, answers, tuple(reasons), seconds, late, penalty)


def small_class(hostile="eve"):
    """ann and bob are strong, cid and eve weak; fay's file could not be read."""
    flipped = {"misconceptions": ["The sign is lost"], "criteria": [("sign", False), ("shape", True)]}
    return ClassRecord(
        "made_up",
        QUESTIONS,
        (
            submission("ann", 10.0, 10.0, criteria=[("sign", True), ("shape", True)], seconds=3.0),
            submission("bob", 10.0, 5.0, late=5400.0, penalty=2.0),
            submission("cid", 5.0, 0.0, **flipped),
            submission(hostile, 0.0, 5.0, reasons=[Reason("crashed", f"A: {hostile} was here")], **flipped),
            submission("fay", 0.0, 0.0, state="not judged", reasons=[Reason("nothing judged", "It is empty.")]),
        ),
    )
