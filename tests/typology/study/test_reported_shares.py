"""Shares that a survey reported: read, refused, counted, set beside those computed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from typology.exhibits.labels import Labels
from typology.people.reported_shares import compare_reported_shares
from typology.people.reported_table import reported_shares_table
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import questionnaire_from_mapping
from typology.results.checking import read_study
from typology.study import load_study
from typology.study.shares.reported_shares import (
    ReportedShare,
    load_reported_shares,
    share_counts,
)
from typology.tools.simulate.files import write_simulation

EXAMPLES = Path(__file__).parents[3] / "data" / "examples"
HEAD = "title: {en: Bar}\nsource: {en: Report}\nyear: 2024\nrespondents: 4\nshares:\n"


def questionnaire() -> Questionnaire:
    return questionnaire_from_mapping(
        {
            "title": {"en": "Coffee"},
            "languages": ["en"],
            "scales": {"s": [{"code": 0, "en": "No"}, {"code": 1, "en": "Yes"}]},
            "blocks": [
                {"id": "hopes", "title": {"en": "Hopes"}, "scale": "s", "direction": "favourable",
                 "items": [{"id": "H1", "en": "It is hot"}]}
            ],
            "respondent": [
                {"id": "role", "type": "single", "en": "Role?",
                 "choices": [{"code": "a", "en": "Alone"}, {"code": "b", "en": "Both"}]},
                {"id": "needs", "type": "multiple", "en": "Needs?",
                 "choices": [{"code": "cup", "en": "A cup"}, {"code": "milk", "en": "Milk"}]},
                {"id": "note", "type": "text", "en": "Note?"},
            ],
        }
    )  # fmt: skip


ANSWERS = pd.DataFrame(
    {
        "H1": pd.array([1, 0, 1, None], dtype="Int64"),
        "role": ["a", "a", "b", None],
        "needs:cup": pd.array([True, False, True, None], dtype="boolean"),
        "needs:milk": pd.array([False, False, True, None], dtype="boolean"),
    }
)


def shares(folder: Path, lines: str) -> pd.DataFrame:
    path = folder / "reported_shares.yml"
    path.write_text(HEAD + lines, encoding="utf-8")
    return compare_reported_shares(load_reported_shares(path, questionnaire()), ANSWERS, np.ones(4))


def test_shares_are_of_those_who_answered_by_hand(tmp_path: Path) -> None:
    table = shares(
        tmp_path,
        "  - {variable: role, answers: a, share: 67}\n"
        "  - {variable: needs, answers: [cup, milk], share: 66.7}\n"
        "  - {variable: needs, answers: cup, share: 40, within: {role: a}}\n"
        "  - {variable: H1, answers: 1, share: 100, within: {needs: milk}}\n",
    )
    assert table[["n", "base"]].to_numpy().tolist() == [[2, 3], [2, 3], [1, 2], [1, 1]]
    assert table["computed"].tolist() == pytest.approx([200 / 3, 200 / 3, 50, 100])
    assert table["reproduced"].tolist() == [True, True, False, True]
    assert table["within"].tolist() == ["", "", "role=a", "needs=milk"]


def test_weights_count(tmp_path: Path) -> None:
    path = tmp_path / "reported_shares.yml"
    path.write_text(HEAD + "  - {variable: role, answers: b, share: 60}\n", encoding="utf-8")
    reported = load_reported_shares(path, questionnaire())
    table = compare_reported_shares(reported, ANSWERS, np.array([1.0, 1, 3, 9]))
    assert table["computed"].tolist() == [60]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{variable: rol, answers: a, share: 1}", "Did you mean 'role'?"),
        ("{variable: role, answers: c, share: 1}", "an answer to role"),
        ("{variable: role, answers: a, share: 101}", "no. 1 › share: found '101'"),
        ("{variable: note, answers: a, share: 1}", "a question with choices"),
        ("{variable: role, answers: a, share: 1, within: {needs: tea}}", "shares › 1 › needs"),
        ("{variable: role, share: 1}", "answers"),
    ],
)
def test_what_is_wrong_with_the_file_is_told(line: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        shares(tmp_path, f"  - {line}\n")
    assert told in str(error.value)


def test_all_that_is_wrong_with_the_file_is_told_at_once(tmp_path: Path) -> None:
    lines = [
        "{variable: rol, answers: a, share: 1}",
        "{variable: role, answers: c, share: 101}",
        "{variable: role, answers: c}",
    ]
    with pytest.raises(InputError) as error:
        shares(tmp_path, "".join(f"  - {line}\n" for line in lines))
    said = [str(problem) for problem in error.value.problems]
    assert len(said) == 5
    for words in ("share: found '101'", "found nothing", "shares › 1: found 'rol'",
                  "shares › 2 › role: found 'c'", "shares › 3 › role: found 'c'"):  # fmt: skip
        assert any(words in each for each in said)


def test_published_and_computed_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    table = shares(tmp_path, "  - {variable: needs, answers: cup, share: 40, within: {role: a}}\n")
    shown = reported_shares_table({"reported_shares": table}, Labels(questionnaire(), "en"))
    assert [column.spanner for column in shown.columns] == [
        "", "", "Published", "Computed", "Computed",
    ]  # fmt: skip
    assert shown.rows == (("Needs?: A cup", "Alone", "40", "1/2", "50 *"),)


@pytest.mark.parametrize(("name", "respondents"), [("barometer", 182), ("challenges", 150)])
def test_the_sample_of_an_example_is_that_of_its_settings_and_has_the_published_shares(
    name: str, respondents: int, tmp_path: Path
) -> None:
    folder = EXAMPLES / name
    made = write_simulation(folder / "questionnaire.yml", output=tmp_path / "made.csv")
    assert made.responses.read_bytes() == (folder / "simulated_responses.csv").read_bytes()
    study = load_study(folder)
    asked, responses = read_study(study)
    assert len(responses.items) == respondents
    assert study.choices.simulated
    assert study.reported_shares_path is not None
    reported = load_reported_shares(study.reported_shares_path, asked)
    answers = pd.concat([responses.items, responses.respondent], axis=1)
    table = compare_reported_shares(reported, answers, np.ones(respondents))
    # Each share is that of the nearest whole number of respondents, or of the next one.
    off = (table["difference"].abs() * table["base"] / 100).max()
    assert off <= 1.5


def test_the_barometer_shows_the_published_sample_of_the_project() -> None:
    own = EXAMPLES / "barometer" / "barometer_occitanie.yml"
    assert own.read_bytes() == (EXAMPLES.parent / "margins" / own.name).read_bytes()


def test_a_missing_answer_is_no_answer_of_that_name() -> None:
    answers = pd.DataFrame({
        "q": pd.Series(["None", None, "nan", pd.NA, float("nan")], dtype=object),
        "n": pd.array([1.0, None, 2.0, 1.0, None], dtype="Float64"),
    })  # fmt: skip
    share = ReportedShare.model_construct(
        variable="q", answers=("None", "nan", "<NA>"), within={}, share=50.0
    )
    counted = share_counts(share, answers)
    assert counted["member"].tolist() == [True, False, True, False, False]
    assert counted["base"].tolist() == [True, False, True, False, False]
    among = ReportedShare.model_construct(
        variable="q", answers=("None",), within={"n": ("1",)}, share=50.0
    )
    assert share_counts(among, answers)["base"].tolist() == [True, False, False, False, False]
    of_named = ReportedShare.model_construct(
        variable="n", answers=("1",), within={"q": ("None", "nan", "<NA>")}, share=50.0
    )
    counted = share_counts(of_named, answers)
    assert counted["base"].tolist() == [True, False, True, False, False]
    assert counted["member"].tolist() == [True, False, False, False, False]
