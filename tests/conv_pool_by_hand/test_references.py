"""The references of conv_pool_by_hand are torch's, and hidden cases work whatever is drawn."""

import numpy as np
import torch
from torch.nn import functional as F

from gradus.judging import Raised
from gradus_staff.answer_key import load_keys
from gradus_staff.judge import judge
from gradus_staff.key.conv_pool_models import avg_pool, lp_pool, max_pool
from gradus_staff.secret import generator


def test_poolings_are_torchs():
    rng = np.random.default_rng(1)
    for _ in range(200):
        size, stride = (int(n) for n in rng.integers(1, 5, 2))
        padding = int(rng.integers(0, size // 2 + 1))
        image = rng.normal(size=size + rng.integers(0, 6, 2))
        x = torch.tensor(image)[None, None]
        assert np.allclose(max_pool(image, size, stride, padding), F.max_pool2d(x, size, stride, padding)[0, 0])
        mean = F.avg_pool2d(x, size, stride, padding, count_include_pad=False)[0, 0]
        assert np.allclose(avg_pool(image, size, stride, padding), mean)
        norm = F.lp_pool2d(F.pad(x.abs(), (padding,) * 4), 3.0, size, stride)[0, 0]
        assert np.allclose(lp_pool(image, 3.0, size, stride, padding), norm)


def test_every_question_can_be_asked_for_two_hundred_students():
    for name, key in load_keys("conv_pool_by_hand").items():
        for student in range(200 if name not in ("1C-code", "1D-code") else 40):
            cases = list(key.cases(generator(b"seeds", name, str(student))))
            for case in cases:
                assert case.criterion in {**key.criteria, **key.bonus}
            if student % 20 == 0:
                observations = [key.ask(key.answer, case) for case in cases]
                assert not any(isinstance(got, Raised) for got in observations)
                lost = [c.name for c in judge(key, cases, observations, 1.0).criteria if c.finding]
                assert lost in ([], ["done by hand"]), name  # the references are allowed to use torch
