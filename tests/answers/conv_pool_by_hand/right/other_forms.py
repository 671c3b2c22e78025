"""Typed answers in other forms: single sizes, tensors, SymPy matrices, floats, NumPy integers."""
# %% 1A-answer
size_of_C = 3
# %% 1C-answer
import sympy
C = sympy.Matrix([[109, 92, 72], [108, 85, 74], [110, 74, 79]])
# %% 1D-answer
dE_dA = torch.tensor([[4, 7, 10, 6, 3], [9, 17, 25, 16, 8], [11, 23, 34, 23, 11], [7, 16, 24, 17, 8], [2, 6, 9, 7, 3.0]])
# %% 2A-answer
pooling_modules = ("torch.nn.MaxPool2d", "AvgPool2d()", "torch.nn.FractionalMaxPool2d", "LPPool2d", "AdaptiveMaxPool2d", "AdaptiveAvgPool2d")
# %% 2C-answer
max_of_C = ((109.0, 92.0), (110.0, 85.0))
# %% 3A-answer
size = 16
# %% 3B-answer
padded_output = torch.tensor([[-2.0, 0, 3, 10], [-2, 5, 3, 11], [-3, 7, -2, 13], [0, 3, 1, 5]])
# %% 3C-answer
pooled = np.array([[4, 5], [3, 5]], dtype=np.int8)
# %% 4A-answer
output_shape = torch.zeros(16, 6, 6).shape
# %% 4C-answer
def comparisons(c, h, w, p_h, p_w, s_h, s_w):
    windows = 0
    for top in range(-p_h, h + p_h - p_h + 1, s_h):
        for left in range(-p_w, w + p_w - p_w + 1, s_w):
            windows += 1
    return float(c * windows * (p_h * p_w - 1))
