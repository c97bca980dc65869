"""Every page of the site, checked without Quarto."""

from __future__ import annotations

import ast
import gc
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from copied_study import copy_study
from pages import Page, executed, pages
from short_runs import run_shortly
from typology.documents import document, open_document
from typology.documents.article.length import article_length
from typology.documents.rendered.page_execution import execute_pages
from typology.documents.site import LANG, STUDY_VARIABLES
from typology.documents.site import SITE_PAGES as PAGES_FILE
from typology.problems import InputError
from typology.results.freshness import outdated
from typology.results.run_results import Results, read_results
from typology.study import load_study
from typology.study.paper import journal_of

pytest.importorskip("great_tables", reason='pages need great_tables: pip install ".[paper]"')

QUARTO = Path(__file__).parents[2] / "quarto"
PAGES = pages(QUARTO)
LONGEST_CHUNK = 6  # lines: one figure or one table
# Digits that are no result: years, the level of an interval, names of axes, thresholds defined.
# Nor are versions of a program, and the marks that a mean Jaccard index is held to.
NO_RESULT = re.compile(
    r"\b(?:19|20)\d\d\b|\b95\s?%|\b1/Q\b|\bax[ei]s? [12]\b|\b0[.,]95\b|\b2\.(?:7|12|14|15)\b"
    r"|\b0[.,](?:60|75)\b"
)
# Numbers in words, and words that judge a result: what follows the methods must compute them.
IN_WORDS = re.compile(
    r"\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|two|three|four|five|six|seven|eight|nine|ten"
    r"|la plupart|majorité|most of|majority|bonne part|much of)\b",
    re.IGNORECASE,
)
RESULTS = re.compile(
    r"^## (?:Résultats|Results)$(.*?)^## (?:Déclarations|Declarations)", re.DOTALL | re.MULTILINE
)
TRANSLATED = {"article-fr": "article-en"} | {
    name: f"{name}-en"
    for name in ("supplement", "checklists", "validity", "methods", "costs", "all-messages")
}
EXPECTED = {
    "index", "article-fr", "article-en", "supplement", "questionnaire", "explorer",
    "reproduction", "reproduction-en", "methods", "methods-en", "short-form",
    "supplement-en", "validity", "validity-en", "instruments", "instruments-en",
    "checklists", "checklists-en", "costs", "costs-en", "all-messages", "all-messages-en",
}  # fmt: skip

SITE = yaml.safe_load((QUARTO / PAGES_FILE).read_text(encoding="utf-8"))
SHARED = {"index.qmd", *SITE["titles"]}
ARTICLES = {"article-fr.qmd", "article-en.qmd"}

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path.stem)


def _names(formats: Any) -> list[str]:
    return [formats] if isinstance(formats, str) else list(formats)


def language_of(page: Page) -> str:
    """Return the language of a page that is in one: its name ends with it, or it is French."""
    return "en" if page.path.stem.endswith("-en") else "fr"


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """A copy of the study and of the documents, with results of its own."""
    copy = tmp_path_factory.mktemp("checkout")
    path = copy_study(project, copy)
    ignored = shutil.ignore_patterns("_site", "_freeze", ".quarto", "drawings", "*_files")
    shutil.copytree(project / "quarto", copy / "quarto", ignore=ignored)
    if (project / "results").is_dir():
        shutil.copytree(project / "results", copy / "results")
    if outdated(load_study(path)):  # as much is shown of few replicates
        text = path.read_text(encoding="utf-8")
        for key, number in (("resamples", 19), ("null_replicates", 19), ("imputations", 3)):
            text = re.sub(rf"(?m)^  {key}: \d+$", f"  {key}: {number}", text)
        path.write_text(text, encoding="utf-8")
        run_shortly(load_study(path))
    return copy


