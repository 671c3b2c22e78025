"""Lists the instructor's home directory.

how: cell
nbgrader: listed
gradus: the home is not there
"""
import os
harm = "instructor.txt" in os.listdir(INSTRUCTORS_HOME)
