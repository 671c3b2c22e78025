"""Makes files without end.

how: alone
nbgrader: the grader waits, or the machine does
gradus: stopped
sentence: more than 3000 files
seconds: 30
"""
import time
for number in range(10_000_000):
    open(f"file-{number}", "w").close()
