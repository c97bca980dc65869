"""What each respondent weighs: from a column, from margins; what stops it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from typology.answers.responses import Responses
from typology.fit.respondent_weights import (
    check_margins,
    column_weights,
    equal_weights,
    given_weights,
    margin_answers,
    margin_weights,
    read_margins,
    respondent_weights,
)
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire
from typology.results.checking import read_study
from typology.study import Study
from typology.study.margins import Margins, load_margins
from weighted_study import answers, margins, questionnaire, write_study, write_yaml

KEPT = pd.Index([f"R{at}" for at in range(80)])


def read(folder: Path, **settings: object) -> tuple[Study, Responses]:
    study = write_study(folder, **settings)  # type: ignore[arg-type]
    return study, read_study(study)[1]


def problems(raised: pytest.ExceptionInfo[InputError]) -> list[Problem]:
    return list(raised.value.problems)


def test_without_weights_everybody_weighs_one() -> None:
    weights = equal_weights(4)
    assert weights.sample_weight.tolist() == [1, 1, 1, 1]
    assert weights.source == "none"
    assert weights.raking is None
    assert weights.effective_n == pytest.approx(4)


def test_given_weights_are_one_on_average() -> None:
    weights = given_weights(pd.Series([1.0, 2.0, 3.0]), "margins")
    np.testing.assert_allclose(weights.sample_weight, [0.5, 1, 1.5])
    assert weights.source == "margins"
    # Kish: (sum w)^2 / sum w^2.
    assert weights.effective_n == pytest.approx(36 / 14)


def test_the_study_says_which_weights(tmp_path: Path) -> None:
    table = answers().assign(poids=np.arange(1, 91))
    study, responses = read(tmp_path / "column", table=table, weights={"column": "poids"})
    by_column = respondent_weights(study, responses, KEPT)
    assert by_column.source == "column"
    np.testing.assert_allclose(by_column.sample_weight, np.arange(1, 81) / 40.5)
    np.testing.assert_array_equal(
        by_column.sample_weight, column_weights(responses, KEPT).sample_weight
    )
    study, responses = read(tmp_path / "none")
    assert respondent_weights(study, responses, KEPT).source == "none"
    assert respondent_weights(study, responses, KEPT).sample_weight.tolist() == [1.0] * 80
    study, responses = read(tmp_path / "margins", weights="margins")
    assert respondent_weights(study, responses, KEPT).source == "margins"


@pytest.fixture(autouse=True)
def folders(tmp_path: Path) -> None:
    for name in ("column", "none", "margins"):
        (tmp_path / name).mkdir()


def test_weights_of_margins_are_one_on_average_and_of_those_kept(tmp_path: Path) -> None:
    study, responses = read(tmp_path, weights="margins")
    found = read_margins(study, responses.questionnaire)
    assert found is not None
    weights = margin_weights(study, responses, KEPT, found)
    assert weights.sample_weight.mean() == pytest.approx(1)
    sex = answers().set_index("id").loc[KEPT, "sex"]
    by_hand = pd.Series(weights.sample_weight, index=KEPT).groupby(sex).sum()
    assert by_hand["f"] == pytest.approx(0.49 * 80)
    assert weights.raking is not None
    assert weights.raking.summary["converged"].item()
    assert weights.raking.summary["trimmed"].item() == 0


def test_a_study_without_margins_has_none(tmp_path: Path) -> None:
    study, responses = read(tmp_path, margins=None)
    assert read_margins(study, responses.questionnaire) is None


@pytest.fixture
def place_margins(tmp_path: Path) -> Margins:
    content = margins()
    content["margins"] = {"place": content["margins"]["place"]}
    write_yaml(tmp_path / "place.yml", content)
    return load_margins(tmp_path / "place.yml", Questionnaire.model_validate(questionnaire()))


def test_answers_are_merged_as_the_margins_are(place_margins: Margins) -> None:
    respondent = pd.DataFrame(
        {"place": pd.array(["town", "country", None, "suburb"], dtype="string")}, index=list("abcd")
    )
    found = margin_answers(respondent, Questionnaire.model_validate(questionnaire()), place_margins)
    assert found.index.tolist() == list("abcd")
    assert list(found.columns) == ["place"]
    assert found["place"].isna().tolist() == [False, False, True, False]
    assert found["place"].dropna().tolist() == ["town", "suburb + country", "suburb + country"]


def test_a_population_smaller_than_the_sample_is_told(
    tmp_path: Path, place_margins: Margins
) -> None:
    study = write_study(tmp_path)
    answered = pd.DataFrame({"place": ["town"] * 5 + ["suburb + country"] * 5})
    for size, right in ((10, False), (11, True), (9, False), (None, True)):
        sized = place_margins.model_copy(update={"population_size": size})
        if right:
            check_margins(answered, sized, study)
            continue
        with pytest.raises(InputError) as raised:
            check_margins(answered, sized, study)
        (problem,) = problems(raised)
        assert problem.value == str(size)
        assert "more than the 10 respondents" in str(problem.expected)
        assert problem.where == "margins.yml › population_size"


def test_every_margin_that_cannot_be_compared_is_told_at_once(tmp_path: Path) -> None:
    study = write_study(tmp_path)
    content = margins()
    content["margins"]["sex"]["population"] = {"f": 100, "m": 0}
    write_yaml(tmp_path / "m.yml", content)
    found = load_margins(tmp_path / "m.yml", Questionnaire.model_validate(questionnaire()))
    answered = pd.DataFrame(
        {"sex": ["f", "m", "m"], "place": ["town"] * 3, "age": pd.Series([None] * 3, dtype=object)}
    )
    with pytest.raises(InputError) as raised:
        check_margins(answered, found, study)
    nobody, unanswered = problems(raised)
    assert str(nobody.value) == "m: 0, but 2 respondents"
    assert nobody.where == "margins.yml › margins › sex › population"
    assert str(unanswered.value) == "age"
    assert unanswered.where == "margins.yml › margins › age"
    # A category without respondents and without figure is no fault.
    check_margins(answered.assign(sex="f", age="<40"), found, study)


def test_a_category_without_respondents_cannot_be_weighted(tmp_path: Path) -> None:
    table = answers()
    table.loc[table["place"] == "town", "place"] = "suburb"
    study, responses = read(tmp_path, table=table, weights="margins")
    found = read_margins(study, responses.questionnaire)
    assert found is not None
    with pytest.raises(InputError) as raised:
        margin_weights(study, responses, KEPT, found)
    (problem,) = problems(raised)
    assert problem.value == "town"
    assert problem.where == "margins.yml › margins › place › population"
    assert "at least one respondent of this category" in str(problem.expected)


def test_margins_that_contradict_one_another_are_told_with_their_gap(tmp_path: Path) -> None:
    table = answers()
    table["place"] = np.where(table["sex"] == "f", "town", "country")
    study, responses = read(tmp_path, table=table, weights="margins")
    found = read_margins(study, responses.questionnaire)
    assert found is not None
    with pytest.raises(InputError) as raised:
        margin_weights(study, responses, KEPT, found)
    (problem,) = problems(raised)
    assert "a gap of" in str(problem.value)
    assert problem.where == "margins.yml"
