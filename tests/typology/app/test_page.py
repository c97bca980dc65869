"""From a bare file to what is taken away: one run, read in both languages, by keys alone."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="The page (extra: app) is not installed.")

from brought_answers import answers
from served_page import Served, Visitor, served
from stand_in_quarto import write_stand_in
from typology.app.screens.read import SCREEN_PARTS
from typology.files.yaml_files import load_mapping

CHROMIUM = any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("studies")) as page:
        yield page


def shorten(page: Served) -> None:
    """Ask of the study as few replicates as there may be: the run is what takes long here."""
    (study,) = page.site.shelf.studies()
    few = {"resamples": 2, "null_replicates": 19, "imputations": 2}
    study.change(study.path, {"validity": few})


@pytest.fixture(scope="module")
def quarto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bool]:
    """Whether it is Quarto that writes the documents; where it is not there, a stand-in is."""
    if shutil.which("quarto") is not None:
        yield True
        return
    folder = write_stand_in(tmp_path_factory.mktemp("stand_in"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PATH", str(folder), prepend=os.pathsep)
        yield False


@pytest.fixture(scope="module")
def bare_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("brought") / "export.csv"
    path.write_bytes(answers())
    return path


@pytest.fixture(scope="module")
def walk(
    page: Served, bare_file: Path, request: pytest.FixtureRequest, tmp_path_factory: Any
) -> Any:
    """The browser that went from a bare file to the results, None where there is no browser."""
    if not (CHROMIUM and shutil.which("chromedriver")):
        return None
    pytest.importorskip("selenium.webdriver", reason="selenium (extra: test) is not installed.")
    from keyboard_walk import NARROW, Walk, to_the_results  # noqa: PLC0415 - selenium is optional

    axe = pytest.importorskip("selenium_axe_python", reason="selenium-axe-python (extra: test).")
    downloads = tmp_path_factory.mktemp("downloads")
    walk = Walk(request.getfixturevalue("browser"), downloads, width=NARROW)
    walk.browser.get(page.keys.address)
    to_the_results(walk, bare_file, axe, "fr", before_run=lambda: shorten(page))
    return walk


@pytest.fixture(scope="module")
def visitor(page: Served, walk: Any) -> Visitor:
    """Whoever looks at the study that was run."""
    visitor = page.visitor()
    if walk is None:
        visitor.open(visitor.post("/answers", files={"answers": ("export.csv", answers())}))
        visitor.post("mend", action="lines", lines=visitor.get("mend").value("lines"))
        shorten(page)
        visitor.post("run", how="full")
        job = page.site.jobs.of(visitor.study.rpartition("/")[2])
        assert job is not None
        assert job.process.wait(900) == 0
    else:
        visitor.study = f"/s/{walk.browser.current_url.split('/')[4]}"
    return visitor


def folder_of(page: Served, visitor: Visitor) -> Path:
    study = page.site.shelf.get(visitor.study.rpartition("/")[2])
    assert study is not None
    return study.folder


@pytest.mark.usefixtures("quarto")
def test_keys_alone_lead_from_a_bare_file_to_the_article_on_a_telephone_in_french(
    walk: Any, visitor: Visitor
) -> None:
    if walk is None:
        pytest.skip("No Chromium with its chromedriver on PATH: the page was not opened.")
    import selenium_axe_python as axe  # noqa: PLC0415 - optional

    from keyboard_walk import NARROW, take, through_the_results, write_the_article  # noqa: PLC0415

    assert walk.width == NARROW
    through_the_results(walk, axe, "fr")
    with zipfile.ZipFile(io.BytesIO(take(walk, "typology.xlsx"))) as workbook:
        assert "xl/workbook.xml" in workbook.namelist()
    write_the_article(walk, axe, "fr")
    with zipfile.ZipFile(io.BytesIO(take(walk, "article-fr.docx"))) as document:
        assert "word/document.xml" in document.namelist()
    assert take(walk, "article-fr.pdf").startswith(b"%PDF")
    assert_nothing_stood_in_the_way(walk)
    assert visitor.get("leave").status == 200


@pytest.mark.usefixtures("quarto")
def test_keys_alone_lead_from_a_bare_file_to_the_article_on_a_desk_in_english(
    walk: Any, visitor: Visitor, bare_file: Path
) -> None:
    if walk is None:
        pytest.skip("No Chromium with its chromedriver on PATH: the page was not opened.")
    import selenium_axe_python as axe  # noqa: PLC0415 - optional

    from keyboard_walk import WIDE, take, through_the_results, to_the_preview, write_the_article  # noqa: PLC0415

    walk.resize(WIDE)
    walk.follow(".bar .name")
    walk.follow('[name="language"]')
    to_the_preview(walk, bare_file, axe, "en")
    walk.follow('.steps [href$="/run"]')
    walk.look(axe)
    walk.follow(".bar .name")
    walk.follow(f'.studies [href^="{visitor.study}/"]')  # the study that was run
    walk.follow('.steps [href$="/read"]')
    through_the_results(walk, axe, "en")
    if not walk.browser.find_elements("css selector", '[href$="/article-fr.pdf"]'):
        write_the_article(walk, axe, "en")
    (walk.downloads / "article-fr.pdf").unlink(missing_ok=True)
    assert take(walk, "article-fr.pdf").startswith(b"%PDF")
    assert_nothing_stood_in_the_way(walk)
    walk.follow('[name="language"]')


def assert_nothing_stood_in_the_way(walk: Any) -> None:
    assert walk.faults == []
    said = [each for each in walk.browser.get_log("browser") if each["level"] == "SEVERE"]
    assert said == []


@pytest.mark.parametrize("part", SCREEN_PARTS)
def test_each_part_is_read_in_both_languages(visitor: Visitor, part: str) -> None:
    for language in ("en", "fr"):
        answer = visitor.post("/language", language=language, here=f"{visitor.study}/read/{part}")
        assert answer.status == 200
        assert len(answer.text) > 300
        for fault in ("@tbl", "@fig", "**", "\\", "{python}", "Traceback", "{{"):
            assert fault not in answer.text, fault
    if part == "verdict":
        assert answer.html.index('class="prose verdict"') < answer.html.index("<table")


def test_what_is_shown_can_be_copied_and_taken(visitor: Visitor) -> None:
    types = visitor.get("read/types")
    assert "data-copy=" in types.html
    table = visitor.get("table/types/tbl-types.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert len(rows) >= 4
    assert {len(row) for row in rows[:4]} == {len(rows[0])}
    figure = visitor.get("file/figures/fr/tree.svg")
    assert b"<svg" in figure.content
    assert visitor.get("short").html.startswith("<!DOCTYPE html>")
    assert "typology-explorer" in visitor.get("explorer").html


def test_nothing_of_a_respondent_leaves(page: Served, visitor: Visitor) -> None:
    folder = folder_of(page, visitor)
    private = [path for path in (folder / "results" / "private").rglob("*") if path.is_file()]
    assert private
    for path in (*private, folder / "private" / "export.csv", folder / "study.yml"):
        inner = path.relative_to(folder).as_posix()
        for asked in (inner, f"../{inner}", inner.removeprefix("results/"), f"%2e%2e/{inner}"):
            assert visitor.get(f"file/{asked}").status == 404, asked
    with zipfile.ZipFile(io.BytesIO(visitor.get("zip/shared").content)) as shared:
        names = shared.namelist()
        assert not [name for name in names if "private" in name and not name.endswith(".gitkeep")]
        assert not [name for name in names if "export.csv" in name]
        assert any(name.endswith("results/typology.xlsx") for name in names)


def test_the_study_runs_elsewhere(visitor: Visitor, tmp_path: Path) -> None:
    from typology.results.checking import check_study_answers  # noqa: PLC0415 - slow to import
    from typology.study import load_study  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(visitor.get("zip/study").content)) as archive:
        archive.extractall(tmp_path)
    (copied,) = tmp_path.iterdir()
    assert not (copied / "results" / "private").exists()
    check = check_study_answers(load_study(copied))
    assert check.responses is not None
    assert len(check.responses.items) == len(answers().splitlines()) - 1


def test_without_quarto_the_way_to_have_it_is_said(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    answer = visitor.get("leave")
    assert "quarto.org" in answer.text
    assert visitor.post("documents").status == 200


def bare(text: str) -> str:
    """Letters and figures alone: lines are broken, and hyphens put, otherwise in each document."""
    return re.sub(r"\W", "", text.replace("\N{SOFT HYPHEN}", "")).casefold()


def read_docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as document:
        written = document.read("word/document.xml").decode("utf-8")
    return html.unescape(re.sub(r"<[^>]+>", "", written.replace("</w:p>", "\n")))


def read_pdf(content: bytes) -> str:
    reader = pytest.importorskip("pypdf", reason="The text of the PDF is read with pypdf.")
    return "\n".join(page.extract_text() for page in reader.PdfReader(io.BytesIO(content)).pages)


@pytest.mark.skipif(shutil.which("quarto") is None, reason="Quarto is not on PATH.")
def test_the_article_of_quarto_opens_with_the_study_in_word_and_pdf(
    page: Served, visitor: Visitor
) -> None:
    if visitor.get("file/article-fr.docx").status == 404:  # no browser asked for it
        assert "Écriture des documents" in visitor.post("documents").text
        job = page.site.jobs.of(visitor.study.rpartition("/")[2])
        assert job is not None
        assert job.process.wait(900) == 0, job.output
    assert "L'article (fr), Word" in visitor.get("leave").text
    asked = load_mapping(folder_of(page, visitor) / "questionnaire.yml")
    title, sentence = asked["title"]["fr"], "Enquête transversale par questionnaire"
    for read, name in ((read_docx, "article-fr.docx"), (read_pdf, "article-fr.pdf")):
        text = bare(read(visitor.get(f"file/{name}").content))
        assert text.startswith(bare(title)), name
        assert bare(sentence) in text, name


def test_documents_are_made_of_current_results_alone(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.post("mend", action="no_answer", word="aucun avis")
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "quarto" else None)
    answer = visitor.post("documents")
    assert "faites d'abord le calcul entier" in answer.text
    assert "L'étude ou le programme ont changé" in answer.text
    visitor.post("undo", screen="mend")


def test_a_run_that_is_stopped_leaves_the_former_results(page: Served, visitor: Visitor) -> None:
    results = folder_of(page, visitor) / "results"
    before = {path: path.read_bytes() for path in results.rglob("*") if path.is_file()}
    began = visitor.post("run", how="full")
    assert "Calcul en cours" in began.text
    again = page.visitor()  # the browser was killed, or this is another tab
    again.study = visitor.study
    state = json.loads(again.get("run/state").html)
    assert state["end"] == ""
    assert "Calcul en cours" in again.get("run").text
    stopped = again.post("run/stop", screen="run")
    assert "arrêté" in stopped.text
    assert {path: path.read_bytes() for path in results.rglob("*") if path.is_file()} == before
    assert visitor.get("read").status == 200


def test_a_run_that_is_refused_says_why(page: Served, visitor: Visitor) -> None:
    visitor.post("mend", action="identifier", column="S01")
    visitor.post("run", how="quick")
    job = page.site.jobs.of(visitor.study.rpartition("/")[2])
    assert job is not None
    job.process.wait(120)
    refused = visitor.get("run")
    assert "n'a pas pu se faire" in refused.text
    assert "S01" in refused.text
    visitor.post("undo", screen="mend")


def test_every_table_of_a_study_of_one_block_can_be_shown(page: Served, visitor: Visitor) -> None:
    from typology.documents.exhibits import exhibits_by_name  # noqa: PLC0415 - slow to import
    from typology.exhibits.labels import Labels  # noqa: PLC0415
    from typology.exhibits.registry import TableExhibit  # noqa: PLC0415
    from typology.questionnaire.file import load_questionnaire  # noqa: PLC0415
    from typology.results.run_results import read_results  # noqa: PLC0415

    folder = folder_of(page, visitor)
    tables = read_results(folder / "results").tables
    labels = Labels(load_questionnaire(folder / "questionnaire.yml"), "fr")
    made = [
        exhibit(tables, labels, **part)
        for exhibit in exhibits_by_name().values()
        if isinstance(exhibit, TableExhibit) and exhibit.is_there(tables)
        for part in exhibit.parts(tables, labels)
    ]
    assert len(made) > 20
