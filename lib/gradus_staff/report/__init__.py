"""A report on a graded class: one page, and the same as CSV and JSON.

record      what is known of every submission, as plain data; without names where names are not wanted
gather      reads it from a course: the verdicts in the notebooks, the points in the gradebook
attention   which submissions a person should look at, and why
statistics  difficulty, discrimination, criteria, misconceptions: pure functions
summary     everything that the page says
pictures, svg, page   how it looks          export  CSV and JSON
"""

from gradus_staff.report.export import write_csv, write_json
from gradus_staff.report.gather import gather
from gradus_staff.report.page import render
from gradus_staff.report.record import ClassRecord, without_names
from gradus_staff.report.summary import Summary, summarise

__all__ = ["ClassRecord", "Summary", "gather", "render", "summarise", "without_names", "write_csv", "write_json"]
