"""Models of membership: the numbers of rfree, the choices of the study, what odd data give."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from made_up_members import NOTES, errors_of, fitted_of, members
from rfree.membership.design_matrix import design_matrix
from rfree.membership.marginal_effects import average_marginal_effects, predicted_probabilities
from rfree.membership.multinomial import multinomial_logit
from rfree.membership.ordered import ordered_logit
from rfree.membership.proportional_odds import brant_test
from rfree.membership.three_step.corrected_models import corrected_multinomial, corrected_ordered
from rfree.missing.pooling import pool_estimates
from typology.membership.design import membership_design, number_step, order_of_classes
from typology.membership.measure import membership_tables
from typology.questionnaire import Questionnaire

TABLES = {
    "membership_coefficients", "membership_effects", "membership_predictions", "membership_tests",
    "membership_fit", "membership_sparse", "membership_odds", "membership_notes",
}  # fmt: skip
CHOSEN = {"characteristics": ["practice", "age"]}


def notes_of(tables: dict[str, pd.DataFrame]) -> set[str]:
    return set(tables["membership_notes"]["remark"])


def coefficients(tables: dict[str, pd.DataFrame], model: str, correction: str) -> pd.DataFrame:
    table = tables["membership_coefficients"]
    return table[(table["model"] == model) & (table["correction"] == correction)]


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return members()


@pytest.fixture(scope="module")
def tables(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return membership_tables(fitted_of(table, **CHOSEN), errors=errors_of(table))


@pytest.mark.parametrize("correction", ["none", "bch"])
def test_numbers_are_those_of_rfree(
    table: pd.DataFrame, tables: dict[str, pd.DataFrame], correction: str
) -> None:
    plain = table[["practice", "age"]].astype({"age": float, "practice": object})
    plain["practice"] = pd.Categorical(plain["practice"], ["solo", "group", "team"])
    design = design_matrix(plain, units={"age": 10})
    if correction == "none":
        multinomial = multinomial_logit(design, table["class"], reference=2)
        ordered = ordered_logit(design, table["class"])
    else:
        kept = np.full((3, 3), 0.05) + 0.85 * np.eye(3)
        errors = pd.DataFrame(kept, index=[1, 2, 3], columns=[1, 2, 3])
        multinomial = corrected_multinomial(design, table["class"], errors=errors, reference=2)
        ordered = corrected_ordered(design, table["class"], errors=errors)
    for model in (multinomial, ordered):
        found = coefficients(tables, model.kind, correction)
        assert found["term"].tolist() == model.coefficients["term"].tolist()
        for name, theirs in (("coefficient", "estimate"), ("std_error", "std_error"),
                             ("odds_ratio", "ratio"), ("low", "low"), ("high", "high"),
                             ("p_value", "p_value")):  # fmt: skip
            np.testing.assert_allclose(found[name], model.coefficients[theirs], rtol=1e-9)
        effects = tables["membership_effects"]
        own = effects[(effects["model"] == model.kind) & (effects["correction"] == correction)]
        theirs = average_marginal_effects(model)
        np.testing.assert_allclose(own["marginal_effect"], theirs["effect"], rtol=1e-9)
        np.testing.assert_allclose(own["low"], theirs["low"], rtol=1e-9)
        found = tables["membership_predictions"]
        found = found[(found["model"] == model.kind) & (found["correction"] == correction)]
        theirs = predicted_probabilities(model)
        for name in ("probability", "std_error", "low", "high"):
            np.testing.assert_allclose(found[name], theirs[name], rtol=1e-9)
    if correction == "none":
        brant = brant_test(ordered)
        np.testing.assert_allclose(tables["membership_odds"]["chi2"], brant["chi2"], rtol=1e-9)


def test_every_table_is_there_and_nothing_has_to_be_said(tables: dict[str, pd.DataFrame]) -> None:
    assert set(tables) == TABLES
    assert notes_of(tables) == {"not_chosen"}


def test_the_shift_is_the_difference_in_standard_errors(tables: dict[str, pd.DataFrame]) -> None:
    before = coefficients(tables, "multinomial", "none")
    after = coefficients(tables, "multinomial", "bch")
    gap = after["coefficient"].to_numpy() - before["coefficient"].to_numpy()
    np.testing.assert_allclose(after["shift"], gap / before["std_error"].to_numpy())
    assert before["shift"].isna().all()


def test_the_planted_differences_are_found(tables: dict[str, pd.DataFrame]) -> None:
    found = coefficients(tables, "multinomial", "none").set_index(["class", "term"])
    assert found.loc[(1, "practice: group"), "high"] < 1  # against practising alone
    assert found.loc[(3, "age (per 10)"), "low"] > 1
    assert found.loc[(3, "practice: group"), "p_value"] > 0.05


def test_events_are_counted_per_term_and_per_coefficient(tables: dict[str, pd.DataFrame]) -> None:
    fit = tables["membership_fit"].set_index(["model", "correction"])
    assert (fit["smallest_class"] == 60).all()
    assert (fit["events_per_term"] == 60 / 3).all()
    assert fit.loc[("multinomial", "none"), "events_per_parameter"] == 60 / 6
    assert fit.loc[("ordered", "none"), "events_per_parameter"] == 60 / 3


@pytest.mark.parametrize(
    ("reference", "expected", "note"),
    [(None, 2, set()), (3, 3, set()), ("wary", 1, set()),
     ("calm", 2, {"reference_class_absent"}), (9, 2, {"reference_class_absent"})],
)  # fmt: skip
def test_the_reference_is_the_one_named_or_the_largest(
    table: pd.DataFrame, reference: Any, expected: int, note: set[str]
) -> None:
    fitted = fitted_of(table, types={1: "wary", 2: "", 3: ""}, reference=reference)
    design, notes = membership_design(fitted)
    assert design is not None
    assert design.reference == expected
    assert {each.note for each in notes} == note


def test_the_largest_class_is_the_one_that_weighs_most(table: pd.DataFrame) -> None:
    weights = np.where(table["class"] == 3, 5.0, 1.0)
    design, _ = membership_design(fitted_of(table, weights=weights))
    assert design is not None
    assert design.reference == 3


def test_answers_are_compared_with_the_most_frequent_or_the_one_named(table: pd.DataFrame) -> None:
    def reference(**models: Any) -> str:
        design, _ = membership_design(fitted_of(table, **models))
        assert design is not None
        terms = design.design.terms.set_index("variable")["reference"]
        return str(terms["practice"].iloc[0])

    assert reference() == table["practice"].value_counts().idxmax()
    assert reference(reference_answers={"practice": "team"}) == "team"


def test_a_reference_answer_nobody_gave_is_replaced_and_told(table: pd.DataFrame) -> None:
    without = table[table["practice"] != "team"]
    design, notes = membership_design(fitted_of(without, reference_answers={"practice": "team"}))
    assert design is not None
    assert [(each.note, each.value) for each in notes] == [("reference_answer_absent", "team")]


def test_without_names_single_choices_and_numbers_are_compared(table: pd.DataFrame) -> None:
    design, notes = membership_design(fitted_of(table))
    assert design is not None
    assert list(dict.fromkeys(design.design.terms["variable"])) == ["practice", "sex", "age"]
    assert notes == []


@pytest.mark.parametrize(
    ("directions", "expected"),
    [
        (("favourable", "unfavourable"), ((1, 2, 3), "attitude")),
        (("unfavourable", "favourable"), ((3, 2, 1), "attitude")),
        (("favourable", "neutral"), ((1, 2, 3), "attitude")),
        (("neutral", "unfavourable"), ((1, 2, 3), "attitude")),
        (("neutral", "neutral"), ((1, 2, 3), "axis_1")),
    ],
)
def test_classes_are_ordered_by_attitude(
    table: pd.DataFrame, directions: tuple[str, str], expected: tuple[Any, str]
) -> None:
    assert order_of_classes(fitted_of(table, directions=directions)) == expected


@pytest.mark.parametrize(
    ("values", "step"),
    [([28, 78], 10), ([3, 86], 10), ([0, 39], 1), ([0, 1], 0.1), ([0, 4], 1), ([0, 4000], 1000)],
)
def test_numbers_count_by_powers_of_ten(values: list[float], step: float) -> None:
    assert number_step(pd.Series(values, dtype=float)) == pytest.approx(step)


def separated(table: pd.DataFrame) -> pd.DataFrame:
    """Nobody of class 3 practises in a team."""
    changed = table.copy()
    changed.loc[(changed["class"] == 3) & (changed["practice"] == "team"), "practice"] = "group"
    return changed


def test_separation_is_remedied_by_firth_and_told(table: pd.DataFrame) -> None:
    one = separated(table)
    tables = membership_tables(fitted_of(one, **CHOSEN), errors=errors_of(one))
    fit = tables["membership_fit"].set_index(["model", "correction"])
    row = fit.loc[("multinomial", "none")]
    assert (row["separation"], row["penalty"], row["penalty_reason"]) == (
        "quasi-complete", "firth", "separation",
    )  # fmt: skip
    assert row["standard_errors"] == "model"
    # Fewer than error alone would assign: BCH has no estimate there, and ML none without penalty.
    row = fit.loc[("multinomial", "ml")]
    assert (row["penalty"], row["standard_errors"]) == ("ridge", "robust")
    for correction in ("none", "ml"):
        found = coefficients(tables, "multinomial", correction)
        assert np.isfinite(found[["odds_ratio", "low", "high"]]).all(axis=None)
    design, _ = membership_design(fitted_of(one, **CHOSEN))
    assert design is not None
    model = multinomial_logit(design.design, one["class"], reference=2, penalty="firth")
    np.testing.assert_allclose(
        coefficients(tables, "multinomial", "none")["coefficient"], model.coefficients["estimate"]
    )
    sparse = tables["membership_sparse"].set_index(["variable", "category", "class"])["n"]
    assert sparse["practice", "team", 3] == 0
    assert tables["membership_odds"]["separated"].eq("2|3").all()


def test_an_ordered_model_that_separates_gets_a_ridge_penalty() -> None:
    one = members(90)
    one["age"] = pd.array(30 + 10 * one["class"], dtype="Float64")
    tables = membership_tables(fitted_of(one, characteristics=["age", "sex"]))
    fit = tables["membership_fit"].set_index("model")
    assert fit.loc["ordered", ["separation", "penalty"]].tolist() == ["complete", "ridge"]
    assert fit.loc["multinomial", "separation"] == "complete"
    assert fit["converged"].all()


def test_without_errors_nothing_is_corrected(table: pd.DataFrame) -> None:
    tables = membership_tables(fitted_of(table, **CHOSEN))
    assert set(tables["membership_fit"]["correction"]) == {"none"}
    assert tables["membership_coefficients"]["shift"].isna().all()
    assert notes_of(tables) == {"not_chosen", "no_errors"}


def test_errors_that_cannot_be_undone_are_told(table: pd.DataFrame) -> None:
    tables = membership_tables(fitted_of(table, **CHOSEN), errors=errors_of(table, kept=1 / 3))
    assert notes_of(tables) == {"not_chosen", "correction_failed"}
    assert set(tables["membership_fit"]["correction"]) == {"none"}


def test_ratios_whose_limits_are_far_apart_are_unstable(tables: dict[str, pd.DataFrame]) -> None:
    table = tables["membership_coefficients"]
    assert not table["unstable"].any()
    few = members(30, seed=4)
    few.loc[(few["class"] == 3) & (few["practice"] == "team"), "practice"] = "group"
    found = membership_tables(fitted_of(few, **CHOSEN))["membership_coefficients"]
    slopes = found[found["kind"] == "slope"]
    wide = slopes["high"] > 100 * slopes["low"]
    assert wide.any()
    assert (slopes["unstable"] == wide).all()


def test_two_classes_have_no_ordered_model(table: pd.DataFrame) -> None:
    two = table.assign(**{"class": np.minimum(table["class"], 2)})
    tables = membership_tables(fitted_of(two, **CHOSEN), errors=errors_of(two))
    assert notes_of(tables) == {"not_chosen", "two_classes"}
    assert set(tables["membership_fit"]["model"]) == {"multinomial"}
    assert set(tables) == TABLES - {"membership_odds"}


def odd(table: pd.DataFrame, what: str) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return answers that allow no model, and the choices of the study."""
    changed = table.copy()
    if what == "none_wanted":
        return changed, {"characteristics": []}
    if what == "none_left":
        changed["sex"] = pd.array(["male"] * len(table), dtype="string")
        return changed, {"characteristics": ["sex"]}
    if what == "empty_class":
        changed.loc[changed["class"] == 3, "age"] = pd.NA
    if what == "too_many_parameters":
        rare = changed["class"] == 3
        changed = pd.concat([changed[~rare], changed[rare].head(3)])
    if what == "collinear":
        solo = (changed["practice"] == "solo").to_numpy()
        changed["age"] = pd.array(np.where(solo, 50.0, 40.0), dtype="Float64")
    return changed, {}


