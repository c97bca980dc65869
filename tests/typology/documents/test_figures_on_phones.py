"""Figures that a page shows in two drawings: one for a page, one for a phone."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from typology.documents import document
from typology.documents.document import Document
from typology.exhibits.canvas.style import NARROW_MAP_SIZE, NARROW_WIDTH

ALT = 'A map of "categories" & types.'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{}pt" height="200pt"><rect/></svg>'


@pytest.fixture
def shown_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    figures = tmp_path / "results" / "figures" / "fr"
    figures.mkdir(parents=True)
    (tmp_path / "results" / "manifest.json").write_text("{}", encoding="utf-8")
    for name, width in (("map", 540), ("map_narrow", 72 * NARROW_WIDTH), ("tree", 540)):
        (figures / f"{name}.svg").write_text(SVG.format(width), encoding="utf-8")
        (figures / f"{name}.png").write_bytes(b"")
        (figures / f"{name}.txt").write_text(f"{ALT}\n", encoding="utf-8")
    nothing: Any = None
    study: Any = SimpleNamespace(results_path=tmp_path / "results")
    page = Document("fr", study, nothing, {}, {}, tmp_path)

    def shown(name: str, page_format: str) -> str:
        monkeypatch.setattr(document, "page_format", lambda: page_format)
        return str(page.figure(name, label="fig-map", caption="A map."))

    def written(html: str) -> str:
        (tmp_path / "page.html").write_text(html, encoding="utf-8")
        return (tmp_path / "page.html").as_uri()

    shown.written = written  # type: ignore[attr-defined]
    return shown


def test_a_web_page_has_both_drawings_under_one_number_and_caption(
    shown_in: Any, tmp_path: Path
) -> None:
    shown = shown_in("map", "html")
    assert shown.startswith("::: {#fig-map}\n")
    assert "\n\nA map.\n\n:::" in shown
    sources = re.findall(r'src="([^"]+)"', shown)
    assert [Path(source).stem for source in sources] == ["map", "map_narrow"]
    assert all((tmp_path / source).is_file() for source in sources)
    assert shown.count('alt="A map of &quot;categories&quot; &amp; types."') == 2


@pytest.mark.parametrize(
    ("name", "page_format"), [("map", "docx"), ("map", "typst"), ("tree", "html")]
)
def test_word_pdf_and_other_figures_have_one_drawing(
    shown_in: Any, name: str, page_format: str
) -> None:
    shown = shown_in(name, page_format)
    assert shown.startswith("![A map.](")
    assert "narrow" not in shown


@pytest.mark.parametrize(("width", "kind"), [(390, "narrow"), (1200, "wide")])
def test_a_screen_shows_the_drawing_it_has_room_for(
    shown_in: Any, browser: Any, project: Path, width: int, kind: str
) -> None:
    images = "".join(re.findall(r"<img[^>]+>", shown_in("map", "html")))
    style = (project / "quarto" / "journal.scss").read_text(encoding="utf-8")
    style = style[style.index("/* Of a figure drawn twice") :].partition("/* A bar on one line")[0]
    page = (
        f'<html lang="fr"><style>.img-fluid {{ max-width: 100% }} {style}</style><body>'
        f'<figure class="quarto-float-fig" style="margin: 12px"><div>{images}</div></figure>'
    )
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(shown_in.written(page))
    seen = browser.execute_script(
        "return [...document.images].filter((image) => image.clientWidth)"
        ".map((image) => [image.className, image.clientWidth])"
    )
    assert len(seen) == 1
    assert seen[0][0].startswith(kind)
    if kind == "narrow":
        shown = seen[0][1] / 96 / NARROW_WIDTH
        assert shown * NARROW_MAP_SIZE >= 8
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
