from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from made_up_typology import typology_of_items
from typology.fit.fitted_typology import FittedTypology
from typology.validity import measure as validity
from typology.validity.effort import Effort
from typology.validity.measure import validity_tables
from typology.validity.notes import note_sentences

PARTS = {
    "stability", "stability_respondents", "class_shares", "class_means", "category_ellipses",
    "null_tests", "null_descriptions", "null_by_classes", "null_replicates", "verdict",
    "verdict_steps", "boundaries", "boundary_profiles", "set_apart", "splits", "second_direction",
    "second_loadings", "verdict_choices", "parallel_analysis", "axes_criteria", "classes_criteria",
    "classes_criteria_summary", "sensitivity_cases", "sensitivity_classes",
    "sensitivity_respondents", "imputation_axes", "imputation_classes",
    "imputation_respondents", "imputation_moves", "classification_errors", "latent_classes",
    "other_methods", "comparison_curve",
    "comparison_curves", "answer_models", "prediction_strength", "class_selection", "evidence",
    "validity_notes",
}  # fmt: skip


def items_of(n: int, *, gap: float, seed: int = 1) -> pd.DataFrame:
    """Return the answers to eight items of two planted groups, ``gap`` apart."""
    rng = np.random.default_rng(seed)
    group = np.repeat([-0.5, 0.5], [n // 2, n - n // 2])
    latent = gap * group[:, None] * np.repeat([1, -1], 4) + rng.normal(size=(n, 8))
    items = pd.DataFrame(
        np.digitize(latent, [-1.2, -0.4, 0.4, 1.2]) + 1,
        columns=[f"H{i}" for i in range(4)] + [f"F{i}" for i in range(4)],
        index=[f"R{i}" for i in range(n)],
    ).astype("Int64")
    return items.mask(rng.random(items.shape) < 0.02)


def typology_of(n: int, *, gap: float) -> FittedTypology:
    """Return the typology of two planted groups, ``gap`` apart, who answer eight items."""
    return typology_of_items(items_of(n, gap=gap))


@pytest.fixture(scope="module", autouse=True)
def _short_searches() -> Iterator[None]:
    """Latent classes from few starts: enough for classes planted far apart."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "typology.validity.effort.USUAL", Effort(starts=5, replicates=5, thorough=False)
        )
        yield


@pytest.fixture(scope="module")
def advanced() -> list[float]:
    """The shares of the work done that are told while the tables are made."""
    return []


@pytest.fixture(scope="module")
def tables(advanced: list[float]) -> dict[str, pd.DataFrame]:
    return validity_tables(typology_of(90, gap=3.0), advance=advanced.append)


def test_every_part_has_its_tables(tables: dict[str, pd.DataFrame]) -> None:
    assert set(tables) == PARTS
    assert tables["validity_notes"].empty


def test_the_numbers_are_the_same_on_two_cores(tables: dict[str, pd.DataFrame]) -> None:
    again = validity_tables(typology_of(90, gap=3.0), n_jobs=2)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(again[name], table, obj=name)


def test_planted_groups_beat_independent_answers_and_come_back(
    tables: dict[str, pd.DataFrame],
) -> None:
    tests = tables["null_tests"].set_index(["null", "statistic"])["p_value"]
    assert tests["independence", "within_share"] == pytest.approx(1 / 20)
    assert (tables["stability"]["mean_jaccard"] > 0.9).all()


def test_every_missing_rule_and_set_of_items_is_tried(tables: dict[str, pd.DataFrame]) -> None:
    cases = tables["sensitivity_cases"]
    assert set(cases["active_set"]) == {"all", "hopes", "fears"}
    assert set(cases["missing"]) == {
        "own category", "passive category", "complete cases", "imputation",
    }  # fmt: skip
    own = cases[
        (cases["missing"] == "passive category") & (cases["active_set"] == "all")
        & (cases["axes"] == 2) & (cases["classes"] == 2) & cases["consolidated"]
    ]  # fmt: skip
    assert own["adjusted_rand"].item() == pytest.approx(1)


@pytest.mark.usefixtures("tables")
def test_progress_grows_to_one(advanced: list[float]) -> None:
    assert advanced == sorted(advanced)
    assert advanced[-1] == pytest.approx(1)


def test_what_few_answers_do_not_allow_is_told_and_not_raised() -> None:
    small = typology_of(7, gap=3.0)
    found = validity_tables(small)
    assert "latent_classes" in found
    assert "other_methods" in found
    told = note_sentences(found["validity_notes"], "fr")
    assert len(told) == len(found["validity_notes"])


def test_two_patterns_of_answers_leave_notes_for_what_needs_more() -> None:
    items = items_of(40, gap=3.0)
    for place, item in enumerate(items):
        high = np.arange(40) % 2 == place % 2
        items[item] = pd.array(np.where(high, 4, 2), dtype="Int64")
    items.iloc[0, 0] = 3
    found = validity_tables(typology_of_items(items, axes=1))
    notes = found["validity_notes"].set_index("part")
    assert notes.loc["classes criteria", "reason"] == "too_few_different"
    assert json.loads(notes.loc["classes criteria", "details"])["expected"] == 4
    assert "axes_criteria" in found
    assert "classes_criteria" not in found
    assert found["null_tests"]["p_value"].notna().all()


def test_a_mistake_is_raised_and_not_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(*_: object, **__: object) -> None:
        raise ValueError("labels has shape (3,); expected one for each of 90 rows.")

    monkeypatch.setattr(validity, "bootstrap_stability", mistaken)
    with pytest.raises(ValueError, match="labels has shape"):
        validity_tables(typology_of(30, gap=3.0))


def test_other_choices_take_the_active_items_alone(tables: dict[str, pd.DataFrame]) -> None:
    fitted = typology_of(90, gap=3.0)
    others = fitted.responses.items.assign(X1=fitted.items["H0"].iloc[::-1].to_numpy())
    fitted = replace(fitted, responses=replace(fitted.responses, items=others))
    assert not tables["verdict_choices"].empty
    jaccard = tables["stability"].set_index("class")["mean_jaccard"]
    found = validity._other_verdicts(validity._ruled(fitted), jaccard, fitted, 1, validity.ignore)
    pd.testing.assert_frame_equal(found["verdict_choices"], tables["verdict_choices"])


def test_complete_answers_need_no_imputation() -> None:
    fitted = typology_of_items(items_of(60, gap=3.0).fillna(3))
    found = validity._imputation(validity._ruled(fitted), fitted, 1, validity.ignore)
    assert "imputation_classes" not in found
