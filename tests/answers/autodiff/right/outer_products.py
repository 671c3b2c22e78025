"""Outer products and einsum; v5 in place of exp(v4); 1 as a plain number."""
# %% 2B-answer
def network_adjoints(v1, v2, v3, v4, v5, v6, v7):
    d = v6.numel()
    v6_bar = (v6 - v3) / (d / 2)
    v4_bar = v6_bar * (1 + v5)
    return dict(v7=1, v6=v6_bar, v5=v6_bar.clone(), v4=v4_bar, v3=(v3 - v6) * 2 / d,
                v2=torch.outer(v1.flatten(), v4_bar.flatten()), v1=torch.einsum("nd,kd->nk", v4_bar, v2))
