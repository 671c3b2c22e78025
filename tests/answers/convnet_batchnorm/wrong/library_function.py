"""Finds the function in the library.

C: gradus.training.full_gradient does the whole question
"""
# %% C-answer
from gradus.training import full_gradient as flat_gradient
