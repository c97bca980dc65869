"""Halves that hold nobody who counts predict nothing, and a prediction of none is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.base.limits import LimitError
from rfree.evidence.prediction_strength import prediction_strength

ANSWERS = pd.DataFrame(np.random.default_rng(2).choice(list("abc"), (30, 5)), columns=list("pqrst"))


def test_weights_that_leave_one_respondent_are_refused_in_words() -> None:
    weights = np.zeros(30)
    weights[4] = 1
    with pytest.raises(LimitError, match="No half of the respondents"):
        prediction_strength(ANSWERS, n_axes=2, max_classes=3, n_splits=3, sample_weight=weights)
