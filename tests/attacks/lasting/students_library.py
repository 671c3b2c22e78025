"""Changes the course's own library.

how: cell
nbgrader: changed
gradus: read-only
"""
import pathlib, gradus
path = pathlib.Path(gradus.__file__).parent / "written_by_a_student.py"
path.write_text("")
path.unlink()
harm = True
