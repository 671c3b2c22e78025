"""Averages over all passes.

C: The first pass counts
"""
# %% C-answer
def train_in_turns(contestants, log, passes, clock=time.perf_counter):
    times = {name: [] for name in contestants}
    for k in range(passes):
        for name in contestants:
            t = clock()
            contestants[name]()
            times[name].append(clock() - t)
            log(name, k + 1)
    return {name: sum(ts) / passes for name, ts in times.items()}
