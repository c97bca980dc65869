"""The other evidence: what each method is read to say, in tables, sentences and a figure."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from made_up_typology import typology_of_items
from made_up_validity import VALIDITY_FIGURES, validity_tables
from reading import words_of
from rfree.other_clusterings.latent_class_choice import choose_latent_classes
from typology.exhibits.clauses import with_count
from typology.exhibits.labels import Labels
from typology.questionnaire import Questionnaire
from typology.validity.evidence import measure
from typology.validity.evidence.readings import METHODS, SAYS, SURE, evidence_readings, model_says
from typology.validity.evidence.sentences import (
    answer_models_sentence,
    best_and_rival,
    class_selection_sentence,
    comparison_curve_sentence,
    evidence_sentence,
    prediction_strength_sentence,
)
from typology.validity.evidence.tables import (
    answer_models_table,
    comparison_curve_table,
    prediction_strength_table,
)
from typology.validity.evidence.tables import evidence_table as shown_evidence
from typology.validity.measure import ignore
from typology.words import LANGUAGES, number, word

TABLES = validity_tables(4) | {
    "classes": pd.DataFrame({"class": [1, 2, 3, 4], "type": "", "n": 50.0, "share": 25.0})
}


def labels(language: str) -> Labels:
    both = {"fr": "Oui", "en": "Yes"}
    block = {"id": "hopes", "title": both, "scale": "s", "direction": "favourable",
             "items": [{"id": "A1", **both}]}  # fmt: skip
    points = [{"code": code, "fr": f"Niveau {code}", "en": f"Level {code}"} for code in (1, 2, 3)]
    asked = {"title": both, "scales": {"s": points}, "blocks": [block]}
    return Labels(Questionnaire.model_validate(asked), language, {})


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def curve(ccfi: float, mambac: float, l_mode: float) -> pd.DataFrame:
    return TABLES["comparison_curve"].assign(ccfi=ccfi, mambac=mambac, l_mode=l_mode)


def models(*rows: tuple[str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["answer_model", "classes", "bic"])


def strengths(values: list[float], *, low: float = 0.5, high: float = 0.9) -> pd.DataFrame:
    table = pd.DataFrame({"classes": range(2, 2 + len(values)), "prediction_strength": values})
    return table.assign(
        split_low=low, split_high=high, halvings=50, threshold=0.8,
        predicted=table["prediction_strength"] > 0.8,
    )  # fmt: skip


def verdict(rung: str, p_values: list[float], gaps: list[bool]) -> dict[str, pd.DataFrame]:
    steps = pd.DataFrame({"question": ["structure", "gaps", "gaps"], "p_value": p_values})
    return {
        "verdict": pd.DataFrame({"rung": [rung]}),
        "verdict_steps": steps,
        "boundaries": pd.DataFrame({"has_gap": gaps}),
    }


def reading(n_classes: int = 4, **tables: pd.DataFrame) -> dict[str, Any]:
    [row] = evidence_readings(tables, n_classes).to_dict("records")
    return {str(name): value for name, value in row.items()}


def said(n_classes: int = 4, **tables: pd.DataFrame) -> tuple[str, str]:
    row = reading(n_classes, **tables)
    return row["says"], row["sure"]


@pytest.mark.parametrize(
    ("ccfi", "mambac", "l_mode", "expected"),
    [
        (0.36, 0.41, 0.31, ("continuum", "clearly")),
        (0.44, 0.50, 0.38, ("continuum", "barely")),  # the procedures do not agree
        (0.45, 0.45, 0.45, ("unclear", "unsaid")),
        (0.55, 0.55, 0.55, ("unclear", "unsaid")),
        (0.60, 0.70, 0.50, ("groups", "barely")),
        (0.70, 0.75, 0.65, ("groups", "clearly")),
    ],
)
def test_the_index_of_curves_is_read_on_its_bounds(
    ccfi: float, mambac: float, l_mode: float, expected: tuple[str, str]
) -> None:
    assert said(comparison_curve=curve(ccfi, mambac, l_mode)) == expected


def test_an_index_that_samples_of_the_other_kind_reach_is_not_clear() -> None:
    low = curve(0.40, 0.42, 0.38)
    assert said(comparison_curve=low) == ("continuum", "clearly")
    assert said(comparison_curve=low.assign(groups_low=0.39)) == ("continuum", "barely")


@pytest.mark.parametrize(
    ("ccfi", "procedures", "other", "expected"),
    [
        (0.60, (0.56, 0.64), 0.59, ("groups", "clearly")),
        (0.60, (0.55, 0.65), 0.59, ("groups", "barely")),  # one is on the mark, not above it
        (0.60, (0.64, 0.56), 0.60, ("groups", "barely")),  # data of a continuum reach it
        (0.40, (0.36, 0.44), 0.41, ("continuum", "clearly")),
        (0.40, (0.45, 0.35), 0.41, ("continuum", "barely")),
        (0.40, (0.36, 0.44), 0.40, ("continuum", "barely")),  # data of groups reach it
    ],
)
def test_what_lies_on_a_mark_or_is_reached_by_the_other_kind_is_not_clear(
    ccfi: float, procedures: tuple[float, float], other: float, expected: tuple[str, str]
) -> None:
    table = curve(ccfi, *procedures).assign(continuum_high=other, groups_low=other)
    row = reading(comparison_curve=table)
    assert (row["says"], row["sure"]) == expected
    assert row["value"] == ccfi
    assert (row["value_low"], row["value_high"]) == (min(procedures), max(procedures))
    assert pd.isna(row["number"])


@pytest.mark.parametrize(
    ("lead", "expected"),
    [(1.5, ("unclear", "unsaid")), (2.0, ("continuum", "barely")), (9.5, ("continuum", "barely")),
     (10.0, ("continuum", "clearly"))],
)  # fmt: skip
def test_a_lead_of_two_tells_and_one_of_ten_is_clear(
    lead: float, expected: tuple[str, str]
) -> None:
    table = models(("latent classes", 3, 100 + lead), ("one factor", 0, 100.0),
                   ("two factors", 0, 150.0))  # fmt: skip
    row = reading(answer_models=table)
    assert (row["says"], row["sure"], row["value"]) == (*expected, lead)
    assert pd.isna(row["number"])
    assert np.isnan([row["value_low"], row["value_high"]]).all()


def test_the_best_of_models_that_say_the_same_leads_none() -> None:
    row = reading(answer_models=models(("latent classes", 2, 99.0), ("latent classes", 3, 90.0)))
    assert (row["says"], row["sure"], row["number"]) == ("groups", "barely", 3)
    assert np.isnan(row["value"])


def test_prediction_has_the_strength_and_the_range_of_the_number_of_types() -> None:
    table = strengths([0.95, 0.85, 0.83]).assign(
        split_low=[0.9, 0.8, 0.81], split_high=[1.0, 0.99, 0.9]
    )
    row = reading(3, prediction_strength=table)
    assert (row["value"], row["value_low"], row["value_high"]) == (0.85, 0.8, 0.99)
    assert (row["sure"], row["number"]) == ("barely", 4)  # .8 is on the mark
    assert reading(4, prediction_strength=table)["sure"] == "clearly"
    none = reading(7, prediction_strength=table)
    assert np.isnan([none["value"], none["value_low"], none["value_high"]]).all()
    assert none["number"] == 4


def test_selection_of_another_number_has_no_value() -> None:
    row = reading(77, class_selection=TABLES["class_selection"])
    assert np.isnan([row["value"], row["value_low"], row["value_high"]]).all()
    assert (row["sure"], row["number"]) == ("unsaid", 4)


@pytest.mark.parametrize(
    ("rung", "p_values", "value", "sure"),
    [
        ("groups", [0.5, 0.002, 0.01], 0.01, "clearly"),
        ("groups", [0.001, 0.011, 0.01], 0.011, "barely"),
        ("other groups", [0.5, 0.3, 0.2], 0.3, "unsaid"),
        ("regions", [0.001, 0.3, 0.4], 0.4, "clearly"),
        ("no structure", [0.3, 0.01, 0.4], 0.3, "unsaid"),
    ],
)
def test_the_verdict_has_the_highest_p_value_of_what_was_asked(
    rung: str, p_values: list[float], value: float, sure: str
) -> None:
    row = reading(**verdict(rung, p_values, [False, False]))
    assert (row["value"], row["sure"]) == (value, sure)
    assert pd.isna(row["number"])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((("one factor", 0, 100.0), ("latent classes", 3, 111.0)), ("continuum", "clearly")),
        ((("one factor", 0, 100.0), ("latent classes", 3, 105.0)), ("continuum", "barely")),
        ((("one factor", 0, 100.0), ("latent classes", 3, 101.9)), ("unclear", "unsaid")),
        ((("one factor", 0, 103.0), ("latent classes", 3, 100.0)), ("groups", "barely")),
        ((("one factor", 0, 130.0), ("latent classes", 1, 100.0)), ("neither", "clearly")),
        ((("one factor", 0, 130.0), ("ordered classes", 4, 100.0)), ("unclear", "unsaid")),
        ((("one factor", 0, 130.0), ("two factors", 0, 100.0)), ("unclear", "unsaid")),
        ((("latent classes", 2, 100.0), ("latent classes", 3, 101.0),
          ("one factor", 0, 120.0)), ("groups", "clearly")),
    ],
)  # fmt: skip
def test_models_are_read_by_the_lead_of_the_best_on_those_that_say_something_else(
    rows: tuple[tuple[str, int, float], ...], expected: tuple[str, str]
) -> None:
    assert said(answer_models=models(*rows)) == expected


@pytest.mark.parametrize(
    ("n_classes", "values", "expected", "suggested"),
    [
        (3, [0.9, 0.85, 0.5], ("groups", "barely"), 3),
        (4, [0.9, 0.7, 0.7], ("unclear", "unsaid"), 2),
        (2, [0.95, 0.7, 0.6], ("unclear", "unsaid"), 2),  # two halves of a continuum do as much
        (4, [0.7, 0.6, 0.5], ("continuum", "barely"), 1),
        (9, [0.7, 0.6, 0.5], ("unclear", "unsaid"), 1),  # too few positions for nine
    ],
)
def test_prediction_speaks_for_groups_where_the_types_are_predicted(
    n_classes: int, values: list[float], expected: tuple[str, str], suggested: int
) -> None:
    row = reading(n_classes, prediction_strength=strengths(values))
    assert (row["says"], row["sure"]) == expected
    assert row["number"] == suggested


def test_splits_on_one_side_of_the_threshold_make_prediction_clear() -> None:
    above = strengths([0.95, 0.93], low=0.81, high=1.0)
    below = strengths([0.6, 0.5], low=0.4, high=0.8)
    assert said(3, prediction_strength=above) == ("groups", "clearly")
    assert said(3, prediction_strength=below) == ("continuum", "clearly")


def test_selection_never_decides() -> None:
    row = reading(4, class_selection=TABLES["class_selection"])
    assert (row["says"], row["number"]) == ("unclear", 4)
    assert row["value"] == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("rung", "gaps", "p", "expected"),
    [
        ("regions", [False, False], 0.4, ("continuum", "clearly")),
        ("slices", [True, False], 0.2, ("continuum", "barely")),
        ("groups", [True, True], 0.01, ("groups", "clearly")),
        ("ordered groups", [True, True], 0.04, ("groups", "barely")),
        ("other groups", [False, True], 0.3, ("groups", "unsaid")),
        ("no structure", [False, False], 0.3, ("neither", "unsaid")),
    ],
)
def test_the_verdict_is_one_row_among_others(
    rung: str, gaps: list[bool], p: float, expected: tuple[str, str]
) -> None:
    assert said(**verdict(rung, [p, 0.002, p], gaps)) == expected


def test_methods_that_were_not_computed_have_no_row() -> None:
    assert evidence_readings({}, 4).empty
    found = evidence_readings({name: TABLES[name] for name in
                            ("comparison_curve", "class_selection")}, 4)  # fmt: skip
    assert found["evidence"].tolist() == ["comparison curve", "class selection"]


@pytest.mark.parametrize(
    ("n_classes", "values", "which", "only_halves"),
    [
        (4, [0.9, 0.7, 0.7], "others", True),
        (4, [0.9, 0.85, 0.7], "others", False),
        (4, [0.9, 0.85, 0.8], "others", False),  # on the threshold, not above it
        (3, [0.9, 0.85, 0.7], "groups", False),
        (2, [0.95, 0.7, 0.6], "halves", False),
        (9, [0.95, 0.7, 0.6], "unknown", False),
        (4, [0.7, 0.6, 0.5], "none", False),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_prediction_is_told_and_that_two_halves_prove_nothing_where_two_are_predicted(
    language: str, n_classes: int, values: list[float], which: str, only_halves: bool
) -> None:
    computed = {"prediction_strength": strengths(values)}
    tables = {
        **computed,
        "classes": pd.DataFrame({"class": range(1, n_classes + 1)}),
        "evidence": evidence_readings(computed, n_classes),
    }
    predicted = max([1, *(at for at, each in enumerate(values, start=2) if each > 0.8)])
    own = values[n_classes - 2] if n_classes - 2 < len(values) else None
    told = word(
        "prediction_strength_told", language, which,
        classes=with_count(n_classes, language), number=with_count(predicted, language),
        value="" if own is None else number(own, language, 2), threshold=number(0.8, language, 2),
    )  # fmt: skip
    limit = f" {word('prediction_strength_halves', language)}" if only_halves else ""
    assert prediction_strength_sentence(tables, labels(language)) == told + limit


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_have_words(language: str) -> None:
    for family, members in (("evidence", METHODS), ("evidence_asks", METHODS),
                            ("evidence_limit", METHODS), ("says", SAYS), ("sure", SURE),
                            ("evidence_phrase", METHODS[1:]), ("part", METHODS[1:])):  # fmt: skip
        for member in members:
            assert word(family, language, member)


def with_says(**says: str) -> dict[str, pd.DataFrame]:
    rows = [(name.replace("_", " "), each) for name, each in says.items()]
    return {"evidence": pd.DataFrame(rows, columns=["evidence", "says"])}


def test_methods_that_agree_side_with_the_verdict() -> None:
    given = with_says(verdict="continuum", comparison_curve="continuum",
                      answer_models="continuum", class_selection="unclear")  # fmt: skip
    assert plain(evidence_sentence(given, labels("fr"))) == (
        "D'autres méthodes ont été essayées : la courbe de comparaison et la comparaison des "
        "modèles penchent pour un continuum ; la sélection par rééchantillonnage ne tranche pas. "
        "Celles qui tranchent confirment toutes le verdict."
    )


def test_a_method_against_the_verdict_leaves_the_question_open() -> None:
    given = with_says(verdict="continuum", comparison_curve="groups", class_selection="unclear")
    assert plain(evidence_sentence(given, labels("en"))) == (
        "Other methods were tried: the comparison curve speaks for groups; selection by "
        "resampling does not decide. The one that decides contradicts the verdict, which says a "
        "continuum: the question stays open."
    )


def test_methods_that_do_not_agree_say_which_contradicts_the_verdict() -> None:
    given = with_says(verdict="groups", comparison_curve="groups", answer_models="continuum")
    assert plain(evidence_sentence(given, labels("en"))).endswith(
        "They do not agree with one another; the verdict, which says groups, is contradicted by "
        "the comparison of models."
    )
    alone = with_says(comparison_curve="groups", answer_models="continuum")
    assert plain(evidence_sentence(alone, labels("en"))).endswith(
        "They do not agree with one another."
    )


def test_without_other_methods_nothing_is_said() -> None:
    assert evidence_sentence({}, labels("fr")) == ""
    assert evidence_sentence(with_says(verdict="groups"), labels("fr")) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_of_each_method_tell_its_numbers(language: str) -> None:
    told = [
        sentence(TABLES, labels(language))
        for sentence in (comparison_curve_sentence, answer_models_sentence,
                         prediction_strength_sentence, class_selection_sentence)
    ]  # fmt: skip
    for sentence, numbers in zip(
        told, (("0.36", "0.45", "0.38", "0.61"), ("100",), ("0.60", "0.80"), ("0.05",)), strict=True
    ):
        assert sentence.endswith(".")
        assert not re.search(r"\bnan\b|<NA>|[{}_]|  ", sentence)
        for each in numbers:
            assert (each.replace(".", ",") if language == "fr" else each) in sentence


def test_two_procedures_that_read_otherwise_are_told_apart() -> None:
    given = TABLES | {"comparison_curve": curve(0.40, 0.50, 0.30)}
    assert "The two procedures do not read the same (MAMBAC 0.50, L-Mode 0.30)." in (
        comparison_curve_sentence(given, labels("en"))
    )


def test_a_rival_too_close_is_named() -> None:
    table = models(("one factor", 0, 100.0), ("latent classes", 3, 101.5))
    given = TABLES | {
        "answer_models": table,
        "evidence": evidence_readings({"answer_models": table}, 4),
    }
    told = plain(answer_models_sentence(given, labels("en")))
    assert "three latent classes, follows too closely to decide (BIC higher by 1.5)" in told
    assert best_and_rival(table, labels("en")) == (
        "one continuous attitude",
        "three latent classes",
    )
    assert best_and_rival(table.head(1), labels("en")) == ("one continuous attitude", "–")


def test_what_was_not_computed_is_said_not_to_be() -> None:
    for sentence in (comparison_curve_sentence, answer_models_sentence,
                     prediction_strength_sentence, class_selection_sentence):  # fmt: skip
        assert "not computed" in sentence({}, labels("en"))


def test_every_method_has_a_row_at_a_glance() -> None:
    table = shown_evidence(TABLES, labels("en"))
    assert [row[0] for row in table.rows] == [word("evidence", "en", each) for each in METHODS]
    assert table.rows[1][2:4] == ("index 0.36 (MAMBAC 0.41, L-Mode 0.31)", "a continuum, clearly")
    assert table.rows[4][3] == "unclear"


def test_weights_that_do_not_count_are_said_not_to() -> None:
    weighted = TABLES | {"classes": TABLES["classes"].assign(share_weighted=True)}
    note = word("paper_evidence_weights", "en")
    for exhibit in (shown_evidence, comparison_curve_table):
        assert note not in exhibit(TABLES, labels("en")).notes[0]
        assert note in " ".join(exhibit(weighted, labels("en")).notes)


def test_the_best_model_is_starred_and_one_that_did_not_converge_bears_a_dagger() -> None:
    rows = answer_models_table(TABLES, labels("en")).rows
    assert [row[0] for row in rows if row[4].endswith("*")] == ["Two continuous attitudes"]
    assert [row[0] for row in rows if row[0].endswith("†")] == ["One continuous attitude†"]
    assert rows[0][6] == word("says", "en", model_says("latent classes", 1))


def test_prediction_is_told_by_number_of_classes() -> None:
    rows = prediction_strength_table(TABLES, labels("en")).rows
    assert [row[3] for row in rows] == ["yes", *["no"] * 8]


def test_the_figure_draws_the_curves_and_the_index() -> None:
    figure = VALIDITY_FIGURES["comparison_curves"].draw(TABLES, labels("en"), simulated=False)
    mambac, l_mode, index = figure.axes
    for ax, procedure, scale in ((mambac, "MAMBAC", 100), (l_mode, "L-Mode", 1)):
        curves = TABLES["comparison_curves"]
        own = curves[curves["procedure"] == procedure]
        for name in ("continuum", "two_groups", "sample"):
            assert any(
                np.array_equal(line.get_ydata(), own[name])
                and np.allclose(line.get_xdata(), scale * own["x"])
                for line in ax.lines
            ), name
        assert len(ax.collections) == 2
    drawn = [tuple(np.asarray(line.get_xdata(), dtype=float)) for line in index.lines]
    assert (0.36,) in drawn
    assert {(0.41, 0.31), (0.19, 0.38), (0.61, 0.83)} <= set(drawn)
    edges = {round(float(patch.get_x()), 2) for patch in index.patches}
    assert edges == {0.0, 0.45, 0.55}
    assert "unclear" in words_of(figure)


@pytest.fixture(scope="module")
def groups() -> dict[str, pd.DataFrame]:
    """Compute all of it on three groups in a plane of two blocks of four items."""
    rng = np.random.default_rng(3)
    centres = 2.0 * np.array([[1.0, -1.0], [-1.0, -1.0], [0.0, 1.0]])
    latent = np.repeat(centres[np.arange(150) % 3], 4, axis=1) + rng.normal(size=(150, 8))
    items = pd.DataFrame(
        np.digitize(latent, [-1.2, -0.4, 0.4, 1.2]) + 1,
        columns=[f"{block}{i}" for block in "HF" for i in range(4)],
        index=[f"R{i}" for i in range(150)],
    ).astype("Int64")
    fitted = typology_of_items(items.mask(rng.random(items.shape) < 0.02), classes=3)
    tables = measure.comparison_curve_tables(fitted, 1, ignore)
    latent = choose_latent_classes(
        fitted.active.answers, seed=1, max_classes=3, starts=3, thorough=False, replicates=0
    )
    tables |= measure.answer_model_tables(latent, fitted, 1, ignore)
    tables |= measure.prediction_strength_tables(fitted, 1, ignore)
    return tables | measure.class_selection_tables(fitted, 1, ignore)


def test_three_planted_groups_are_predicted_and_come_back(groups: dict[str, pd.DataFrame]) -> None:
    found = evidence_readings(groups, 3).set_index("evidence")
    assert set(found["says"]) <= set(SAYS)
    assert found.loc["prediction strength", "says"] == "groups"
    selection = groups["class_selection"].set_index("classes")
    assert selection.loc[3, "least_jaccard"] > 0.75
    assert selection.loc[3, "instability"] < selection.loc[4, "instability"]


def test_models_are_ranked_and_the_curve_has_one_row(groups: dict[str, pd.DataFrame]) -> None:
    table = groups["answer_models"]
    assert table["bic_above_best"].min() == 0
    assert table.loc[table["bic_rank"] == 1, "bic"].item() == table["bic"].min()
    assert {"one factor", "two factors", "latent classes"} <= set(table["answer_model"])
    [row] = groups["comparison_curve"].to_dict("records")
    assert row["ccfi"] == pytest.approx((row["mambac"] + row["l_mode"]) / 2)
    assert (row["continuum_below"], row["groups_above"]) == (0.45, 0.55)
    assert len(groups["prediction_strength"]) == 9
