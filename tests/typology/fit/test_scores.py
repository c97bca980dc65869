"""Mean agreement with the blocks, by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.fit.scores import block_scores, oriented_codes
from typology.questionnaire import Questionnaire


def asked(*, low: int = 1, high: int = 5) -> Questionnaire:
    """Return three hopes, the last reversed, and one fear on a scale of its own."""

    def points(first: int, last: int) -> list[dict[str, Any]]:
        return [{"code": at, "fr": f"d{at}", "en": f"l{at}"} for at in range(first, last + 1)]

    def item(name: str, **more: Any) -> dict[str, Any]:
        return {"id": name, "fr": name, "en": name, **more}

    return Questionnaire.model_validate(
        {
            "title": {"fr": "t", "en": "t"},
            "scales": {"long": points(low, high), "short": points(0, 2)},
            "blocks": [
                {"id": "hopes", "title": {"fr": "h", "en": "h"}, "scale": "long",
                 "direction": "favourable",
                 "items": [item("H1"), item("H2"), item("H3", reversed=True)]},
                {"id": "fears", "title": {"fr": "f", "en": "f"}, "scale": "short",
                 "direction": "unfavourable", "items": [item("F1", reversed=True)]},
            ],
        }
    )  # fmt: skip


ANSWERS = pd.DataFrame(
    {"H1": [1, 5, None, None], "H2": [2, 5, 4, None], "H3": [5, 1, 2, None], "F1": [0, 2, 1, None]},
    index=list("abcd"),
    dtype="Int64",
)


def test_reversed_items_are_turned_about_the_middle_of_their_own_scale() -> None:
    turned = oriented_codes(ANSWERS, asked())
    assert turned["H3"].tolist()[:3] == [1, 5, 4]
    assert turned["F1"].tolist()[:3] == [2, 0, 1]
    assert turned["H1"].tolist()[:2] == [1, 5]
    assert turned["H2"].tolist()[:3] == [2, 5, 4]
    assert turned.isna().equals(ANSWERS.isna())
    assert ANSWERS["H3"].tolist()[:3] == [5, 1, 2]
    assert (turned.dtypes == "float64").all()


@pytest.mark.parametrize(("low", "high"), [(1, 5), (-2, 2), (0, 10)])
def test_a_turned_code_is_as_far_from_the_other_end(low: int, high: int) -> None:
    answers = pd.DataFrame({"H3": range(low, high + 1)})
    turned = oriented_codes(answers, asked(low=low, high=high))["H3"]
    assert turned.tolist() == list(range(high, low - 1, -1))


def test_a_score_is_the_mean_of_the_items_answered() -> None:
    scores = block_scores(ANSWERS, asked(), blocks=["fears", "hopes"])
    assert list(scores.columns) == ["fears", "hopes"]
    assert scores.index.tolist() == list("abcd")
    np.testing.assert_allclose(scores["hopes"], [4 / 3, 5, 4, np.nan])
    np.testing.assert_allclose(scores["fears"], [2, 0, 1, np.nan])
