"""The command questionnaire: what it writes, says and refuses, in French and in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from command_line import call, said
from hostile_form import content
from typology.cli import command as cli
from typology.tools.forms.platforms import PLATFORMS


def form(*arguments: object) -> int:
    """Run the command questionnaire; return its exit code."""
    return call("questionnaire", *arguments)


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sentence of a table is broken into lines."""
    monkeypatch.setenv("COLUMNS", "1000")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "hostile.yml"
    path.write_text(yaml.safe_dump(content(), allow_unicode=True), encoding="utf-8")
    return path


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_help_names_every_platform_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert form("--help") == 0
    listed = re.search(r"--to <([^>]+)>", said(capsys))
    assert listed is not None
    assert listed[1].split("|") == list(PLATFORMS)


@pytest.mark.parametrize("platform", list(PLATFORMS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_platform_of_the_help_works(
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    platform: str,
    language: str,
) -> None:
    folder = tmp_path / "forms"
    asked = ("--to", platform, "--output", folder, "--language", language)
    assert form(project / "analysis" / "study.yml", *asked) == 0
    told = said(capsys)
    chosen = PLATFORMS[platform]
    begins = "Formulaire pour" if language == "fr" else "Form for"
    assert f"{begins} {chosen.title}" in told
    name = "questionnaire"
    if not chosen.on_paper:
        name += "_" + platform.replace("-", "_")
    one = platform in ("limesurvey", "xlsform")
    endings = [""] if one else ["_fr", "_en"]
    assert files(folder) == {f"{name}{each}{chosen.ending}" for each in endings}


def test_a_questionnaire_alone_or_a_folder_will_do(
    project: Path, source: Path, tmp_path: Path
) -> None:
    assert form(source, "--to", "limesurvey", "--output", tmp_path / "out") == 0
    assert files(tmp_path / "out") == {"hostile_limesurvey.txt"}
    assert form(project, "--to", "limesurvey", "--output", tmp_path / "study") == 0


def test_a_file_may_be_named(source: Path, tmp_path: Path) -> None:
    assert form(source, "--to", "limesurvey", "--output", tmp_path / "survey.txt") == 0
    assert form(source, "--to", "redcap", "--output", tmp_path / "survey.csv") == 0
    assert files(tmp_path) == {"hostile.yml", "survey.txt", "survey_fr.csv", "survey_en.csv"}


def test_the_languages_may_be_chosen(source: Path, tmp_path: Path) -> None:
    asked = ("--to", "docx", "--output", tmp_path, "--languages")
    assert form(source, *asked, "en") == 0
    assert files(tmp_path) == {"hostile.yml", "hostile_en.docx"}


def test_unknown_languages_are_all_refused(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--to", "html", "--output", tmp_path / "new", "--language", "en")
    assert form(source, *asked, "--languages", "de, fr es") == cli.INPUT_ERROR
    told = said(capsys)
    assert "de" in told
    assert "es" in told
    assert "a language of the questionnaire (fr, en)" in told
    assert not (tmp_path / "new").exists()


def test_nothing_is_written_over_without_being_asked(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "hostile_en.html"
    mine.write_text("mine", encoding="utf-8")
    asked = (source, "--to", "html", "--output", tmp_path, "--language", "en")
    assert form(*asked) == cli.INPUT_ERROR
    assert "a file that is there already" in said(capsys)
    assert mine.read_text(encoding="utf-8") == "mine"
    assert files(tmp_path) == {"hostile.yml", "hostile_en.html"}
    assert form(*asked, "--force") == 0
    assert form(*asked) == 0  # the same contents: nothing to replace


def test_what_is_read_is_never_replaced(source: Path, tmp_path: Path) -> None:
    read = source.read_bytes()
    for name in ("hostile.yml", "hostile.doc"):
        asked = ("--to", "docx", "--output", tmp_path / name, "--force")
        assert form(source, *asked, "--languages", "fr") == cli.INPUT_ERROR
    assert source.read_bytes() == read
    assert files(tmp_path) == {"hostile.yml"}


def test_a_folder_that_could_not_be_filled_is_not_left(source: Path, tmp_path: Path) -> None:
    asked = ("--to", "docx", "--output", tmp_path / "a" / "b" / "form.txt")
    assert form(source, *asked) == cli.INPUT_ERROR
    assert files(tmp_path) == {"hostile.yml"}


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", ("À savoir", "E_1 → E12", "Un code de LimeSurvey", "A1, A2 et ainsi de suite")),
     ("en", ("To know", "E_1 → E12", "A code of LimeSurvey", "A1, A2 and so on"))],
)  # fmt: skip
def test_what_the_platform_cannot_hold_is_told_at_once(
    source: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    language: str,
    words: tuple[str, ...],
) -> None:
    assert form(source, "--to", "limesurvey", "--output", tmp_path, "--language", language) == 0
    told = said(capsys)
    for word in words:
        assert word in told


def test_a_questionnaire_with_problems_makes_no_form(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source.write_text("title: {fr: x}\nblocks: []\n", encoding="utf-8")
    asked = (source, "--to", "docx", "--output", tmp_path / "new", "--language", "en")
    assert form(*asked) == cli.INPUT_ERROR
    assert "hostile.yml" in said(capsys)
    assert files(tmp_path) == {"hostile.yml"}
