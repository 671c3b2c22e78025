"""Asks for another kernel, one that is a program of the attacker's.

how: notebook
nbgrader: an error, or that kernel
gradus: Python, whatever it says
group: 3
"""
def tamper(notebook):
    notebook.metadata["kernelspec"] = {"name": "../../evil", "display_name": "x", "language": "bash"}
    return notebook
