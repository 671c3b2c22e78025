"""The course's nbgrader configuration: plain `nbgrader` and the formgrader's buttons use Gradus' steps through it."""

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    IgnorePattern,
    LimitOutput,
    SaveAutoGrades,
)

from gradus_staff.course import be_patient_with_timestamps
from gradus_staff.formulas import formulas_without_internet

formulas_without_internet()  # the formgrader's pages stop working where MathJax does not come
be_patient_with_timestamps()  # one unreadable timestamp.txt does not end the run for the class

c = get_config()  # noqa: F821 -- nbgrader defines it

c.CourseDirectory.course_id = "gradus"

# Reads submissions so that no file can stop the class; notebooks not written for Gradus are read as ever.
c.Autograde.exporter_class = "gradus_staff.reading.SubmissionExporter"

# Runs them and judges the answers outside the student's kernel; others are run by nbgrader's own step.
c.Autograde.autograde_preprocessors = [
    "gradus_staff.execute.Execute",
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
    CheckCellMetadata,
]

# Seconds a cell may take; by assignment where it needs more.
c.Execute.timeout = 30
c.Execute.assignment_timeouts = {}

# Feedback pages that stand alone; notebooks not written for Gradus get nbgrader's own.
c.GenerateFeedback.exporter_class = "gradus_staff.feedback.FeedbackExporter"

# What a kernel answered lies beside the graded notebook, and is not for students.
c.CourseDirectory.ignore.append("*.observations.json")

# Late days, see docs/instructors.md; take the signs away to use them.
# c.AssignLatePenalties.plugin_class = "gradus_staff.late.LateDays"
# c.LateDays.grace_minutes = 15
# c.LateDays.free_days = 3
# c.LateDays.percent_a_day = 10
# c.LateDays.most_percent = 50
