"""Changes a setting of the machine, run as root at the next crash.

how: cell
nbgrader: written, where the grader is root
gradus: not permitted
control: root
"""
with open("/proc/sys/kernel/core_pattern", "r+"):  # open for writing is enough to see
    harm = True
