"""The convolution by Fourier transform (NumPy's), modules as classes, SymPy's infinity, a tensor as counterexample."""
# %% 1C-code-answer
def conv2d(image, kernel, stride=1, padding=0):
    if image.ndim == 3:
        return np.array([sum(conv2d(x, w, stride, padding) for x, w in zip(image, one)) for one in kernel])
    rows, columns = (output_size(n, k, stride, padding) for n, k in zip(image.shape, kernel.shape))
    x = np.pad(image, padding)
    shape = [n + k - 1 for n, k in zip(x.shape, kernel.shape)]
    product = np.fft.rfft2(x, shape) * np.fft.rfft2(kernel[::-1, ::-1], shape)
    full = np.fft.irfft2(product, shape)
    valid = full[kernel.shape[0] - 1 :, kernel.shape[1] - 1 :]
    return valid[::stride, ::stride][:rows, :columns]
# %% 2A-answer
from torch import nn
pooling_modules = {nn.MaxPool2d, nn.AvgPool2d, nn.FractionalMaxPool2d, nn.LPPool2d, nn.AdaptiveMaxPool2d, nn.AdaptiveAvgPool2d}
# %% 2D-answer
import sympy
from fractions import Fraction
p_for_max, p_for_average = sympy.oo, sympy.Integer(1)
counterexample = torch.tensor([[-2.0, 1.0], [1.0, 1.0]])
def factor(n):
    return Fraction(1, n)
