"""Says that YOLO needs a pass for every object.

11d: YOLO looks once
"""
# %% 11d-answer
n_passes = True
