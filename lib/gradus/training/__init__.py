"""What surrounds the loops that students write: batches, logs, accuracies, times, threads, and a loop of our own."""

from gradus.training.batches import batches, draw_pass, seed_everything, updates_per_pass
from gradus.training.evaluation import Evaluation, evaluate
from gradus.training.gradients import full_gradient
from gradus.training.log import Log
from gradus.training.loop import Run, has_diverged, train
from gradus.training.progress import progress_bar
from gradus.training.threads import best_threads, fastest_thread_count, use_best_threads
from gradus.training.timing import Times, fair_times
from gradus.training.validation import (
    check_batch_size,
    check_count,
    check_data,
    check_gamma,
    check_learning_rate,
    check_momentum,
)

__all__ = [
    "Evaluation",
    "Log",
    "Run",
    "Times",
    "batches",
    "best_threads",
    "check_batch_size",
    "check_count",
    "check_data",
    "check_gamma",
    "check_learning_rate",
    "check_momentum",
    "draw_pass",
    "evaluate",
    "fair_times",
    "fastest_thread_count",
    "full_gradient",
    "has_diverged",
    "progress_bar",
    "seed_everything",
    "train",
    "updates_per_pass",
    "use_best_threads",
]
