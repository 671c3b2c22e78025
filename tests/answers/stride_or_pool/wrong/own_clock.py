"""Uses time.time() and forgets the clock that was given.

C: The seconds are not those of the given clock
"""
# %% C-answer
def train_in_turns(contestants, log, passes, clock=time.perf_counter):
    times = {name: [] for name in contestants}
    for k in range(passes):
        for name in contestants:
            t = time.time()
            contestants[name]()
            times[name].append(time.time() - t)
            log(name, k + 1)
    return {name: sum(ts[1:]) / len(ts[1:]) for name, ts in times.items()}
