"""Leaves a comment and a text area open, to swallow what follows.

how: text
nbgrader: the rest of the page is gone
gradus: shown as text
"""
TEXT = '<!-- <textarea><style>* { display: none }</style>'
