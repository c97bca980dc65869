"""The site rendered by Quarto itself, in a copy of the project."""

from __future__ import annotations

import importlib.metadata
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pages import pages

QUARTO = shutil.which("quarto")
pytestmark = pytest.mark.skipif(
    QUARTO is None, reason="Quarto is not on PATH: the documents were not rendered."
)
ARTICLES = {"article-fr": "Résultats", "article-en": "Results"}
FIGURES, TABLES = 2, 4  # of an article: so many, at least so many
SOURCES = Path(__file__).parents[2] / "quarto"
NAMES = [
    *(page.path.stem for page in pages(SOURCES)),
    *(f"guides/{page.path.stem}" for page in pages(SOURCES / "guides")),
]
# Takes a page apart: what is left has comments where parts of at most so many elements were, which
# together hold every text. Tells how many.
TAKE_APART = """
const most = 2000, is_text = (node) => node.nodeType === 3 && node.data.trim();
const has_text = (node) => [...node.childNodes].some(is_text);
window.parts = [];
const part = (node) => {
  const long = node.getElementsByTagName("*").length > most;
  if (long && !has_text(node)) [...node.children].forEach(part);
  else window.parts.push([node, document.createComment("")]);
};
[...document.body.children].forEach(part);
window.parts.forEach(([node, place]) => node.replaceWith(place));
return window.parts.length;
"""
PUT_IN = "const [node, place] = window.parts[arguments[0]]; place.replaceWith(node);"
TAKE_OUT = "const [node, place] = window.parts[arguments[0]]; node.replaceWith(place);"


