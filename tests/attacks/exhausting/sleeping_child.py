"""Waits for a child that never ends, in a call that no interrupt reaches.

how: alone
nbgrader: the grader waits, or the machine does
gradus: killed after its time
sentence: ran for longer than 3 s
"""
import os, signal, time
signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP})
if os.fork() == 0:
    time.sleep(3600)
os.wait()
