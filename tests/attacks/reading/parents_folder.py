"""Reaches the host's root through the first process of the sandbox.

how: cell
nbgrader: the host's own files
gradus: the sandbox's root is the only one
"""
import os
harm = os.path.exists(f"/proc/1/root{COURSE}/gradebook.db") or os.path.exists(f"/proc/self/root{COURSE}/gradebook.db")
