"""Makes a device file to read the disk with.

how: cell
nbgrader: made, where the grader is root
gradus: not permitted
control: root
"""
import os, stat
os.mknod("disk", stat.S_IFBLK | 0o600, os.makedev(8, 0))
harm = True
os.remove("disk")
