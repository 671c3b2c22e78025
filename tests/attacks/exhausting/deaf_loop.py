"""Loops for ever and ignores interrupts.

how: alone
nbgrader: the grader waits, or the machine does
gradus: killed after its time
sentence: did not react to an interrupt
"""
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
