"""What has to be known of a sample is said without being asked, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from small_study import ITEMS, Project, answers
from typology.exhibits.labels import Labels
from typology.people.sample_sentences import sample_limits, sample_notes
from typology.people.sample_warnings import TABLE, warning_sentences
from typology.results.checking import check_study_answers
from typology.results.pipeline import run_pipeline
from typology.study import load_study


def warned(folder: Path, table: pd.DataFrame, **choices: object) -> dict[str, dict[str, object]]:
    path = Project(folder).write(table, **choices)
    found = check_study_answers(load_study(path)).warnings
    assert found is not None
    assert [told for told in warning_sentences(found, "fr", remedies=True) if "{" in told] == []
    return {row["warning"]: json.loads(row["details"]) for row in found.to_dict("records")}


def distinct(n: int) -> pd.DataFrame:
    return answers(n * 2).drop_duplicates(ITEMS).head(n)


def test_a_fine_sample_has_no_warning(tmp_path: Path) -> None:
    assert set(warned(tmp_path, distinct(150), models={"characteristics": []})) == set()


def test_a_small_sample_is_told_with_its_rules(tmp_path: Path) -> None:
    found = warned(tmp_path, distinct(30))
    assert found["few_for_classes"] == {"n": 30, "classes": 3, "least": 60}
    assert found["few_for_items"] == {"n": 30, "items": 10, "least": 50}
    assert "small_classes" in found


def test_complete_cases_that_lose_many_are_told(tmp_path: Path) -> None:
    table = distinct(150)
    table.loc[table.index[:60], "H1"] = None
    found = warned(tmp_path, table, missing="complete cases")
    assert found["many_incomplete"] == {"left": 90, "of": 150, "share": 60.0}
    assert "many_incomplete" not in warned(tmp_path, table)


def test_an_item_poorly_answered_or_answered_alike_is_named(tmp_path: Path) -> None:
    table = distinct(150)
    table.loc[table.index[:45], "H1"] = None
    table["D2"] = [5, 5, *[1] * 148]
    found = warned(tmp_path, table)
    assert found["missing_items"]["items"] == "H1"
    assert found["nearly_unanimous"]["items"] == "D2"


def test_identical_respondents_are_named_with_the_line_that_leaves_them_out(
    tmp_path: Path,
) -> None:
    table = distinct(150)
    alike = [f"{number:03}" for number in range(1, 13)]
    table.loc[table.index[:12], ITEMS] = 5
    table.loc[table.index[:12], "respondent"] = alike
    declared = {"max_missing_share": 40, "respondents": [table["respondent"].iloc[20]]}
    path = Project(tmp_path).write(table, exclusions=declared)
    found = check_study_answers(load_study(path)).warnings
    assert found is not None
    for language in ("en", "fr"):
        said = " ".join(warning_sentences(found, language, remedies=True))
        (line,) = re.findall(r"exclusions: \{.*?\}", said)
        pasted = yaml.safe_load(line)["exclusions"]
        named = [*declared["respondents"], *alike]
        assert pasted == {"respondents": named, "max_missing_share": 40}
    found = warned(tmp_path, table, exclusions=pasted)
    assert "identical" not in found


def test_respondents_alike_by_chance_are_no_tests(tmp_path: Path) -> None:
    """Of 1,024 ways to answer ten items by yes or no, 80 respondents meet some twice."""
    table = answers(80)
    table[ITEMS] = np.random.default_rng(5).choice([1, 2], size=(80, len(ITEMS)))
    assert table[ITEMS].duplicated().any()
    assert "identical" not in warned(tmp_path, table)


def test_weights_that_cost_more_than_half_are_told(tmp_path: Path) -> None:
    table = distinct(150).assign(weight=np.r_[np.full(20, 30.0), np.ones(130)])
    found = warned(tmp_path, table, weights={"column": "weight"})
    assert 0 < float(str(found["costly_weights"]["effective"])) < 75


def test_few_respondents_a_parameter_are_told(tmp_path: Path) -> None:
    found = warned(tmp_path, distinct(60))
    smallest, parameters = (
        int(str(found["few_events"][key])) for key in ("smallest", "parameters")
    )
    assert parameters == 2  # sex, in two equations
    assert found["few_events"]["each"] == pytest.approx(smallest / parameters, abs=0.005)


@pytest.mark.parametrize(
    ("each", "told"), [(1.9, "1,9 répondant par paramètre"), (9.5, "9,5 répondants par paramètre")]
)
def test_respondents_a_parameter_are_several_from_two_on_in_french(each: float, told: str) -> None:
    details = json.dumps({"smallest": 19, "parameters": 2, "each": each, "least": 10})
    found = warning_sentences(
        pd.DataFrame([("few_events", details)], columns=["warning", "details"]), "fr"
    )
    assert told in found[0].replace("\N{NO-BREAK SPACE}", " ")


def test_a_run_has_the_warnings_of_its_check_in_a_table(tmp_path: Path) -> None:
    path = Project(tmp_path).write(distinct(30))
    tables = run_pipeline(load_study(path), validity=False).tables
    warnings = check_study_answers(load_study(path)).warnings
    assert warnings is not None
    pd.testing.assert_frame_equal(tables[TABLE], warnings)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_documents_tell_what_bears_on_the_conclusions(tmp_path: Path, language: str) -> None:
    analysis = run_pipeline(load_study(Project(tmp_path).write(distinct(30))), validity=False)
    labels = Labels(analysis.fitted.questionnaire, language, {})
    limits = sample_limits(analysis.tables, labels)
    assert "2022" in limits
    assert "models" not in limits
    listed = sample_notes(analysis.tables, labels).splitlines()
    assert len(listed) == len(analysis.tables[TABLE])
    nothing = {TABLE: analysis.tables[TABLE].head(0)}
    assert sample_limits(nothing, labels) == ""
    assert sample_notes(nothing, labels).endswith(".")


def test_rows_that_stand_for_several_respondents_are_no_test_entries(tmp_path: Path) -> None:
    table = distinct(80).assign(count=2)
    weights = {"column": "count", "frequencies": True}
    assert "identical" not in warned(tmp_path, table, weights=weights)
