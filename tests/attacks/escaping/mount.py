"""Mounts a file system of its own, without a limit.

how: cell
nbgrader: mounted, where the grader is root
gradus: not permitted
control: no
"""
import ctypes, os
os.makedirs("mount-point", exist_ok=True)  # a place of its own: no test may cover up the machine's
harm = ctypes.CDLL(None).mount(b"none", b"mount-point", b"tmpfs", 0, None) == 0
