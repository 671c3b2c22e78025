"""Changes a module that the next submission imports.

how: cell
nbgrader: changed
gradus: read-only
"""
import pathlib, nbformat
path = pathlib.Path(nbformat.__file__).parent / "written_by_a_student.py"
path.write_text("")
path.unlink()
harm = True
