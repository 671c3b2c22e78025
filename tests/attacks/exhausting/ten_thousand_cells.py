"""A notebook of ten thousand cells.

how: file
nbgrader: runs them all
gradus: said
sentence: cells, the limit is
"""
import json

def tamper(text):
    notebook = json.loads(text)
    cell = {"cell_type": "code", "id": "x", "metadata": {}, "outputs": [], "execution_count": None, "source": "1"}
    notebook["cells"] += [dict(cell, id=f"x{number}") for number in range(10_000)]
    return json.dumps(notebook)
