"""How much faster ten text models train at once than one after another, for every stride of the assignment text_cnn.

    python bench/ensembles.py [--updates 31] [--rounds 3] [--threads 1 2]

Both sides do the same updates: Conv1d(1 -> 64, kernel 3) over 96-entry vectors, ReLU, max pool 3, linear; batch 32, SGD
with momentum 0.8. Columns: milliseconds for one update of all ten models, the best of several rounds taken in turns, at
each number of threads; then each side at its own best number. "same kernels" is the loop with the ensemble's own
convolution, pooling and linear layers: it shows how much of the gain is those, and how much is training together.
The last line is one JSON object with the same figures.
"""

import argparse
import json
import time

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from gradus.ensembles import train_ensemble
from gradus.scale import scale
from gradus.training.batches import draw_pass
from gradus.training.signals import FastSignals
from gradus.training.threads import thread_candidates, thread_count

ENTRIES, CLASSES, MODELS, BATCH = 96, 6, 10, 32


class TextCNN(nn.Module):
    """Conv1d 1 -> 64, ReLU, max pool, linear, as in text_cnn."""

    def __init__(self, stride: int, pool_stride: int) -> None:
        super().__init__()
        length = (ENTRIES - 1) // stride + 1
        self.convolution = nn.Conv1d(1, 64, 3, padding=1, stride=stride)
        self.pool = nn.MaxPool1d(3, padding=1, stride=pool_stride)
        self.linear = nn.Linear(64 * ((length - 1) // pool_stride + 1), CLASSES)

    def forward(self, x):
        return self.linear(self.pool(torch.relu(self.convolution(x[:, None]))).flatten(1))


def ensemble_seconds(make_model, X, y) -> float:
    """Seconds for one epoch of all models together, as the students call it."""
    start = time.perf_counter()
    train_ensemble(make_model, X, y, range(MODELS), epochs=1, batch_size=BATCH, progress=False)
    return time.perf_counter() - start


def loop_seconds(make_model, X, y, same_kernels: bool) -> float:
    """Seconds for one epoch of each model, one after another: the loop that the ensemble replaces."""
    start = time.perf_counter()
    for seed in range(MODELS):
        torch.manual_seed(seed)
        model = make_model()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.8)
        for batch in draw_pass(len(X), BATCH, seed):
            if same_kernels:
                with FastSignals():
                    loss = cross_entropy(model(X[batch]), y[batch])
            else:
                loss = cross_entropy(model(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return time.perf_counter() - start


def measure(stride: int, pool_stride: int, threads: list[int], updates: int, rounds: int) -> dict:
    """Milliseconds an update of all ten models, for each side and number of threads."""
    rng = torch.Generator().manual_seed(0)
    X = torch.randn(updates * BATCH, ENTRIES, generator=rng)
    y = torch.randint(CLASSES, (len(X),), generator=rng)

    def make_model():
        return TextCNN(stride, pool_stride)

    sides = {
        "loop": lambda: loop_seconds(make_model, X, y, same_kernels=False),
        "same kernels": lambda: loop_seconds(make_model, X, y, same_kernels=True),
        "ensemble": lambda: ensemble_seconds(make_model, X, y),
    }
    best = {side: dict.fromkeys(threads, float("inf")) for side in sides}
    for n in threads:
        with thread_count(n):
            for turn in range(rounds + 1):
                for side, run in sides.items():
                    seconds = run()
                    if turn:  # the first is warm-up
                        best[side][n] = min(best[side][n], seconds)
    milliseconds = {side: {n: 1e3 * s / updates for n, s in times.items()} for side, times in best.items()}
    at_best = {side: min(times.values()) for side, times in milliseconds.items()}
    return {
        "stride": stride,
        "pool_stride": pool_stride,
        "milliseconds": milliseconds,
        "ratio": {n: milliseconds["loop"][n] / milliseconds["ensemble"][n] for n in threads},
        "ratio_best_threads": at_best["loop"] / at_best["ensemble"],
        "ratio_same_kernels": at_best["same kernels"] / at_best["ensemble"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--updates", type=int, default=31, help="updates of each model in one measurement")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each side, of which the best counts")
    parser.add_argument("--threads", type=int, nargs="+", default=thread_candidates())
    arguments = parser.parse_args()

    heads = [f"{side}, {n} thr." for n in arguments.threads for side in ("loop", "same kernels", "ensemble")]
    print(f"{'stride':>6} {'pool':>5}", *(f"{head:>20}" for head in heads), f"{'ratio':>7} {'same kernels':>13}")
    figures = []
    strides = scale("text_cnn", "full").strides
    for stride, pool_stride in [(s, 1) for s in strides] + [(s, s) for s in strides if s > 1]:
        row = measure(stride, pool_stride, arguments.threads, arguments.updates, arguments.rounds)
        times = [row["milliseconds"][side][n] for n in arguments.threads for side in row["milliseconds"]]
        print(
            f"{stride:>6} {pool_stride:>5}",
            *(f"{t:>17.2f} ms" for t in times),
            f"{row['ratio_best_threads']:>7.2f} {row['ratio_same_kernels']:>13.2f}",
            flush=True,
        )
        figures.append(row)
    print(json.dumps({"models": MODELS, "batch": BATCH, "torch": torch.__version__, "strides": figures}))


if __name__ == "__main__":
    main()
