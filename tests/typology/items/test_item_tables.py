"""Tables of the items: by hand, on two blocks with scales of their own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.items.measure import (
    agreement_scale,
    agreement_table,
    block_reliability,
    distribution_table,
)
from typology.questionnaire import Questionnaire, Scale

WEIGHTS = np.array([1.0, 1.0, 2.0, 4.0])
ANSWERS = pd.DataFrame(
    {
        "H1": [1, 4, 5, None],
        "H2": [2, 2, 3, 4],
        "H3": [5, 4, 2, 1],
        "F1": [0, 2, 2, 1],
        "G1": [1, 2, 1, 2],
        "G2": [2, 1, 1, 2],
    },
    dtype="Int64",
)


def points(first: int, last: int) -> list[dict[str, Any]]:
    return [{"code": at, "fr": f"d{at}", "en": f"l{at}"} for at in range(first, last + 1)]


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    def block(name: str, scale: str, *items: dict[str, Any]) -> dict[str, Any]:
        both = [{"fr": item["id"], "en": item["id"], **item} for item in items]
        return {"id": name, "title": {"fr": name, "en": name}, "scale": scale,
                "direction": "favourable", "items": both}  # fmt: skip

    return Questionnaire.model_validate(
        {
            "title": {"fr": "t", "en": "t"},
            "scales": {"five": points(1, 5), "three": points(0, 2), "two": points(1, 2)},
            "blocks": [
                block("H", "five", {"id": "H1"}, {"id": "H2"}, {"id": "H3", "reversed": True}),
                block("F", "three", {"id": "F1"}),
                block("G", "two", {"id": "G1"}, {"id": "G2"}),
            ],
        }
    )


def test_answers_are_counted_on_the_scale_of_their_block(asked: Questionnaire) -> None:
    table = distribution_table(ANSWERS, asked, np.ones(4))
    assert list(table.columns) == ["block", "item", "code", "n", "share"]
    sizes = table.groupby(["block", "item"], sort=False).size()
    assert sizes.to_dict() == {
        ("H", "H1"): 5, ("H", "H2"): 5, ("H", "H3"): 5, ("F", "F1"): 3, ("G", "G1"): 2,
        ("G", "G2"): 2,
    }  # fmt: skip
    first = table[table["item"] == "F1"]
    assert first["code"].tolist() == [0, 1, 2]
    assert first["n"].tolist() == [1, 1, 2]
    assert first["share"].tolist() == [25, 25, 50]


def test_answers_are_counted_with_their_weights(asked: Questionnaire) -> None:
    table = distribution_table(ANSWERS, asked, WEIGHTS).set_index(["item", "code"])
    np.testing.assert_allclose(table.loc["F1", "share"], [12.5, 50, 37.5])
    # Who does not answer H1 weighs half of all: shares are of those who do.
    np.testing.assert_allclose(table.loc["H1", "share"], [25, 0, 0, 25, 50])
    assert table.loc["F1", "n"].tolist() == [1, 1, 2]


def test_agreement_counts_respondents_and_weighs_shares(asked: Questionnaire) -> None:
    table = agreement_table(ANSWERS, asked, WEIGHTS).set_index("item")
    assert table["block"].tolist() == ["H", "H", "H", "F", "G", "G"]
    assert table["n"].tolist() == [3, 4, 4, 4, 4, 4]
    assert table["missing"].tolist() == [1, 0, 0, 0, 0, 0]
    assert table.loc["H1", "mean"] == pytest.approx((1 + 4 + 2 * 5) / 4)
    assert table.loc["H1", "agree_share"] == pytest.approx(75)
    assert table.loc["F1", "neutral_share"] == pytest.approx(50)
    # Ranked within its block.
    assert table.loc["F1", "rank"] == 1
    assert table.loc[["H1", "H2", "H3"], "rank"].tolist() == [1, 2, 3]
    plain = agreement_table(ANSWERS, asked, np.ones(4)).set_index("item")
    assert plain.loc["H1", "mean"] == pytest.approx(10 / 3)


def test_reliability_turns_reversed_items_and_leaves_single_ones_out(asked: Questionnaire) -> None:
    table = block_reliability(ANSWERS, asked, np.ones(4)).set_index("block")
    assert table.index.tolist() == ["H", "G"]
    # Three respondents answered all of H: turned, H3 is 1, 2, 4.
    turned = np.array([[1, 2, 1], [4, 2, 2], [5, 3, 4]])
    alpha = 3 / 2 * (1 - turned.var(axis=0, ddof=1).sum() / turned.sum(axis=1).var(ddof=1))
    assert table.loc["H", "alpha"] == pytest.approx(alpha)
    weighted = block_reliability(ANSWERS, asked, WEIGHTS).set_index("block")
    assert weighted.loc["H", "alpha"] != pytest.approx(alpha, abs=1e-3)


def test_a_scale_keeps_its_ends_and_its_stances() -> None:
    stances = enumerate(("disagree", *["neutral"] * 3, "agree"), start=-2)
    scale = Scale.model_validate(
        [
            {"code": code, "fr": f"d{code}", "en": f"l{code}", "stance": stance}
            for code, stance in stances
        ]
    )
    ours = agreement_scale(scale)
    assert (ours.low, ours.high) == (-2, 2)
    assert ours.disagree == (-2,)
    assert ours.agree == (2,)