@pytest.fixture
def documents(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the documents of that copy, as working folder."""
    monkeypatch.chdir(checkout / "quarto")
    return checkout / "quarto"


def test_every_page_of_the_site_is_there() -> None:
    assert {page.path.stem for page in PAGES} >= EXPECTED


@every_page
def test_front_matter_says_title_and_language_or_leaves_them_to_the_study(page: Page) -> None:
    assert "html" in page.front_matter["format"]
    if page.path.name in SHARED | ARTICLES:
        assert page.front_matter["metadata-files"] == [f"{STUDY_VARIABLES}/{page.path.stem}.yml"]
        assert "title" not in page.front_matter
    if page.path.name in SHARED:
        assert "lang" not in page.front_matter
    else:
        assert page.path.name in ARTICLES or page.front_matter["title"]
        assert page.front_matter["lang"] == LANG[language_of(page)]


@pytest.mark.parametrize("name", ["article-fr", "article-en", "supplement", "supplement-en"])
def test_articles_and_supplements_come_in_formats_to_submit_and_to_print(name: str) -> None:
    page = next(page for page in PAGES if page.path.stem == name)
    assert set(page.front_matter["format"]) == {"html", "docx", "typst"}
    # The reference style of an article is that of the journal, which the study names.
    assert ("csl" in page.front_matter) is name.startswith("supplement")


@every_page
def test_every_reference_resolves(page: Page) -> None:
    bibliography = (QUARTO / "references.bib").read_text(encoding="utf-8")
    keys = set(re.findall(r"^@\w+\{([^,]+),", bibliography, re.MULTILINE))
    assert page.references <= keys | set(page.labels)
    assert len(page.labels) == len(set(page.labels))


@every_page
def test_every_link_to_a_page_resolves(page: Page) -> None:
    targets = re.findall(r"\]\(([\w./-]+\.qmd)\)", page.text)
    assert not [target for target in targets if not (QUARTO / target).is_file()]


@every_page
def test_chunks_show_and_do_not_compute(page: Page) -> None:
    for chunk in page.chunks:
        assert len(chunk.splitlines()) <= LONGEST_CHUNK, chunk
        for node in ast.walk(ast.parse(chunk)):
            assert not isinstance(node, ast.Import | ast.For | ast.BinOp | ast.Lambda), chunk
            if isinstance(node, ast.ImportFrom):
                assert ast.unparse(node) == "from typology.documents import open_document"
    for expression in page.inline:
        assert not [
            node
            for node in ast.walk(ast.parse(expression))
            if isinstance(node, ast.BinOp | ast.Subscript)
        ], expression


@every_page
def test_no_number_is_typed_by_hand(page: Page) -> None:
    typed = re.findall(r".{0,30}[0-9].{0,30}", NO_RESULT.sub(" ", page.prose))
    assert not typed


@every_page
def test_nothing_generated_is_included_or_frozen(page: Page) -> None:
    assert "{{<" not in page.text
    assert "freeze" not in page.text


def test_what_freezes_pages_runs_before_a_render_and_what_clears_them_after_it() -> None:
    """Quarto alone would show frozen pages for as long as their source is the same."""
    told = yaml.safe_load((QUARTO / "_quarto.yml").read_text(encoding="utf-8"))
    assert told["execute"]["freeze"] == "auto"
    assert told["project"]["pre-render"] == "prerender.py"
    assert told["project"]["post-render"] == "postrender.py"


def test_no_page_of_the_site_needs_a_kernel(
    documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are run once, in one process, in each of their formats; results are read once for all."""
    read: list[Path] = []

    def counted(folder: Path) -> Results:
        read.append(folder)
        return read_results(folder)

    monkeypatch.setattr(document, "read_results", counted)
    executed = execute_pages(documents)
    assert len(read) == 1
    declared = {
        (page.path.stem, each)
        for page in PAGES
        if page.chunks
        for each in _names(page.front_matter["format"])
    }
    assert {(page.path.stem, made_as) for page, made_as in executed} == declared
    assert not [(page.path.stem, made_as) for (page, made_as), said in executed.items() if not said]


def test_the_bar_leads_to_every_page_and_to_no_other() -> None:
    linked = [each for entry in SITE["bar"] for each in entry.get("menu", [entry])]
    entries = [entry for entry in linked if not entry["page"].startswith("guides/")]
    assert sorted(entry["page"] for entry in entries) == [page.path.name for page in PAGES]
    for entry in entries:
        [page] = [page for page in PAGES if page.path.name == entry["page"]]
        own = {"fr", "en"} if page.path.name in SHARED else {language_of(page)}
        assert {"fr", "en"} & set(entry) == own


@pytest.mark.parametrize("name", ["article-fr", "article-en"])
def test_results_and_discussion_say_nothing_of_the_sample_by_hand(name: str) -> None:
    page = next(page for page in PAGES if page.path.stem == name)
    results = RESULTS.search(page.prose)
    assert results
    assert not re.findall(IN_WORDS, results[1])
    for sentence in ("shared_themes", "first_axis", "confirmation", "use"):
        assert f'doc.say("{sentence}_sentence")' in page.inline


@pytest.mark.parametrize(("first", "second"), TRANSLATED.items())
def test_both_languages_show_the_same_things(first: str, second: str) -> None:
    french, english = (
        next(page for page in PAGES if page.path.stem == name) for name in (first, second)
    )
    assert french.front_matter["lang"] == "fr"
    assert english.front_matter["lang"] == "en-GB"
    assert french.shown == english.shown
    assert french.labels == english.labels
    assert french.references == english.references
    assert sorted(french.inline) == sorted(english.inline)


@every_page
def test_every_chunk_executes_on_the_results(page: Page, documents: Path) -> None:
    assert documents == Path.cwd()
    shown = [value for value in executed(page) if value is not None]
    assert all(hasattr(value, "_repr_markdown_") for value in shown)
    for value in shown:
        assert "nan" not in re.findall(r"\b\w+\b", str(value).split("<script")[0])


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_article_of_the_study_keeps_to_the_limits_of_its_journal(language: str) -> None:
    document = open_document(language)
    length = article_length(document)
    assert length is not None
    assert length.over(journal_of(document.study.choices.paper)) == ()
    assert (length.abstract, length.text, length.exhibits) > (150, 1500, 4)


@pytest.mark.usefixtures("documents")
def test_the_same_results_are_read_in_another_language() -> None:
    french = open_document("fr")
    english = french.in_language("en")
    assert (french.language, english.language) == ("fr", "en")
    assert english.tables is french.tables
    assert str(english.banner()) == str(open_document("en").banner()) != str(french.banner())
    assert gc.isenabled()  # only a page's own process stops collecting


def test_figures_have_a_caption_a_number_and_an_alternative_text(documents: Path) -> None:
    french, english = (
        str(open_document(language).figure("tree", label="fig-tree", caption="A tree."))
        for language in ("fr", "en")
    )
    for shown in (french, english):
        assert re.match(r"!\[A tree\.\]\(drawings/\w+/(fr|en)/tree\.png\)\{#fig-tree ", shown)
        source = re.search(r"\((drawings[^)]+)\)", shown)
        assert source
        assert (documents / source[1]).is_file()
    alternatives = [re.search(r'fig-alt="([^"]{40,})"', shown) for shown in (french, english)]
    assert all(alternatives)
    assert alternatives[0][1] != alternatives[1][1]  # type: ignore[index]


@pytest.mark.usefixtures("documents")
def test_an_unknown_figure_is_answered_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"The figures are: .*likert_expectations"):
        open_document("fr").figure("pie", label="fig-pie", caption="")


def test_the_banner_disappears_with_real_answers(checkout: Path) -> None:
    assert "simulé" in open_document("fr", folder=checkout / "quarto").banner()
    document = open_document("en", folder=checkout / "quarto")
    assert "simulated" in document.banner()
    settings = {**document.manifest["settings"], "simulated": False}
    real = replace(document, manifest={**document.manifest, "settings": settings})
    assert real.banner() == ""


def test_a_document_refuses_results_changed_by_hand(checkout: Path, tmp_path: Path) -> None:
    copy = copied(checkout, tmp_path)
    table = copy / "results" / "tables" / "axes.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("1,", "2,", 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"axes\.csv.*Run `typology run` again"):
        open_document("fr", folder=copy / "quarto")


def test_a_document_refuses_results_of_other_answers(checkout: Path, tmp_path: Path) -> None:
    copy = copied(checkout, tmp_path)
    answers = copy / "data" / "simulated_responses.csv"
    lines = answers.read_text(encoding="utf-8").splitlines()
    answers.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="results of other inputs"):
        open_document("fr", folder=copy / "quarto")


def copied(checkout: Path, folder: Path) -> Path:
    shutil.copytree(checkout, folder / "copy")
    return folder / "copy"
