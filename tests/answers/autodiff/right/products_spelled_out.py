"""Matrix products as sums of element-wise products."""
# %% 2A-answer
blanks = {"(A)": "+", "(B)": "·", "(C)": "**2", "(D)": "+", "(E)": "−"}
# %% 2B-answer
def network_adjoints(v1, v2, v3, v4, v5, v6, v7):
    d = v3.shape[1]
    v7_bar = torch.tensor(1.0, dtype=torch.float64)
    v6_bar = 2 * (v6 - v3) / d * v7_bar
    v3_bar = -2 * (v6 - v3) / d
    v5_bar = v6_bar * torch.ones_like(v5)
    through_v5 = v5_bar * v5
    straight = v6_bar
    v4_bar = through_v5 + straight
    v2_bar = v1.reshape(-1, 1) * v4_bar
    v1_bar = (v2 * v4_bar).sum(dim=1).unsqueeze(0)
    return {"v1": v1_bar, "v2": v2_bar, "v3": v3_bar, "v4": v4_bar, "v5": v5_bar, "v6": v6_bar, "v7": v7_bar}
