"""Looks for open files that the grader forgot to close.

how: cell
nbgrader: whatever was inherited
gradus: standard streams and the kernel's own sockets
control: no
"""
import os
targets = []
for name in os.listdir("/proc/self/fd"):
    try:
        targets.append(os.readlink(f"/proc/self/fd/{name}"))
    except OSError:
        pass
own = ("/dev/null", "pipe:", "socket:", "anon_inode:", "/proc/", "/tmp/home", "/dev/pts")
harm = any(COURSE in target or not target.startswith(own) for target in targets)
