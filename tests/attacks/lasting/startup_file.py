"""Plants an IPython start-up file, which runs in every later kernel.

how: cell
nbgrader: ran in the next four students' kernels
gradus: no such folder
"""
import pathlib
assert list(pathlib.Path(INSTRUCTORS_HOME).iterdir())  # a folder of the same name in here would be no success
folder = pathlib.Path(INSTRUCTORS_HOME, ".ipython/profile_default/startup")
folder.mkdir(parents=True, exist_ok=True)
(folder / "00-student.py").write_text("")
harm = True
