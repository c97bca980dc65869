"""The answers to a form made from the questionnaire are the same table on every platform."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import kinds_study
from platform_exports import IN_CODES, IN_WORDS, export_rows, write_export
from typology.answers.responses import Responses, read_responses
from typology.questionnaire.file import load_questionnaire


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
    if platform == "REDCap":  # what is not ticked is 0 there, whether it was seen or not
        told = told.fillna({f"tools:{code}": False for code in ("video", "phone", "other")})
    if platform in ("Google Forms", "ODK", "Qualtrics"):
        nothing = ~told[["tools:video", "tools:phone", "tools:other"]].any(axis=1)
        told.loc[nothing.to_numpy(), ["tools:video", "tools:phone", "tools:other"]] = pd.NA
    pd.testing.assert_frame_equal(themeless(read.respondent), told, check_names=False)
    assert any(platform in notice for notice in read.notices)
