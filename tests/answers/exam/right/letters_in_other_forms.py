"""Letters with brackets and dots, and no bonus."""
# %% 3a-answer
choice_3a = "(B)"
# %% 3b-answer
choice_3b = "(B)"
# %% 3c-answer
choice_3c = "(A)"
# %% 3d-answer
choice_3d = "(A)"
# %% 3e-answer
choice_3e, more_than_linear = "(A)", False
# %% 6-answer
choice_6 = "(B)"
# %% 7a-answer
choice_7a = "(A)"
# %% 7b-answer
choice_7b = "(C)"
# %% 7c-answer
choice_7c = "(D)"
# %% 7d-answer
choice_7d = "(B)"
# %% 8c-answer
choice_8c = " C. "
# %% 9a-answer
choice_9a = " C. "
# %% 9b-answer
choice_9b = " D. "
# %% 9c-answer
choice_9c = " C. "
# %% 11e-answer
choice_11e = " D. "
# %% 11f-answer
choice_11f = " A. "
# %% 12a-answer
choice_12a = " B. "
# %% 12b-answer
choice_12b = " D. "
# %% 12c-answer
choice_12c = " D. "
