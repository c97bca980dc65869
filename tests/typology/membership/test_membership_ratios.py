"""The forest plot of the models of membership: readable, and true to its table."""

from __future__ import annotations

import re
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from made_up_membership import made_up_labels, made_up_membership
from reading import cut, overlapping, texts_of, words_of
from typology.exhibits.canvas.ratio_scale import WIDEST_RATIO, ratio_limits
from typology.exhibits.canvas.saving import save_figure
from typology.membership.figures import membership_ratios, membership_ratios_alt

SHAPES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "four": ({}, {}),
    "eight long": ({"n_questions": 8, "long": True}, {}),
    "ten types": ({"language": "en"}, {"n_classes": 10, "spread": 2.5, "seed": 2}),
    "two types": ({"n_questions": 1}, {"n_classes": 2, "seed": 3}),
    "extreme": ({"n_questions": 3}, {"n_classes": 5, "spread": 6, "seed": 4}),
}
EVERY = pytest.mark.parametrize("shape", list(SHAPES))


def inputs(shape: str) -> tuple[Any, ...]:
    words, choices = SHAPES[shape]
    labels = made_up_labels(**words)
    tables = made_up_membership(labels, **choices)
    return (*tables.values(), labels)


def draw(shape: str, **options: Any) -> Figure:
    return membership_ratios(*inputs(shape), **options)


@EVERY
def test_no_text_overlaps_another_or_is_cut(shape: str) -> None:
    figure = draw(shape, simulated=True)
    texts = texts_of(figure)
    assert len(texts) > 8
    assert overlapping(texts) == []
    assert cut(figure, texts) == []


def test_simulated_data_are_marked_and_real_ones_are_not() -> None:
    assert "Données simulées" in words_of(draw("four", simulated=True))
    assert "Données simulées" not in words_of(draw("four"))


def test_reference_answers_and_type_are_named() -> None:
    words = words_of(draw("four")).replace("\u00a0", " ")
    assert words.count("Réponse 0 (référence)") == 4
    assert "référence : Classe 1" in words


def test_marks_stand_where_the_table_says() -> None:
    coefficients, fit, classes, labels = inputs("four")
    figure = membership_ratios(coefficients, fit, classes, labels)
    first = coefficients[(coefficients["class"] == 2) & (coefficients["correction"] == "none")]
    filled = [
        line.get_xdata()[0]
        for line in figure.axes[0].get_lines()
        if line.get_linestyle() == "None" and line.get_markersize() > 5
    ]
    np.testing.assert_allclose(filled, first["odds_ratio"])


def test_without_correction_only_one_mark_a_term_is_drawn() -> None:
    coefficients, fit, classes, labels = inputs("four")
    plain = coefficients[coefficients["correction"] == "none"]
    figure = membership_ratios(plain, fit, classes, labels)
    assert "erreurs de classement corrigées" not in words_of(figure)
    assert "erreurs de classement corrigées" in words_of(draw("four"))


def test_the_scale_holds_every_ratio_within_bounds() -> None:
    coefficients = inputs("extreme")[0]
    low, high = ratio_limits(coefficients)
    held = np.clip(coefficients["odds_ratio"], 1 / WIDEST_RATIO, WIDEST_RATIO)
    assert (held > low).all()
    assert (held < high).all()


def test_infinite_ratios_are_drawn_at_the_end_of_the_scale() -> None:
    coefficients, fit, classes, labels = inputs("four")
    spoilt = coefficients.copy()
    spoilt.loc[0:20, "odds_ratio"] = np.inf
    spoilt.loc[0:20, ["low", "high", "p_value"]] = np.nan
    membership_ratios(spoilt, fit, classes, labels).draw_without_rendering()


@EVERY
def test_the_alternative_text_is_made_of_sentences_without_gaps(shape: str) -> None:
    text = membership_ratios_alt(*inputs(shape))
    assert text.endswith(".")
    assert re.search(r"\bnan\b|\bNone\b|<NA>|[{}_]|  ", text) is None


def test_a_figure_is_saved_in_the_same_bytes_and_leaves_matplotlib_as_it_was(
    tmp_path: Any,
) -> None:
    before = dict(mpl.rcParams)
    saved = [
        [file.read_bytes() for file in save_figure(draw("four"), tmp_path / run)]
        for run in ("first", "second")
    ]
    assert saved[0] == saved[1]
    assert dict(mpl.rcParams) == before


def test_a_table_without_its_columns_is_refused() -> None:
    coefficients, fit, classes, labels = inputs("four")
    with pytest.raises(ValueError, match="'membership_coefficients' lacks the columns p_value"):
        membership_ratios(coefficients.drop(columns="p_value"), fit, classes, labels)
