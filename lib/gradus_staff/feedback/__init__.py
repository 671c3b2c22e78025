"""Feedback for students: one page a notebook that stands alone, on paper, on a phone, without script and network.

exporter   nbgrader's GenerateFeedback writes pages with it: `FeedbackExporter`
cards      what a page says of each question      words, mathml   Markdown and formulas as HTML
writing    pages for a class, in parallel         templates       how they look
"""

from gradus_staff.feedback.exporter import FeedbackExporter

__all__ = ["FeedbackExporter"]
