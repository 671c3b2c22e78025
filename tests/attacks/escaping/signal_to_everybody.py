"""Sends a signal to every process of its user.

how: cell
nbgrader: delivered to the grader, too
gradus: only its own processes are there
"""
import os
others = [int(name) for name in os.listdir("/proc") if name.isdigit()]
harm = GRADER in others or len(others) > 20