@pytest.mark.parametrize("what", ["none_wanted", "none_left"])
def test_what_allows_no_model_is_told_and_not_raised(table: pd.DataFrame, what: str) -> None:
    answers, choices = odd(table, what)
    tables = membership_tables(fitted_of(answers, **choices), errors=errors_of(answers))
    assert set(tables) == {"membership_notes"}
    assert what in notes_of(tables)


@pytest.mark.parametrize(
    ("what", "left_out"),
    [("empty_class", "age"), ("too_many_parameters", "practice"), ("collinear", "age")],
)
def test_what_keeps_a_model_from_being_fitted_is_left_out_and_told(
    table: pd.DataFrame, what: str, left_out: str
) -> None:
    answers, choices = odd(table, what)
    design, notes = membership_design(fitted_of(answers, **choices))
    assert design is not None
    assert [(each.note, each.variable) for each in notes] == [(what, left_out)]
    assert left_out not in set(design.design.terms["variable"])


def test_every_characteristic_that_is_described_is_compared_or_told(table: pd.DataFrame) -> None:
    fitted = fitted_of(table.drop(columns="age"), characteristics=["practice", "age"])
    fitted.questionnaire = with_questions(fitted.questionnaire, "multiple", "rank", "date")
    _, notes = membership_design(fitted)
    told = {each.variable: each.note for each in notes}
    assert told == {
        "sex": "not_chosen", "age": "not_in_file", "multiple": "several_answers",
        "rank": "several_answers", "date": "date",
    }  # fmt: skip


