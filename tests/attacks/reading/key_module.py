"""Imports the answer key.

how: cell
nbgrader: imported
gradus: there is no such module
"""
import importlib, sys
sys.path.insert(0, KEY)  # where the attacker guesses the staff's package to lie
harm = bool(importlib.import_module("gradus_" + "staff.key.soft_threshold").A)
