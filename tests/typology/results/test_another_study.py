"""A study of another subject, scale and language: nothing of the project's own is left in it."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

import small_study
from command_line import call, said
from leftovers import AGREEMENT, leftovers
from reading import texts_of
from typology.cli.terminal import print_summary
from typology.documents.blank_questionnaire import blank_questionnaires
from typology.documents.explorer import explorer_document
from typology.documents.short_form.page import short_form_document
from typology.exhibits.labels import Labels, labels_by_language
from typology.results.figures import study_figures
from typology.results.model_file import model_content
from typology.results.pipeline import Analysis, run_pipeline
from typology.results.run_results import write_json
from typology.results.workbook import write_workbook
from typology.study import load_study
from typology.tools.short_form.files import write_short_form
from typology.tools.short_form.scored_form import make_short_form

OTHER_LANGUAGE = {
    "en": re.compile(
        r"\b(?:répondants?|réponses?|énoncés?|enquête|moyenne|accord)\b", re.IGNORECASE
    ),
    "fr": re.compile(r"\b(?:respondents?|answers?|items?|mean|share|agree\w*)\b", re.IGNORECASE),
}
OFTEN = {
    "en": ("Never", "Rarely", "Sometimes", "Often", "Always"),
    "fr": ("Jamais", "Rarement", "Parfois", "Souvent", "Toujours"),
}


def write(folder: Path, language: str) -> Path:
    """A study of how often something is done, in one language."""
    project = small_study.Project(folder)
    project.write(small_study.answers(), language=language, title={language: "Café"})

    def spoken(node: object) -> object:
        if isinstance(node, list):
            return [spoken(each) for each in node]
        if not isinstance(node, dict):
            return node
        return {language if name == "en" else name: spoken(each) for name, each in node.items()}

    def said_so(content: dict[str, object]) -> None:
        changed = spoken(content)
        assert isinstance(changed, dict)
        changed["languages"] = [language]
        changed["title"] = {language: "Café"}
        points = enumerate(OFTEN[language], start=1)
        changed["scales"] = {"s": [{"code": code, language: words} for code, words in points]}
        for block, title in zip(changed["blocks"], ("Sport", "Tabac"), strict=True):
            block["title"] = {language: title}
            for item in block["items"]:
                item[language] = f"{title} {item['id']}"
        content.clear()
        content.update(changed)

    project.change("questionnaire.yml", said_so)
    return folder / "study.yml"


@pytest.fixture(scope="module", params=["en", "fr"])
def study(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp(request.param), request.param)


@pytest.fixture(scope="module")
def analysis(study: Path) -> Analysis:
    return run_pipeline(load_study(study), validity=False)


def foreign(text: str, language: str) -> list[str]:
    """What a text of this study may not say."""
    others = (AGREEMENT, OTHER_LANGUAGE[language])
    found = [match[0] for pattern in others for match in pattern.finditer(text)]
    return [*leftovers(text), *found]


def test_what_a_run_writes_and_prints_is_of_the_study_alone(
    analysis: Analysis, tmp_path: Path
) -> None:
    language = analysis.fitted.study.choices.language
    labels = Labels(analysis.fitted.questionnaire, language)
    write_workbook(tmp_path / "book.xlsx", analysis.tables, labels, simulated=True)
    book = openpyxl.load_workbook(tmp_path / "book.xlsx", read_only=True)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True)
             for cell in row if isinstance(cell, str)]  # fmt: skip
    book.close()
    assert foreign("\n".join([*book.sheetnames, *cells]), language) == []
    by_language = labels_by_language(analysis.fitted.questionnaire, {}, language=language)
    page = explorer_document(analysis.tables, by_language, language=language, simulated=True)
    assert [*leftovers(page), *AGREEMENT.findall(page)] == []
    console = Console(file=StringIO(), width=200)
    print_summary(console, analysis)
    assert foreign(console.file.getvalue(), language) == []  # type: ignore[attr-defined]
    assert foreign(blank_questionnaires(analysis.fitted.questionnaire), language) == []


def test_the_short_form_is_of_the_study_alone(analysis: Analysis, tmp_path: Path) -> None:
    fitted, language = analysis.fitted, analysis.fitted.study.choices.language
    form = make_short_form(fitted, size=4)
    assert form is not None
    model = model_content(fitted, short_form=form.content)
    for path in write_short_form(tmp_path, model, fitted.questionnaire):
        text = path.read_text(encoding="utf-8")
        spoken = [] if path.suffix == ".yml" else foreign(text, language)  # its keys are English
        assert [*leftovers(text), *AGREEMENT.findall(text), *spoken] == []
    write_json(tmp_path / "model.json", model)
    assert leftovers((tmp_path / "model.json").read_text(encoding="utf-8")) == []
    page = short_form_document(model, fitted.questionnaire, language=language)
    assert [*leftovers(page), *AGREEMENT.findall(page)] == []


def test_figures_speak_of_the_study_alone(analysis: Analysis) -> None:
    language = analysis.fitted.study.choices.language
    labels = Labels(analysis.fitted.questionnaire, language)
    for figure in study_figures(analysis.tables, labels):
        told = figure.exhibit.describe(analysis.tables, labels, **figure.part)
        caption = figure.exhibit.caption(analysis.tables, labels, figure.part)
        assert foreign(f"{told}\n{caption}", language) == [], figure.name
        if figure.exhibit.name in ("answers", "profiles", "block_means"):
            drawn = figure.exhibit.draw(analysis.tables, labels, simulated=True, **figure.part)
            texts = "\n".join(text.get_text() for text in texts_of(drawn))
            assert foreign(texts, language) == [], figure.name


def test_check_speaks_of_the_study_alone(
    study: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert call("check", study) == 0
    told = said(capsys)
    assert foreign(told, load_study(study).choices.language) == []
