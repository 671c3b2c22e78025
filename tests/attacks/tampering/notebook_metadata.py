"""Writes notes and verdicts of its own into the notebook's metadata.

how: notebook
nbgrader: kept
gradus: left behind
group: 3
"""
def tamper(notebook):
    notebook.metadata["gradus"] = {"problem": "", "notes": {"A": ["full marks"]}, "sandbox": "none"}
    notebook.metadata["nbgrader"] = {"score": 40}
    return notebook
