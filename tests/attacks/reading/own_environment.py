"""Looks into its own environment for what the grader knows.

how: cell
nbgrader: the grader's variables are inherited
gradus: nothing of the grader's
control: no
"""
import os, subprocess
seen = str(dict(os.environ)) + subprocess.run(["env"], capture_output=True, text=True).stdout
harm = "GRADERS_TOKEN" in seen or COURSE in seen
