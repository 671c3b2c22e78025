"""Types the derivative in as a formula: right values, but not by autograd.

C: The formula is typed in
"""
# %% C-answer
def soft_threshold_derivative(y, T):
    return torch.where(y > T, 2 * (y - T), torch.where(y < -T, 3 * (y + T) ** 2, torch.zeros_like(y)))
