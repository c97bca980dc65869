"""What the documents of another study show: nothing of the shipped one, one language alone.

Where Quarto is on PATH, it renders them whole, and what is read is what a reader gets: the pages of
the site, Word and PDF. Elsewhere the code of the pages of one of them is run, and what it shows is
read.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from pages import CHUNK, INLINE, Page, executed, pages
from short_runs import run_shortly
from studies_of_others import LANGUAGES, of_another_language, of_the_shipped_study, written
from typology.documents.site import write_site
from typology.questionnaire.file import load_questionnaire
from typology.study import load_study

pytest.importorskip("great_tables", reason='pages need great_tables: pip install ".[paper]"')

QUARTO = shutil.which("quarto")
PROJECT = Path(__file__).parents[2]
WORD = ("word/document", "word/footnotes", "word/header", "word/footer", "docProps/core")
# Titles of what is cited stay in their language.
CITED = re.compile(r'<div id="refs".*?(?=</section>|</main>)', re.DOTALL)
LIST_OF_REFERENCES = re.compile(r"\n(?:References|Références)\n.*", re.DOTALL)


@pytest.fixture(scope="module", params=LANGUAGES if QUARTO else ["fr"])
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """What the documents of a study show, by the name of the document."""
    study = written(request.param, tmp_path_factory.mktemp("others") / "study")
    language = LANGUAGES[request.param]
    return Shown(language, rendered(study) if QUARTO else run_alone(study, language))


class Shown:
    """The texts of the documents of a study, and its one language."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self.texts = texts


def test_nothing_of_the_shipped_study_is_shown(shown: Shown) -> None:
    found = {name: of_the_shipped_study(text) for name, text in shown.texts.items()}
    assert {name: each for name, each in found.items() if each} == {}


def test_one_language_is_spoken(shown: Shown) -> None:
    found = {name: of_another_language(text, shown.language) for name, text in shown.texts.items()}
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.skipif(QUARTO is None, reason="Quarto is not on PATH: no Word, no PDF was made.")
def test_page_word_and_pdf_were_read(shown: Shown) -> None:
    ends = {Path(name).suffix for name in shown.texts}
    assert ends >= {".html", ".docx", ".pdf", ".json"}
    assert min(len(text) for name, text in shown.texts.items() if "article" in name) > 5000


def rendered(study: Path) -> dict[str, str]:
    """Render the documents of a study; return what each shows."""
    packages = os.pathsep.join(str(PROJECT / package) for package in ("analysis", "R-free"))
    done = subprocess.run(
        [str(QUARTO), "render", "documents"],
        cwd=study.parent, capture_output=True, text=True, timeout=1800, check=False,
        env={**os.environ, "QUARTO_PYTHON": sys.executable, "PYTHONPATH": packages},
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    read = {".html": read_page, ".docx": read_word, ".pdf": read_pdf, ".json": read_search}
    site = study.parent / "documents" / "_site"
    return {
        path.relative_to(site).as_posix(): read[path.suffix](path)
        for path in sorted(site.rglob("*"))
        if path.suffix in read and "site_libs" not in path.parts
        if path.suffix != ".json" or path.name == "search.json"
    }


def read_page(path: Path) -> str:
    """Return all that a page says: its title, its bar, what describes its figures, its text."""
    whole = CITED.sub("", path.read_text(encoding="utf-8"))
    whole = re.sub(r"<(script|style)\b.*?</\1>", " ", whole, flags=re.DOTALL)
    told = re.findall(r'\b(?:alt|title|aria-label|content|placeholder|label)="([^"]*)"', whole)
    text = re.sub(r"</?(?:a|b|i|em|strong|span|sup|sub|code)\b[^>]*>", "", whole)
    lines = (" ".join(line.split()) for line in re.split(r"<[^>]+>", text))
    return html.unescape("\n".join([*filter(None, lines), *told]))


def read_word(path: Path) -> str:
    """Return what a Word document says, with its title and what describes its figures."""
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist()
                 if name.startswith(WORD)]  # fmt: skip
    told = [each for part in parts for each in re.findall(r'\bdescr="([^"]*)"', part)]
    lines = [re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", part)) for part in parts]
    return LIST_OF_REFERENCES.sub("", html.unescape("\n".join([*told, *lines])))


def read_pdf(path: Path) -> str:
    """Return what a PDF says, with its title."""
    pypdf = pytest.importorskip("pypdf", reason="The text of the PDF is read with pypdf.")
    pdf = pypdf.PdfReader(path)
    text = "\n".join(page.extract_text() for page in pdf.pages)
    return LIST_OF_REFERENCES.sub("", f"{dict(pdf.metadata or {})}\n{text}")


def read_search(path: Path) -> str:
    """Return what the search of the site finds."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    kept = [each for each in entries if "references" not in each["objectID"].lower()]
    return "\n".join(f"{each['title']}\n{each.get('section', '')}\n{each['text']}" for each in kept)


def in_one_language(text: str, language: str) -> str:
    """Return the text of a page without what its filter leaves out of a study of one language."""
    other = {"fr": "en", "en": "fr"}[language]
    parts = rf"^::: \{{\.(?:also-)?{other}\}}$.*?^:::$"
    words = rf"\[(?:[^\[\]]|\[[^\]]*\])*\]\{{\.also-{other}\}}"
    return re.sub(f"{parts}|{words}", "", text, flags=re.DOTALL | re.MULTILINE)


def run_alone(study: Path, language: str) -> dict[str, str]:
    """Run a study and the code of its pages; return what each says and shows."""
    run_shortly(load_study(study))
    documents = study.parent / "documents"
    write_site(
        documents, load_study(study), load_questionnaire(study.with_name("questionnaire.yml"))
    )
    texts = {"bar": (documents / "_study" / "site.yml").read_text(encoding="utf-8")}
    for whole in pages(documents):
        page = Page(whole.path, in_one_language(whole.text, language))
        with pytest.MonkeyPatch.context() as there:
            there.chdir(documents)
            values = [str(value) for value in executed(page) if value is not None]
        prose = INLINE.sub(" ", CHUNK.sub(" ", page.text))
        shown = re.sub(r"<(script|style)\b.*?</\1>", " ", "\n".join([prose, *values]),
                       flags=re.DOTALL)  # fmt: skip
        texts[page.path.name] = html.unescape(re.sub(r"<[^>]+>", "\n", shown))
    return texts
