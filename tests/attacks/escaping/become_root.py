"""Becomes root by a program that may, or by a system call.

how: cell
nbgrader: where the grader is root, it is already
gradus: no new privileges
"""
import ctypes, os
ctypes.CDLL(None).setuid(0)
status = open("/proc/self/status").read()
harm = os.geteuid() == 0 or "NoNewPrivs:\t0" in status
