"""Reads the clock after logging.

C: The logging is on the clock.
"""
# %% C-answer
def train_in_turns(contestants, log, passes, clock=time.perf_counter):
    times = {name: [] for name in contestants}
    for k in range(passes):
        for name in contestants:
            t = clock()
            contestants[name]()
            log(name, k + 1)
            times[name].append(clock() - t)
    return {name: sum(ts[1:]) / len(ts[1:]) for name, ts in times.items()}
