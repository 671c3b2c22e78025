"""B as a SymPy symbol, shapes with floats, numbers of torch and NumPy."""
# %% 4a-answer
parameters = {"Linear1": np.int64(18), "LayerNorm1": 12.0, "ReLU": 0, "Dropout": 0, "Linear2": torch.tensor(140), "CrossEntropy": 0}
# %% 4b-answer
import sympy
B = sympy.Symbol("B")
shapes = {"z1": (B, 6), "z2": (B, 6), "z3": (B, 6), "z4": (B, 20), "z5": torch.tensor(1.0).shape}
# %% 11b-answer
b = "b"
conv_shapes = [(b, 2, 220.0, 220.0)] * 3 + [(b, 4, np.int64(55), 55)] * 3
# %% 11c-answer
pool_kernel, in_features, out_features = ("H6", "W6"), "C_6", "N_c"
# %% 8a-answer
layer_norm = np.sign([[3.0, -3], [-2, 2]])
