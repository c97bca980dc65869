"""What is frozen of pages is of one render, and no longer."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from typology.documents.rendered.frozen_pages import clear_frozen, write_frozen
from typology.documents.rendered.page_source import page_sources


def test_quarto_finds_what_a_page_says_under_the_checksum_of_its_source(tmp_path: Path) -> None:
    (tmp_path / "page.qmd").write_text("```{python}\n```\n", encoding="utf-8")
    [page] = page_sources(tmp_path)
    write_frozen(tmp_path, {(page, "html"): "é", (page, "typst"): "f", (page, "docx"): None})
    folder = tmp_path / "_freeze" / "page" / "execute-results"
    assert sorted(path.name for path in folder.iterdir()) == ["html.json", "typ.json"]
    frozen = json.loads((folder / "html.json").read_text(encoding="utf-8"))
    assert frozen["hash"] == hashlib.md5((tmp_path / "page.qmd").read_bytes()).hexdigest()
    assert frozen["result"]["markdown"] == "é"
    assert frozen["result"]["engine"] == "jupyter"


def test_nothing_frozen_outlives_a_render(tmp_path: Path) -> None:
    """Nor what Quarto froze of a page that was left to it, whose results may change."""
    (tmp_path / "page.qmd").write_text("```{python}\n```\n", encoding="utf-8")
    (tmp_path / "other.qmd").write_text("```{python}\n1\n```\n", encoding="utf-8")
    write_frozen(tmp_path, {(page, "html"): "a" for page in page_sources(tmp_path)})
    library = tmp_path / "_freeze" / "site_libs" / "clipboard"
    library.mkdir(parents=True)
    (library / "clipboard.js").write_text("", encoding="utf-8")
    clear_frozen(tmp_path)
    assert not (tmp_path / "_freeze").exists()


def test_what_an_author_froze_stays(tmp_path: Path) -> None:
    kept = {
        "mine": "---\nexecute:\n  freeze: true\n---\n",  # asked for by its page
        "gone": None,  # of a page that is not here
    }
    for name, text in kept.items():
        if text is not None:
            (tmp_path / f"{name}.qmd").write_text(text, encoding="utf-8")
        folder = tmp_path / "_freeze" / name / "execute-results"
        folder.mkdir(parents=True)
        (folder / "html.json").write_text("{}", encoding="utf-8")
    clear_frozen(tmp_path)
    left = {path.parts[-3] for path in (tmp_path / "_freeze").rglob("*.json")}
    assert left == set(kept)
