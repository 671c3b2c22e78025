"""Lists in the order of the layers, fractions, SymPy numbers and matrices, a tensor."""
# %% 4a-answer
parameters = [18, 12, 0, 0, 140, 0]
# %% 4b-answer
shapes = [["B", 6], ["B", 6], ["B", 6], ["B", 20], (1,)]
# %% 5a-answer
blanks = ["times", "plus", "^2", "×", "−"]
# %% 5c-answer
import sympy
values = {"v6": sympy.Matrix([[1, -1, -2, 2]]), "v5": torch.tensor([[1.0, -1, -2, 2]]), "v4": [[sympy.Rational(4, 2), -2, -4, 4]],
          "v3": np.array([[-1, 1, 2, -2]]), "v2": ((2, -2, -4, 4), (4, -4, -8, 8)), "v1": [[-12.0, 6.0]]}
# %% 8a-answer
from fractions import Fraction
layer_norm = [[Fraction(8 - 5, 3), Fraction(2 - 5, 3)], [Fraction(-2, 2), Fraction(1)]]
# %% 8b-answer
import sympy
half = sympy.Rational(1, 2)
batch_norm = sympy.Matrix([[half / half, half / sympy.sqrt(sympy.Rational(1, 4)), 1], [-1, -1, -sympy.sqrt(1)]])
# %% 10a-answer
size = 19
# %% 11a-answer
conv_parameters = (100, 4, 0, 76, 8, 0)
# %% 11c-answer
pool_kernel, in_features, out_features = 55, 4, "nc"
