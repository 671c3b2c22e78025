"""No mean over the batch.

4b: The loss is averaged over the batch
"""
# %% 4b-answer
shapes = {'z1': ('B', 6), 'z2': ('B', 6), 'z3': ('B', 6), 'z4': ('B', 20), 'z5': ('B',)}
