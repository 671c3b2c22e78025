"""Makes a test cell Markdown.

how: notebook
nbgrader: changed back
gradus: changed back
group: 1
"""
from classroom import edit


import nbformat

def change(notebook, index):
    cell = notebook.cells[index]
    notebook.cells[index] = nbformat.v4.new_markdown_cell("passed", metadata=cell.metadata)

def tamper(notebook):
    return edit(notebook, "E", change)
