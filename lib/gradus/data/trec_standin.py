"""Writes stand-in questions where TREC cannot be had: the same three files, sizes and class counts."""

import random

from gradus.data.question_grammar import write_questions

SEED = 20260703
# Questions of every class in the published files: the first 1,000 lines, the other 4,452, and the test file.
FIRST_1000 = {"ABBR": 18, "DESC": 211, "ENTY": 244, "HUM": 220, "LOC": 156, "NUM": 151}
FULL_TRAIN = {"ABBR": 86, "DESC": 1162, "ENTY": 1250, "HUM": 1223, "LOC": 835, "NUM": 896}
TEST = {"ABBR": 9, "DESC": 138, "ENTY": 94, "HUM": 65, "LOC": 81, "NUM": 113}


def contents() -> dict[str, bytes]:
    """The bytes of every file, by its name; the same at every call."""
    rng = random.Random(SEED)
    first = write_questions(FIRST_1000, rng)
    others = write_questions({coarse: n - FIRST_1000[coarse] for coarse, n in FULL_TRAIN.items()}, rng)
    test = write_questions(TEST, rng)
    files = {"train_1000.label": first, "train_5500.label": first + others, "TREC_10.label": test}
    return {name: "".join(f"{line}\n" for line in lines).encode("latin-1") for name, lines in files.items()}
