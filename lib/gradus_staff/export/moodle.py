"""Grades and feedback for the grade import of Moodle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from nbgrader.api import Gradebook, MissingEntry
from traitlets import Bool

from gradus_staff.export.grades import GradesExport, harmless, number

__all__ = ["MoodleExport"]

MOST_POINTS = 100
"""Moodle refuses a larger number, unless its administrator has allowed unlimited grades."""


class MoodleExport(GradesExport):
    """Names, Username, ID number, Email address; two columns an assignment: "… (Real)" and "… (Feedback)".

    Moodle asks at the import which column identifies users and which belongs to which grade item. A dash is no grade.
    The feedback is HTML; it needs the grade beside it, because Moodle empties grades whose feedback comes alone.
    """

    default_file = "grades-moodle.csv"

    with_feedback = Bool(True, help="Whether there are columns with feedback.").tag(config=True)

    def rows(self, gradebook: Gradebook) -> Iterable[Sequence[str]]:
        assignments = self.assignments(gradebook)
        headings = ["First name", "Last name", "Username", "ID number", "Email address"]
        for one in assignments:
            if one.max_score > MOST_POINTS:
                self.log.warning(
                    "%s has %g points; Moodle takes more than 100 only if set up so", one.name, one.max_score
                )
            title = harmless(self.columns.get(one.name, one.name))
            headings += [f"{title} (Real)", f"{title} (Feedback)"] if self.with_feedback else [f"{title} (Real)"]
        yield headings
        for student in self.students(gradebook):
            who = (student.first_name, student.last_name, student.id, student.lms_user_id, student.email)
            row = [harmless(one) for one in who]
            for one in assignments:
                grade = self.grade(gradebook, one.name, student.id)
                row.append(number(grade.points) if grade else "-")
                if self.with_feedback:
                    row.append(harmless(self._feedback(gradebook, one.name, student.id)) if grade else "")
            yield row

    def _feedback(self, gradebook: Gradebook, assignment: str, student: str) -> str:
        """One line a question that lost points, one a comment of a person, one about lateness; as HTML."""
        from gradus_staff.late import policy_of, record_of
        from gradus_staff.results import verdicts_of  # it imports PyTorch

        lines = []
        policy = policy_of(self.course.config)
        late = record_of(gradebook, policy, assignment, student) if policy else None
        lines += [late.sentence] if late and late.sentence else []
        for verdict in verdicts_of(self.course, assignment, student)[0]:
            if verdict["status"] != "passed":
                sentence = (verdict["misconceptions"] or [verdict["message"]])[0]
                points = f"{number(verdict['points'])} of {number(verdict['max_points'])}"
                lines.append(f"{verdict['grade_id']}, {points}: {sentence}")
        try:
            notebooks = gradebook.find_submission(assignment, student).notebooks
        except MissingEntry:
            notebooks = []
        comments = [entry for notebook in notebooks for entry in notebook.comments if entry.manual_comment]
        lines += [f"{entry.name}: {entry.manual_comment}" for entry in comments]
        return "<br>".join(escape(line, quote=False) for line in lines)
