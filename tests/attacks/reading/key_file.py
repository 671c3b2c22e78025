"""Reads the answer key as text.

how: cell
nbgrader: read
gradus: no such file
"""
import pathlib
harm = "class A" in (pathlib.Path(KEY) / ("gradus_" + "staff") / "key" / "soft_threshold.py").read_text()
