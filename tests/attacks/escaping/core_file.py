"""Has the kernel write core files.

how: cell
nbgrader: written
gradus: the limit is 0 and cannot be raised
control: no
"""
import resource
try:
    resource.setrlimit(resource.RLIMIT_CORE, (10**6, 10**6))
except (ValueError, OSError):
    pass
harm = resource.getrlimit(resource.RLIMIT_CORE)[0] > 0
