"""v3bar has the sign of v6bar.

2B: The sign of the adjoint of v3
"""
# %% 2B-answer
def network_adjoints(v1, v2, v3, v4, v5, v6, v7):
    d = v6.shape[-1]
    v7_bar = torch.ones_like(v7)
    v6_bar = 2 / d * (v6 - v3)
    v5_bar = v6_bar
    v4_bar = v5_bar * torch.exp(v4) + v6_bar
    v3_bar = 2 / d * (v6 - v3)
    v2_bar = v1.T @ v4_bar
    v1_bar = v4_bar @ v2.T
    return {"v7": v7_bar, "v6": v6_bar, "v5": v5_bar, "v4": v4_bar, "v3": v3_bar, "v2": v2_bar, "v1": v1_bar}
