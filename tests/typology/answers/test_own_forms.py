"""The answers to a form made from the questionnaire are the same table on every platform."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import kinds_study
from platform_exports import IN_CODES, IN_WORDS, export_rows, write_export
from typology.answers.left_out import collection_rules
from typology.answers.responses import Responses, read_responses
from typology.questionnaire.file import load_questionnaire
from typology.study.sections import Exclusions


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Responses:
    """The answers to every kind of question, as our own CSV holds them."""
    folder = tmp_path_factory.mktemp("kinds")
    kinds_study.write_kinds_study(folder, n=40)
    asked = load_questionnaire(folder / "questionnaire.yml")
    return read_responses(folder / "responses.csv", asked)


def themeless(answers: pd.DataFrame) -> pd.DataFrame:
    """Themes are coded by hand: no form asks for them."""
    return answers[[name for name in answers if not str(name).startswith("comment:")]]


FORMS = [(each, "") for each in IN_CODES] + [
    (each, language) for each in IN_WORDS for language in ("fr", "en")
]


@pytest.mark.parametrize(("platform", "words"), FORMS)
def test_an_export_is_the_same_table(
    plain: Responses, tmp_path: Path, platform: str, words: str
) -> None:
    rows = export_rows(plain, platform, words)
    path = write_export(tmp_path / "export.csv", rows, platform)
    read = read_responses(path, plain.questionnaire)
    numbered = platform == "Google Forms"
    index = pd.Index([f"R{at}" for at in range(1, 41)], dtype="object")
    index = index if numbered else plain.items.index
    pd.testing.assert_frame_equal(read.items, plain.items.set_axis(index), check_names=False)
    told = themeless(plain.respondent).set_axis(index)
    if platform == "LimeSurvey":  # what is not ticked is empty there: none ticked is no answer
        told.loc[~told.filter(like="tools:").drop(columns="tools:other:text").any(axis=1)
                 .to_numpy(), ["tools:video", "tools:phone", "tools:other"]] = pd.NA  # fmt: skip
    if platform.startswith("REDCap"):  # what is not ticked is 0 there, whether it was seen or not
        told = told.fillna({f"tools:{code}": False for code in ("video", "phone", "other")})
    if platform in ("Google Forms", "ODK", "Qualtrics", "SurveyMonkey", "Microsoft Forms",
                    "Sphinx", "KoboToolbox, labels in one cell"):  # fmt: skip
        nothing = ~told[["tools:video", "tools:phone", "tools:other"]].any(axis=1)
        told.loc[nothing.to_numpy(), ["tools:video", "tools:phone", "tools:other"]] = pd.NA
    pd.testing.assert_frame_equal(themeless(read.respondent), told, check_names=False)
    assert any(platform.split(",", maxsplit=1)[0] in notice for notice in read.notices)
    if not platform.startswith("REDCap") and platform != "Google Forms":
        assert read.collected.minutes is not None
        assert read.collected.minutes.to_numpy() == pytest.approx(10, abs=0.01)


def test_what_the_platform_tells_is_counted_and_left_out(plain: Responses, tmp_path: Path) -> None:
    rows = export_rows(plain, "Qualtrics")
    rows[0]["Status"], rows[1]["Finished"], rows[2]["Duration (in seconds)"] = "1", "0", "45"
    rows[3]["UserLanguage"] = "EN"
    rows = [{**row, "I agree": "No" if at == 4 else "Yes"} for at, row in enumerate(rows)]
    path = write_export(tmp_path / "export.csv", rows, "Qualtrics")
    read = read_responses(path, plain.questionnaire, consent_column="I agree")
    default = collection_rules(Exclusions(), read.collected)
    assert [(step, out.sum()) for step, out in default] == [("tests", 1)]
    chosen = Exclusions.model_validate(
        {"tests": "keep", "partial": "leave out", "fastest": 2, "languages": ["fr"],
         "consent": {"column": "I agree", "given": ["yes"]}}
    )  # fmt: skip
    told = collection_rules(chosen, read.collected)
    assert [(step, out.nonzero()[0].tolist()) for step, out in told] == [
        ("refused", [4]), ("partial", [1]), ("too fast", [2]), ("other languages", [3])
    ]  # fmt: skip
    assert any("1 of 40 answers are marked by the platform" in each for each in read.notices)


def test_an_answer_that_limesurvey_did_not_receive_whole_is_not_finished(
    plain: Responses, tmp_path: Path
) -> None:
    rows = export_rows(plain, "LimeSurvey")
    rows[5]["submitdate"] = ""
    read = read_responses(
        write_export(tmp_path / "export.csv", rows, "LimeSurvey"), plain.questionnaire
    )
    assert collection_rules(Exclusions(), read.collected) == []
    assert read.collected.finished is not None
    assert read.collected.finished.to_numpy().nonzero()[0].tolist() == [
        at for at in range(40) if at != 5
    ]


def test_ranks_of_which_some_are_not_given_are_read(plain: Responses, tmp_path: Path) -> None:
    rows = export_rows(plain, "LimeSurvey")
    first = rows[0]["reasons[1]"]
    rows[0]["reasons[2]"] = rows[0]["reasons[3]"] = ""
    path = write_export(tmp_path / "export.csv", rows, "LimeSurvey")
    read = read_responses(path, plain.questionnaire).respondent.filter(like="reasons:")
    assert read[f"reasons:{first}"].iloc[0] == 1
    assert read.iloc[0].notna().sum() == 1