def render(copy: Path) -> str:
    """Render the documents of a copy of the checkout; return what Quarto told."""
    packages = os.pathsep.join(str(copy / folder) for folder in ("analysis", "R-free"))
    done = subprocess.run(
        [str(QUARTO), "render", "quarto", "-M", "keep-typ:true"],
        cwd=copy,
        env={**os.environ, "QUARTO_PYTHON": sys.executable, "PYTHONPATH": packages},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    told = done.stdout + done.stderr
    assert done.returncode == 0, told[-4000:]
    return told


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """A copy of the checkout; its results are made unless they are current."""
    copy = tmp_path_factory.mktemp("rendered")
    for folder in ("analysis", "R-free", "data", "quarto"):
        ignored = shutil.ignore_patterns(
            "_site",
            "_freeze",
            ".quarto",
            "drawings",
            "*_files",
            "__pycache__",
            "private",
            "reference",
        )
        shutil.copytree(project / folder, copy / folder, ignore=ignored)
    if (project / "results").is_dir():
        shutil.copytree(project / "results", copy / "results")
    return copy


@pytest.fixture(scope="session")
def told(copy: Path) -> str:
    """What Quarto told of the first render."""
    return render(copy)


@pytest.fixture(scope="session")
def site(copy: Path, told: str) -> Path:
    """The site, rendered."""
    assert "Unable to resolve" not in told
    assert "Could not convert TeX math" not in told
    assert "Citeproc: citation" not in told  # not found in the bibliography
    return copy / "quarto" / "_site"


def test_a_render_starts_no_kernel_and_leaves_nothing_frozen(told: str, copy: Path) -> None:
    assert told.count("Starting") == told.count("Executing '") == 0
    assert not [path for path in (copy / "quarto").iterdir() if path.name == "_freeze"]
    assert not list((copy / "quarto").glob("*_files"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell how it was asked.")
def test_a_second_render_with_nothing_changed_makes_no_page(site: Path, copy: Path) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    left = {path for path in (copy / "quarto").iterdir() if not path.name.startswith(".")}
    told = render(copy)
    assert not re.search(r"\[ *\d+/\d+\]", told)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    # Nothing more is left; what Quarto itself left of the first render may be gone.
    assert {path for path in (copy / "quarto").iterdir() if not path.name.startswith(".")} <= left


@pytest.mark.parametrize("name", [page.path.stem for page in pages(SOURCES)])
def test_every_page_is_whole(site: Path, name: str) -> None:
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    body = html[html.index("<main") : html.index("</main>")]
    without_scripts = re.sub(r"<script.*?</script>", "", body, flags=re.DOTALL)
    for fault in ("?var:", "?@", "?fig-", "?tbl-", "Traceback", "{python}", ">None<", "\\xa0"):
        assert fault not in without_scripts, fault


@pytest.mark.parametrize(("name", "heading"), ARTICLES.items())
def test_the_articles_have_their_figures_tables_and_references(
    site: Path, name: str, heading: str
) -> None:
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    assert f">{heading}</h2>" in html
    images = re.findall(r"""<img (?:[^>"]|"[^"]*")*>""", html)
    drawn = [image for image in images if "drawings/" in image]
    assert len([image for image in drawn if "narrow-drawing" not in image]) == FIGURES
    for image in drawn:
        source = re.search(r'src="([^"]+)"', image)
        assert source
        assert (site / source[1]).is_file()
        alternative = re.search(r'alt="([^"]+)"', image)
        assert alternative
        assert len(alternative[1]) > 40
    assert html.count('class="gt_table') >= TABLES
    assert 'id="ref-benzecri1979"' in html


def test_the_banner_is_on_pages_of_results(site: Path) -> None:
    for name, words in {
        "article-fr": "Échantillon simulé",
        "article-en": "Simulated sample",
    }.items():
        assert words in (site / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ARTICLES)
def test_word_has_real_tables_captions_and_described_figures(site: Path, name: str) -> None:
    with zipfile.ZipFile(site / f"{name}.docx") as archive:
        document = archive.read("word/document.xml").decode()
        media = [each for each in archive.namelist() if each.startswith("word/media/")]
    tables = re.findall(r"<w:tbl>", document)
    table_captions = document.count('<w:pStyle w:val="TableCaption"')
    assert len(tables) >= table_captions >= TABLES
    assert document.count('<w:pStyle w:val="ImageCaption"') == FIGURES
    # Each stays with the caption below it, on one page.
    assert document.count('<w:pStyle w:val="CaptionedFigure"') == FIGURES
    assert len(media) == FIGURES
    assert not re.search(r"<w:tbl>(?:(?!</w:tbl>).)*<w:tbl>", document, re.DOTALL), "nested"
    assert document.count('<w:jc w:val="right"') > 100
    described = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', document)
    assert len(described) == FIGURES
    assert min(map(len, described)) > 40
    assert 'w:hyperlink w:anchor="tbl-' in document


@pytest.mark.parametrize(
    "name", [*ARTICLES, "supplement", "supplement-en", "checklists", "checklists-en"]
)
def test_word_has_headings_heads_that_repeat_a_title_and_a_language(site: Path, name: str) -> None:
    with zipfile.ZipFile(site / f"{name}.docx") as archive:
        document = archive.read("word/document.xml").decode()
        told = archive.read("docProps/core.xml").decode()
        styles = archive.read("word/styles.xml").decode()
    levels = [int(each) for each in re.findall(r'<w:pStyle w:val="Heading(\d)"', document)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    captions = document.count('<w:pStyle w:val="TableCaption"')
    # All but the box that says of what the numbers are.
    assert len(re.findall(r"<w:tblHeader\b", document)) >= captions > 0
    of_tables = re.search(r'<w:style [^>]*w:styleId="Table".*?</w:style>', styles, re.DOTALL)
    assert of_tables
    assert "<w:cantSplit" in of_tables[0], "a row is cut by the end of a page"
    assert re.search(r"<dc:title>[^<]+</dc:title>", told)
    language = "en-GB" if name.endswith("-en") else "fr"
    assert f"<dc:language>{language}</dc:language>" in told


@pytest.mark.parametrize(
    "name", [*ARTICLES, "supplement", "supplement-en", "checklists", "checklists-en"]
)
def test_word_links_to_no_file_of_the_site(site: Path, name: str) -> None:
    with zipfile.ZipFile(site / f"{name}.docx") as archive:
        links = archive.read("word/_rels/document.xml.rels").decode()
    assert not re.findall(r'Target="[^":]*\.(?:qmd|html)', links)


@pytest.mark.parametrize("name", [*ARTICLES, "supplement", "supplement-en"])
def test_the_pdf_has_a_title_and_hyphens_that_copy(site: Path, name: str) -> None:
    reader = pytest.importorskip("pypdf", reason="The text of the PDF is read with pypdf.")
    pdf = reader.PdfReader(site / f"{name}.pdf")
    # Typst 0.11, of Quarto 1.5, takes no title where a filter can put it.
    assert pdf.metadata.title or pdf.metadata.creator.startswith("Typst 0.11")
    assert "\N{SOFT HYPHEN}" not in "".join(page.extract_text() for page in pdf.pages)


@pytest.mark.parametrize("name", [*ARTICLES, "supplement", "supplement-en"])
def test_the_pdf_begins_with_its_title(site: Path, name: str) -> None:
    """No figure that floats stands above it."""
    reader = pytest.importorskip("pypdf", reason="The text of the PDF is read with pypdf.")
    first = reader.PdfReader(site / f"{name}.pdf").pages[0].extract_text(extraction_mode="layout")
    begins = next(line.strip() for line in first.splitlines() if line.strip())
    assert not re.match(r"Figure|Table", begins)


def parts_of(node: Any) -> Iterator[Any]:
    """The tagged parts of a PDF, in the order of reading."""
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from parts_of(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from parts_of(node["/K"])


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("name", [*ARTICLES, "supplement", "supplement-en"])
def test_a_typst_that_tags_makes_a_pdf_that_all_can_read(
    copy: Path, name: str, tmp_path: Path
) -> None:
    """PDF/UA-1, of what Quarto hands to Typst; that of Quarto 1.5 is too old to tag."""
    typst = pytest.importorskip("typst", reason="The package typst (0.14 or later) is not here.")
    number = importlib.metadata.version("typst")
    if tuple(map(int, number.split(".")[:2])) < (0, 14):
        pytest.skip(f"The package typst is {number}: PDFs are tagged from 0.14 on.")
    reader = pytest.importorskip("pypdf", reason="The tags of the PDF are read with pypdf.")
    kept = subprocess.run([str(QUARTO), "--paths"], capture_output=True, text=True, check=True)
    folders = [Path(line, "formats", "typst", "packages") for line in kept.stdout.splitlines()]
    told = [Path(each) for each in (os.environ.get("TYPST_PACKAGE_PATH"),) if each]
    packages = [str(each) for each in (*told, *folders) if each.is_dir()]
    typst.compile(
        str(copy / "quarto" / f"{name}.typ"),
        output=str(tmp_path / "made.pdf"),
        root=str(copy),
        **({"package_path": packages[0]} if packages else {}),
        pdf_standards=["ua-1"],
    )
    pdf = reader.PdfReader(tmp_path / "made.pdf")
    top = pdf.trailer["/Root"]
    assert pdf.metadata.title
    assert top["/Lang"] == ("en-GB" if name.endswith("-en") else "fr-FR")
    assert top["/MarkInfo"]["/Marked"]
    parts = list(parts_of(top["/StructTreeRoot"]["/K"]))
    counted = Counter(str(part["/S"]) for part in parts)
    assert counted["/H1"] > counted["/H3"] == 0
    assert counted["/H2"]
    assert counted["/Table"] == counted["/THead"] >= TABLES
    assert counted["/TH"] > counted["/Table"]
    assert counted["/L"]
    figures = [part for part in parts if part["/S"] == "/Figure"]
    assert len(figures) >= FIGURES
    assert min(len(part.get("/Alt", "")) for part in figures) > 40


@pytest.mark.parametrize(("name", "heading"), ARTICLES.items())
def test_the_pdf_is_readable_text(site: Path, name: str, heading: str) -> None:
    content = (site / f"{name}.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    reader = pytest.importorskip("pypdf", reason="The text of the PDF is read with pypdf.")
    text = "\n".join(page.extract_text() for page in reader.PdfReader(site / f"{name}.pdf").pages)
    assert heading in text
    assert "?@" not in text
    assert "Benzécri" in text


def test_the_explorer_is_one_file(site: Path) -> None:
    html = (site / "explorer.html").read_text(encoding="utf-8")
    loaded = re.findall(r'<(?:script|link|img)[^>]* (?:src|href)="(?!data:|#)([^"]+)"', html)
    assert not [each for each in loaded if not each.endswith(".html")]


def test_nothing_is_loaded_from_the_network(site: Path) -> None:
    for page in site.glob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert not re.findall(r'<(?:script|link|img)[^>]* (?:src|href)="https?:', html), page.name


def test_the_title_of_a_window_is_text(site: Path) -> None:
    """Quarto leaves the Markdown of a title that it does not find again in the page."""
    for page in (*site.glob("*.html"), *site.glob("guides/*.html")):
        (title,) = re.findall(r"<title>(.*?)</title>", page.read_text(encoding="utf-8"))
        assert not re.search(r"[\[\]{}]", title), page.name


def faults_of(browser: Any) -> list[tuple[str, str, str, int]]:
    """What axe finds serious on the page that is open: every rule, on all of it.

    Contrast, which alone takes minutes on a page of thousands of cells, is looked at part by part.
    """
    axe = pytest.importorskip("selenium_axe_python", reason="selenium-axe-python (extra: test).")
    checked = axe.Axe(browser)
    checked.inject()
    told = {"resultTypes": ["violations"]}
    rules = browser.execute_script("return axe.getRules().map((rule) => rule.ruleId)")
    found = []
    # Some rules at a time: the browser is to answer within two minutes, on the longest page too.
    for first in range(0, len(rules), 10):
        asked = set(rules[first : first + 10]) - {"color-contrast"}
        others = {rule: {"enabled": False} for rule in rules if rule not in asked}
        found += checked.run("document", json.dumps({**told, "rules": others}))["violations"]
    # Axe looks at all that is there, however little it is asked about.
    contrast = json.dumps({**told, "runOnly": ["color-contrast"]})
    for part in range(browser.execute_script(TAKE_APART)):
        browser.execute_script(PUT_IN, part)
        found += checked.run("document", contrast)["violations"]
        browser.execute_script(TAKE_OUT, part)
    return [
        (fault["impact"], fault["id"], fault["nodes"][0]["html"], len(fault["nodes"]))
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_on_a_page_shuts_a_reader_out(
    site: Path, browser: Any, name: str, width: int
) -> None:
    browser.set_window_size(width, 900)
    browser.set_script_timeout(300)
    browser.get((site / f"{name}.html").as_uri())
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert not faults_of(browser)


def test_a_fault_in_any_part_of_a_long_page_is_found(browser: Any, tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{row}</td><td>text</td></tr>" for row in range(1500))
    faint = '<p id="faint" style="color:#bbb;background:#fff">faint</p>'
    for place, body in enumerate(
        (f"{faint}<table>{rows}</table>", f"<div><table>{rows}</table>{faint}</div>")
    ):
        path = tmp_path / f"{place}.html"
        head = '<!doctype html><html lang="en"><head><title>Long</title></head>'
        path.write_text(f"{head}<body><main><h1>Long</h1>{body}</main></body></html>")
        browser.get(path.as_uri())
        browser.set_script_timeout(300)
        assert [fault[1] for fault in faults_of(browser)] == ["color-contrast"]
        assert browser.execute_script("return window.parts.length") > 2
