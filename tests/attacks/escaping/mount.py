"""Mounts a file system of its own, without a limit.

how: cell
nbgrader: mounted, where the grader is root
gradus: not permitted
control: no
"""
import ctypes
harm = ctypes.CDLL(None).mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0
