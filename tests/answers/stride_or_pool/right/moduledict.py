"""A ModuleDict; shape-preserving flatten; while loops.
"""
# %% A-answer
def strides_that_fit(size, kernel, padding, target):
    found, S = [], size + 2 * padding
    while S >= 1:
        places, left = 0, -padding
        while left + kernel <= size + padding:
            places, left = places + 1, left + S
        if places == target:
            found.append(S)
        S -= 1
    return found

# %% B-answer
class StridedConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleDict({
            "linear": nn.Linear(32 * 49, 10),
            "two": nn.Conv2d(16, 32, kernel_size=(5, 5), stride=(2, 2), padding=2, padding_mode="zeros"),
            "one": nn.Conv2d(1, 16, kernel_size=(5, 5), stride=(2, 2), padding=2),
        })
        self.act = nn.ReLU()

    def forward(self, x):
        x = torch.atleast_2d(x).reshape(-1, 1, 28, 28)
        for name in ("one", "two"):
            x = self.act(self.parts[name](x))
        return self.parts["linear"](x.contiguous().view(x.size(0), -1))

# %% C-answer
def train_in_turns(contestants, log, passes, clock=time.perf_counter):
    total = {}
    k = 1
    while k <= passes:
        for name, go in contestants.items():
            start = clock(); go(); stop = clock()
            log(name, k)
            if k >= 2:
                total[name] = total.get(name, 0) + (stop - start) / (passes - 1)
        k += 1
    return total
