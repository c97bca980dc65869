"""The simulated sample: the shipped one, and others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from typology.files.csv_tables import csv_bytes
from typology.files.yaml_files import load_mapping
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire, questionnaire_from_mapping
from typology.tools.simulate.design import SimulationDesign, load_design
from typology.tools.simulate.simulation import simulate_answers

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return load_questionnaire(DATA / "questionnaire.yml")


@pytest.fixture(scope="module")
def design(questionnaire: Questionnaire) -> SimulationDesign:
    return load_design(DATA / "simulation.yml", questionnaire)


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    """Return the shipped answers with the planted types beside."""
    responses = pd.read_csv(DATA / "simulated_responses.csv")
    return responses.merge(pd.read_csv(DATA / "simulated_types.csv"), on="respondent")


@pytest.fixture(scope="module")
def reported() -> dict[str, Any]:
    return load_mapping(DATA / "reported.yml")


def items_of(questionnaire: Questionnaire, block: str) -> list[str]:
    return [item.id for item in questionnaire.block(block).items]


# The shipped sample


def test_shipped_files_are_made_again_byte_for_byte(
    questionnaire: Questionnaire, design: SimulationDesign
) -> None:
    responses, types = simulate_answers(questionnaire, design=design)
    assert csv_bytes(responses) == (DATA / "simulated_responses.csv").read_bytes()
    assert csv_bytes(types) == (DATA / "simulated_types.csv").read_bytes()


def test_planted_types_have_the_reported_sizes(
    sample: pd.DataFrame, reported: dict[str, Any]
) -> None:
    sizes = sample["type"].value_counts().to_dict()
    assert sizes == {each["id"]: each["n"] for each in reported["classes"]}
    assert len(sample) == reported["respondents"]
    for each in reported["classes"]:
        assert round(100 * each["n"] / reported["respondents"], 1) == each["share"]


@pytest.mark.parametrize("block", ["fears", "expectations"])
def test_reported_top_five_come_out_in_their_order(
    sample: pd.DataFrame, questionnaire: Questionnaire, reported: dict[str, Any], block: str
) -> None:
    answers = sample[items_of(questionnaire, block)]
    agreement = ((answers >= 4).sum() / answers.notna().sum()).sort_values(ascending=False)
    known = [item for item in reported["most_unanimous"][block] if item != "unknown"]
    assert list(agreement.index[: len(known)]) == known


def test_portraits_are_those_reported(sample: pd.DataFrame) -> None:
    def most_given(question: str) -> dict[str, str]:
        shares = pd.crosstab(sample[question], sample["type"], normalize="columns")
        return {str(each): str(code) for each, code in shares.idxmax().items()}

    practice, satisfaction = most_given("practice"), most_given("satisfaction")
    assert (practice["reluctant"], practice["enthusiastic"]) == ("solo", "group")
    assert (satisfaction["reluctant"], satisfaction["enthusiastic"]) == ("entirely", "rather")
    assert most_given("knowledge")["mixed"] == "none"
    other = most_given("other_activity")
    assert (other["reluctant"], other["enthusiastic"]) == ("no", "yes")
    informed = sample["knowledge"].isin(["good", "very_good"]).groupby(sample["type"]).mean()
    assert (informed[["enthusiastic", "unconditional"]] > 0.5).all()


def test_attitudes_and_feelings_go_from_the_reluctant_to_the_unconditional(
    sample: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    order = ["reluctant", "mixed", "enthusiastic", "unconditional"]
    for block, sign in (("expectations", 1), ("fears", -1)):
        by_type = sample.groupby("type")[items_of(questionnaire, block)].mean().mean(axis=1)
        assert (np.diff(by_type[order]) * sign > 0).all()
    feelings = sample.groupby("type")[["enthusiasm", "fear", "doubt", "constraint"]].mean()
    steps = feelings.loc[order].diff().dropna()
    assert (steps["enthusiasm"] > 0).all()
    assert (steps[["fear", "doubt", "constraint"]] < 0).all(axis=None)


def test_sample_looks_like_a_survey(sample: pd.DataFrame, questionnaire: Questionnaire) -> None:
    answers = sample[list(questionnaire.items)]
    missing = answers.isna()
    assert 0.005 < missing.to_numpy().mean() < 0.03
    assert missing.mean(axis=1).max() > 0.1
    assert (answers.nunique() == 5).mean() > 0.9
    changes = (sample["type"] != sample["type"].shift()).mean()
    assert changes > 0.5  # shuffled: the types do not follow each other
    means = {each: sample[items_of(questionnaire, each)].mean(axis=1) for each in
             ("expectations", "fears")}  # fmt: skip
    assert means["expectations"].corr(means["fears"]) < -0.4


# Other samples


def small_questionnaire(scale_size: int = 4) -> Questionnaire:
    points = [{"code": code, "en": f"Point {code}"} for code in range(scale_size)]
    choices = [{"code": each, "en": each} for each in ("tea", "coffee", "water")]
    blocks = [
        {
            "id": direction,
            "title": {"en": direction},
            "scale": "s",
            "direction": direction,
            "items": [
                {"id": f"{direction}{at}", "en": f"{direction} {at}", "reversed": at == 5}
                for at in range(6)
            ],
        }
        for direction in ("favourable", "unfavourable", "neutral")
    ]
    respondent = [
        {"id": kind, "type": kind, "en": kind, "choices": choices}
        for kind in ("single", "multiple", "rank")
    ]
    respondent += [
        {"id": "open", "type": "text", "en": "open"},
        {"id": "free", "type": "number", "en": "free"},
        {"id": "age", "type": "number", "en": "age", "min": 18, "max": 30},
    ]
    return questionnaire_from_mapping(
        {
            "title": {"en": "Drinks"},
            "languages": ["en"],
            "scales": {"s": points},
            "blocks": blocks,
            "respondent": respondent,
        }
    )


@pytest.mark.parametrize("scale_size", [2, 3, 4, 7])
def test_any_questionnaire_can_be_answered(scale_size: int) -> None:
    questionnaire = small_questionnaire(scale_size)
    responses, types = simulate_answers(questionnaire, n=200, seed=3)
    assert list(responses["respondent"]) == list(types["respondent"])
    items = responses[list(questionnaire.items)].melt()["value"]
    assert set(items.dropna()) == set(range(scale_size))
    assert responses["age"].dropna().between(18, 30).all()
    assert set(responses["single"].dropna()) == {"tea", "coffee", "water"}
    assert set(responses["multiple:tea"].dropna()) == {0, 1}
    ranks = responses[["rank:tea", "rank:coffee", "rank:water"]].dropna()
    assert (ranks.sum(axis=1) == 6).all()
    assert responses["open"].isna().all()


def test_directions_and_reversed_items_follow_the_attitudes() -> None:
    questionnaire = small_questionnaire(5)
    responses, _ = simulate_answers(questionnaire, n=2000, seed=4)
    related = responses[list(questionnaire.items)].astype(float).corr()
    assert related.loc["favourable0", "favourable1"] > 0.2
    assert related.loc["favourable0", "unfavourable0"] < -0.2
    assert related.loc["favourable0", "favourable5"] < -0.2
    assert related.loc["favourable0", "unfavourable5"] > 0.2
    assert related.loc["neutral0", "neutral5"] < -0.2
    assert abs(related.loc["favourable0", "neutral0"]) < 0.15


@pytest.mark.parametrize(("n", "sizes"), [(600, [114, 222, 210, 54]), (1, [0, 1, 0, 0])])
def test_types_are_sized_in_proportion(
    questionnaire: Questionnaire, n: int, sizes: list[int]
) -> None:
    _, types = simulate_answers(questionnaire, n=n)
    order = ["opposed", "doubtful", "willing", "keen"]
    assert list(types["type"].value_counts().reindex(order, fill_value=0)) == sizes


def test_seed_decides_everything(questionnaire: Questionnaire) -> None:
    first, again, other = (
        simulate_answers(questionnaire, n=50, seed=seed)[0] for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


def test_no_missing_answers_when_none_are_asked_for(questionnaire: Questionnaire) -> None:
    complete = SimulationDesign.model_validate(
        {"missing": {"everywhere": 0, "heavy_respondents": 0}}
    )
    responses, _ = simulate_answers(questionnaire, design=complete, n=100)
    assert not responses.isna().any(axis=None)


def test_a_question_may_be_asked_of_some_alone(questionnaire: Questionnaire) -> None:
    nobody = {"everywhere": 0, "heavy_respondents": 0}
    plain = SimulationDesign.model_validate({"missing": nobody})
    some = SimulationDesign.model_validate(
        {"missing": nobody, "asked_of": {"knowledge": {"practice": ["solo", "msp"]}}}
    )
    of_all, _ = simulate_answers(questionnaire, design=plain, n=60, seed=5)
    of_some, _ = simulate_answers(questionnaire, design=some, n=60, seed=5)
    asked = of_all["practice"].isin(["solo", "msp"])
    assert 0 < asked.sum() < 60
    expected = of_all.assign(knowledge=of_all["knowledge"].where(asked))
    pd.testing.assert_frame_equal(of_some, expected)


def test_fewer_than_one_respondent_is_refused(questionnaire: Questionnaire) -> None:
    with pytest.raises(ValueError, match="at least 1 respondent"):
        simulate_answers(questionnaire, n=0)


def test_problems_of_a_design_are_told_at_once(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    path = tmp_path / "simulation.yml"
    path.write_text(
        """
