from __future__ import annotations

import pandas as pd
import pytest

from made_up_study import MadeUpLabels
from reading import cut, overlapping, texts_of, words_of
from typology.types.grouped import question_points_table
from typology.types.movers import MOVERS, consolidation_movers, consolidation_movers_alt
from typology.types.sentences import largest_move_sentence

NAN = float("nan")


def moves_of(counts: list[list[float]]) -> pd.DataFrame:
    """Rows are branches, columns classes; branch i becomes class i."""
    rows = [
        (branch, final, n, branch == final)
        for branch, row in enumerate(counts, start=1)
        for final, n in enumerate(row, start=1)
    ]
    return pd.DataFrame(rows, columns=["tree_class", "class", "n", "continues"])


def classes_of(counts: list[list[float]]) -> pd.DataFrame:
    sizes = pd.DataFrame(counts).sum().tolist()
    numbers = list(range(1, len(sizes) + 1))
    return pd.DataFrame({"class": numbers, "type": [f"t{i}" for i in numbers], "n": sizes})


FOUR = [[52, 0, 0, 0], [10, 117, 4, 0], [0, 2, 98, 0], [0, 0, 0, 29]]
HIDDEN = [[52, 0, 0, 0], [10, 117, NAN, 0], [0, NAN, 98, 0], [0, 0, 0, 29]]
MANY = [[30 if i == j else 3 for j in range(8)] for i in range(8)]
COUNTS = {"four": FOUR, "hidden": HIDDEN, "many": MANY}


class Named(MadeUpLabels):
    """Any number of types, by number."""

    def type(self, type_id: str, class_number: int) -> str:  # noqa: ARG002
        return f"les médecins du type {class_number}"


LABELS = Named("fr", 5, {})


@pytest.mark.parametrize("shape", list(COUNTS))
def test_no_text_overlaps_another_or_is_cut(shape: str) -> None:
    counts = COUNTS[shape]
    classes = classes_of(FOUR if shape == "hidden" else counts)
    figure = consolidation_movers(moves_of(counts), classes, LABELS, simulated=True)
    texts = texts_of(figure)
    assert len(texts) > 10
    assert overlapping(texts) == []
    assert cut(figure, texts) == []


def test_bands_are_as_thick_as_they_have_respondents_and_movers_have_their_colour() -> None:
    figure = consolidation_movers(moves_of(FOUR), classes_of(FOUR), LABELS)
    bands = {
        patch.get_gid(): patch
        for patch in figure.axes[0].patches
        if str(patch.get_gid()).startswith("band")
    }
    assert set(bands) == {
        "band 1 1", "band 2 1", "band 2 2", "band 2 3", "band 3 2", "band 3 3", "band 4 4",
    }  # fmt: skip

    def thick(name: str) -> float:
        heights = bands[name].get_path().vertices[[0, 7], 1]
        return float(heights[0] - heights[1])

    per_head = (thick("band 2 2") - thick("band 1 1")) / (117 - 52)
    assert thick("band 3 3") - thick("band 1 1") == pytest.approx(per_head * (98 - 52))
    assert thick("band 3 2") > 0
    greys = {bands[name].get_facecolor() for name in ("band 1 1", "band 2 2", "band 4 4")}
    assert len(greys) == 1
    assert bands["band 2 1"].get_facecolor() not in greys


def test_the_numbers_are_those_of_the_table_and_hidden_ones_are_not_told() -> None:
    told = words_of(consolidation_movers(moves_of(FOUR), classes_of(FOUR), LABELS)).split(" | ")
    assert {"10", "4", "2", "117", "Branche 2 n\u00a0=\u00a0131"} <= set(told)
    assert "les médecins du type 2 n\u00a0=\u00a0119" in told
    hidden = words_of(consolidation_movers(moves_of(HIDDEN), classes_of(FOUR), LABELS)).split(" | ")
    assert {"quelques", "Branche 2", "les médecins du type 2 n\u00a0=\u00a0119"} <= set(hidden)
    assert not {"4", "2"} & set(hidden)


def test_the_alternative_text_and_the_sentence_tell_who_went_where() -> None:
    alt = consolidation_movers_alt(moves_of(FOUR), classes_of(FOUR), LABELS)
    assert "10 de la branche «\u00a0les médecins du type 2\u00a0» vers" in alt
    tables = {
        "class_moves": moves_of(FOUR), "classes": classes_of(FOUR),
        "consolidation": pd.DataFrame({"n": [312], "moved": [16]}),
    }  # fmt: skip
    sentence = largest_move_sentence(tables, LABELS)  # type: ignore[arg-type]
    assert "10 répondants" in sentence
    assert sentence.index("type 2") < sentence.index("type 1")


def test_without_a_move_there_is_nothing_to_draw_nor_to_tell() -> None:
    still = {
        "class_moves": moves_of([[5, 0], [0, 7]]), "classes": classes_of([[5, 0], [0, 7]]),
        "consolidation": pd.DataFrame({"n": [12], "moved": [0]}),
    }  # fmt: skip
    assert not MOVERS.is_there(still)
    assert MOVERS.why_absent(still, LABELS) == ""  # type: ignore[arg-type] # a sentence says so
    assert largest_move_sentence(still, LABELS) == ""  # type: ignore[arg-type]
    untold = {"class_moves": moves_of([[NAN, NAN], [NAN, NAN]])}
    assert not MOVERS.is_there(untold)
    assert MOVERS.why_absent(untold, LABELS) == ""  # type: ignore[arg-type] # the table says why


def test_a_table_without_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="'class_moves' lacks the columns"):
        consolidation_movers(pd.DataFrame({"n": [1]}), classes_of(FOUR), LABELS)


def test_points_of_a_question_hide_rare_answers_and_what_would_tell_their_number() -> None:
    placed = pd.DataFrame({"class": 1, "Axis 1": range(40), "Axis 2": 0.0})
    answers = pd.DataFrame(
        {
            "rare": ["a"] * 30 + ["b"] * 7 + ["c"] * 3,
            "rarer": ["a"] * 30 + ["b"] * 4 + ["c"] * 3 + [None] * 3,
            "plain": ["a"] * 20 + ["b"] * 20,
            "two": ["yes"] * 38 + ["no"] * 2,
        }
    )
    points = question_points_table(placed, answers, smallest=5)
    assert points["n"].min() >= 5
    told = points.groupby(["variable", "category"])["n"].sum().to_dict()
    assert told == {("plain", "a"): 20, ("plain", "b"): 20, ("rare", "a"): 30, ("rarer", "a"): 30}
    first = points[(points["variable"] == "plain") & (points["category"] == "a")]
    assert (first["n"] * first["Axis 1"]).sum() == pytest.approx(sum(range(20)))
