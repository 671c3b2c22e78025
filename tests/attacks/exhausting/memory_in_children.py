"""Spreads its memory over several processes, each below the limit.

how: alone
nbgrader: the grader waits, or the machine does
gradus: stopped
sentence: more than 512 MiB of memory
seconds: 30
"""
import os, time
for _ in range(12):
    if os.fork() == 0:
        hoard = bytearray(60 * 2**20)
        hoard[::4096] = b"x" * len(hoard[::4096])
        time.sleep(60)
time.sleep(60)
