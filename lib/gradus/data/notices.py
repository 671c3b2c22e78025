"""What the loaders tell their reader: one sentence each, on standard output."""


def say(sentence: str) -> None:
    """Print one sentence.

    Not warnings.warn and not stderr: nbgrader gives a graded cell that wrote to stderr no points, and a missing
    download is not the student's mistake.
    """
    print(f"gradus: {sentence}", flush=True)
