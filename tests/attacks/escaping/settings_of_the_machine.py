"""Changes a setting of the machine, run as root at the next crash.

how: cell
nbgrader: written, where the grader is root
gradus: not permitted
control: root
"""
with open("/proc/sys/kernel/core_pattern", "r+") as setting:
    before = setting.read()
    setting.seek(0)
    setting.write(before)
harm = True
