"""Plants an IPython start-up file, which runs in every later kernel.

how: cell
nbgrader: ran in the next four students' kernels
gradus: no such folder
"""
import pathlib
folder = pathlib.Path(INSTRUCTORS_HOME, ".ipython/profile_default/startup")
folder.mkdir(parents=True, exist_ok=True)
(folder / "00-student.py").write_text("")
harm = True
