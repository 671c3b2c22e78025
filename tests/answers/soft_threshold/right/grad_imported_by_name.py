"""autograd's grad imported under a name of the student's own."""
# %% C-answer
from torch.autograd import grad as slope_of


def soft_threshold_derivative(y, T):
    y = y.detach().clone().requires_grad_()
    return slope_of(soft_threshold(y, T).sum(), y)[0]
