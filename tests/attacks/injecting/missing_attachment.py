"""Refers to an attachment that is not there, so that no feedback can be made.

how: text
nbgrader: no feedback for this submission
gradus: shown as text
"""
TEXT = '![picture](attachment:nowhere.png)'