def with_questions(questionnaire: Questionnaire, *kinds: str) -> Questionnaire:
    """Add a question of each kind, named after it."""
    choices = [{"code": code, "fr": code, "en": code} for code in ("a", "b")]
    more = [
        {"id": kind, "type": kind, "fr": kind, "en": kind}
        | ({} if kind == "date" else {"choices": choices})
        for kind in kinds
    ]
    given = questionnaire.model_dump(exclude_unset=True)
    return Questionnaire.model_validate(given | {"respondent": [*given["respondent"], *more]})


def test_no_question_on_the_respondent_is_told(table: pd.DataFrame) -> None:
    fitted = fitted_of(table)
    fitted.questionnaire = fitted.questionnaire.model_copy(update={"respondent": ()})
    fitted.questionnaire.__dict__.pop("questions", None)
    assert notes_of(membership_tables(fitted)) == {"none_asked"}


def test_a_characteristic_with_one_answer_is_left_out_and_the_others_compared(
    table: pd.DataFrame,
) -> None:
    same = table.assign(sex=pd.array(["male"] * len(table), dtype="string"))
    design, notes = membership_design(fitted_of(same))
    assert design is not None
    assert [(each.note, each.variable) for each in notes] == [("one_answer", "sex")]
    assert "sex" not in set(design.design.terms["variable"])


