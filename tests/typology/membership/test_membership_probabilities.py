"""The figure of predicted probabilities: readable, and true to its table."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from made_up_membership import made_up_labels, made_up_predictions
from reading import cut, overlapping, texts_of, words_of
from typology.membership.probability_figures import (
    membership_probabilities,
    membership_probabilities_alt,
)

SHAPES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "four": ({}, {}),
    "eight long": ({"n_questions": 8, "long": True}, {}),
    "ten types": ({"language": "en", "n_questions": 2}, {"n_classes": 10, "seed": 2}),
}


def inputs(shape: str) -> tuple[Any, ...]:
    words, choices = SHAPES[shape]
    labels = made_up_labels(**words)
    return (*made_up_predictions(labels, **choices).values(), labels)


def draw(shape: str, **options: Any) -> Figure:
    return membership_probabilities(*inputs(shape), **options)


@pytest.mark.parametrize("shape", list(SHAPES))
def test_no_text_overlaps_another_or_is_cut(shape: str) -> None:
    figure = draw(shape, simulated=True)
    texts = texts_of(figure)
    assert len(texts) > 8
    assert overlapping(texts) == []
    assert cut(figure, texts) == []
    assert ("Données simulées" if shape != "ten types" else "Simulated data") in words_of(figure)


def test_marks_stand_where_the_table_says() -> None:
    predicted, fit, classes, labels = inputs("four")
    figure = membership_probabilities(predicted, fit, classes, labels)
    first = predicted[(predicted["class"] == 1) & (predicted["correction"] == "none")]
    filled = [
        line.get_xdata()[0]
        for line in figure.axes[0].get_lines()
        if line.get_linestyle() == "None" and line.get_markersize() > 5
    ]
    np.testing.assert_allclose(filled, first["probability"])


def test_without_correction_only_one_mark_an_answer_is_drawn() -> None:
    predicted, fit, classes, labels = inputs("four")
    plain = predicted[predicted["correction"] == "none"]
    words = words_of(membership_probabilities(plain, fit, classes, labels))
    assert "erreurs de classement corrigées" not in words
    assert "55,5" in words


@pytest.mark.parametrize("shape", list(SHAPES))
def test_the_alternative_text_is_made_of_sentences_without_gaps(shape: str) -> None:
    text = membership_probabilities_alt(*inputs(shape))
    assert text.endswith(".")
    assert re.search(r"\bnan\b|\bNone\b|<NA>|[{}_]|  ", text) is None
