"""The same model under two treatments."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.membership.compare_models import compare_estimates
from rfree.membership.design_matrix import design_matrix
from rfree.membership.multinomial import multinomial_logit
from rfree.membership.ordered import ordered_logit

CLASSES = [1, 2, 1, 2, 3, 3, 1, 2, 3, 1]
DESIGN = design_matrix(
    pd.DataFrame({"age": [30.0, 41, 35, 50, 38, 61, 44, 33, 47, 52]}), units={"age": 10}
)


def test_a_model_does_not_differ_from_itself() -> None:
    model = multinomial_logit(DESIGN, CLASSES, reference=1)
    table = compare_estimates(model, model)
    assert (table["difference"] == 0).all()
    np.testing.assert_allclose(table["std_error_ratio"], 1)
    assert table["term"].tolist() == ["(intercept)", "age (per 10)"] * 2


def test_differences_are_those_of_the_estimates() -> None:
    plain = multinomial_logit(DESIGN, CLASSES, reference=1)
    weighted = multinomial_logit(
        DESIGN, CLASSES, reference=1, sample_weight=np.linspace(0.5, 1.5, 10)
    )
    table = compare_estimates(plain, weighted, names=("plain", "weighted"))
    np.testing.assert_allclose(
        table["difference"], table["estimate_weighted"] - table["estimate_plain"]
    )
    assert (table["difference"] != 0).any()


def test_infinite_estimates_have_no_difference() -> None:
    design = design_matrix(pd.DataFrame({"age": [30.0, 31, 40, 41]}))
    separated = ordered_logit(design, [1, 1, 2, 2])
    table = compare_estimates(separated, ordered_logit(design, [1, 1, 2, 2], penalty="ridge"))
    assert table["difference"].isna().all()


def test_models_that_do_not_compare_are_refused() -> None:
    multinomial = multinomial_logit(DESIGN, CLASSES, reference=1)
    with pytest.raises(ValueError, match="kind"):
        compare_estimates(multinomial, ordered_logit(DESIGN, CLASSES))
    with pytest.raises(ValueError, match="reference class: 1 and 2"):
        compare_estimates(multinomial, multinomial_logit(DESIGN, CLASSES, reference=2))
    with pytest.raises(ValueError, match="two names"):
        compare_estimates(multinomial, multinomial, names=("a", "a"))
