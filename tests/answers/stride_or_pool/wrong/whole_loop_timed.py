"""Starts the clock before the loop and divides by the passes.

C: -
"""
# %% C-answer
def train_in_turns(contestants, log, passes, clock=time.perf_counter):
    seconds = {}
    for name, train_pass in contestants.items():
        start = clock()
        for k in range(1, passes + 1):
            train_pass()
            log(name, k)
        seconds[name] = (clock() - start) / passes
    return seconds