def test_answers_that_exclude_each_other_leave_one_characteristic_out(table: pd.DataFrame) -> None:
    half = table.copy()
    half.loc[half.index[:120], "sex"] = pd.NA
    half.loc[half.index[100:], "practice"] = pd.NA
    design, notes = membership_design(fitted_of(half))
    assert design is not None
    assert [(each.note, each.variable) for each in notes] == [("not_enough_answers", "practice")]


def test_every_note_is_known(table: pd.DataFrame) -> None:
    for what in ("none_left", "empty_class", "too_many_parameters", "collinear"):
        answers, choices = odd(table, what)
        assert notes_of(membership_tables(fitted_of(answers, **choices))) <= set(NOTES)


def test_survey_weights_make_standard_errors_robust(table: pd.DataFrame) -> None:
    weights = np.where(table["sex"] == "male", 1.5, 0.5)
    tables = membership_tables(fitted_of(table, weights=weights, **CHOSEN))
    assert set(tables["membership_fit"]["standard_errors"]) == {"robust"}


def test_imputed_classes_are_pooled_by_rubins_rules(table: pd.DataFrame) -> None:
    fitted = fitted_of(table, **CHOSEN)
    fitted.study.choices = fitted.study.choices.model_copy(
        update={"validity": fitted.study.choices.validity.model_copy(update={"imputations": 3})}
    )
    moves = pd.DataFrame(
        {"imputation": [1, 1, 2], "respondent": ["R0", "R1", "R2"], "class": [1, 3, 1]}
    )
    found = membership_tables(fitted, moves=moves)["membership_pooled"]
    design, _ = membership_design(fitted)
    assert design is not None
    fits = []
    for number in (1, 2, 3):
        labels = table["class"].copy()
        own = moves[moves["imputation"] == number]
        labels.loc[own["respondent"]] = own["class"].to_numpy()
        fits.append(multinomial_logit(design.design, labels, reference=2).coefficients)
    expected = pool_estimates(
        [fit["estimate"] for fit in fits], [fit["std_error"] ** 2 for fit in fits],
        df_complete=240 - 8,
    )[(fits[0]["kind"] == "slope").to_numpy()]  # fmt: skip
    np.testing.assert_allclose(found["coefficient"], expected["estimate"])
    np.testing.assert_allclose(found["std_error"], expected["std_error"], rtol=1e-6)
    np.testing.assert_allclose(found["df"], expected["df"], rtol=1e-5)
    assert (found["imputations"] == 3).all()
    assert "membership_pooled" not in membership_tables(fitted, moves=moves.iloc[:0])


def test_where_brant_rejects_a_model_lets_the_ratios_differ() -> None:
    """Sex tells class 1 from the others, and nothing beyond."""
    random = np.random.default_rng(60)
    table = members(600, seed=6)
    male = random.random(600) < np.where(table["class"] == 1, 0.85, 0.4)
    table["sex"] = pd.array(np.where(male, "male", "female"), dtype="string")
    tables = membership_tables(fitted_of(table, characteristics=["sex", "age"]))
    assert tables["membership_odds"]["p_value"].iloc[0] < 0.05
    found = coefficients(tables, "partial", "none")
    sex = found[found["variable"] == "sex"].set_index("limit")["odds_ratio"]
    assert set(sex.index) == {"1|2", "2|3"}
    assert abs(np.log(sex["1|2"])) > abs(np.log(sex["2|3"])) + 0.5
