"""Starts threads without end.

how: alone
nbgrader: the grader waits, or the machine does
gradus: stopped
sentence: processes and threads
seconds: 30
"""
import threading, time
for _ in range(10_000):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
