"""Everything diverges.

B2: Even images that anybody can learn
"""
# %% B2-answer
def diverges(eta, X=None, y=None):
    return True


eta_div = 1e-3
