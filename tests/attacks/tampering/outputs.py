"""Submits outputs that hold scores, and asks not to be run.

how: notebook
nbgrader: run again
gradus: run again
group: 2
"""
import nbformat

def tamper(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "8.0"}, execution_count=1)]
            cell.metadata["tags"] = ["skip-execution", "raises-exception"]
    return notebook