loadings: [2, 1]
levels: {E001: 0.5}
asked_of: {knowledge: {practice: [alone], age: [young]}, feeling: {practice: [solo]}}
types:
  - id: keen
    size: 1
    favourable: 1
    unfavourable: -1
    portrait:
      sex: {female: 0.5, male: 0.6}
      practise: {solo: 1}
      territory: {urbain: 1}
      age: {mean: 50}
""",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        load_design(path, questionnaire)
    said = str(caught.value)
    assert len(caught.value.problems) == 9
    for words in (
        "asked_of › knowledge › practice: found 'alone', expected a choice of the question",
        "asked_of › knowledge: found 'age', expected another single question",
        "asked_of: found 'feeling', expected a question of the questionnaire",
        "simulation.yml › loadings",
        "Did you mean 'E01'?",
        "types › keen › portrait › sex: found the sum 1.1",
        "Did you mean 'practice'?",
        "Did you mean 'urban'?",
        "mean and sd",
    ):
        assert words in said


def test_misspelt_setting_is_named(tmp_path: Path, questionnaire: Questionnaire) -> None:
    path = tmp_path / "simulation.yml"
    path.write_text("seeds: 3\nmissing: {everywhere: 120}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_design(path, questionnaire)
    first, second = sorted(str(problem) for problem in caught.value.problems)
    assert "missing › everywhere: found '120', expected a number up to 100" in first
    assert "Did you mean 'seed'?" in second


def test_values_off_the_list_and_unknown_names_of_the_design_are_told_at_once(
    questionnaire: Questionnaire, tmp_path: Path
) -> None:
    path = tmp_path / "simulation.yml"
    design = load_mapping(DATA / "simulation.yml")
    first, second, *_ = design["types"]
    first["size"], second["portrait"]["age"]["mean"] = -1, "old"
    first["portrait"]["pratice"] = first["portrait"].pop("practice")
    design |= {"respondents": "many", "loadings": [2, 1], "levels": {"E01": "x", "ZZ": 1}}
    path.write_text(yaml.safe_dump(design, sort_keys=False), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_design(path, questionnaire)
    assert [str(problem.value) for problem in caught.value.problems] == [
        "many", "-1", "old", "x", "2, 1", "ZZ", "pratice",
    ]  # fmt: skip
