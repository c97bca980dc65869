"""The site of the last render is put back when nothing changed, and never otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from typology.documents.rendered import kept_site
from typology.documents.rendered.kept_site import (
    NOTHING_TO_RENDER,
    RENDERED,
    checksum_untouched,
    finish_render,
    forget_render,
    remember_render,
    site_checksum,
    site_is_kept,
    sources_checksum,
    untouched_checksum,
)
from typology.documents.rendered.page_execution import Executed
from typology.documents.rendered.page_source import page_sources

ASKED, STATE = "render quarto", "as the project lay there"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "quarto"
    (folder / "_study").mkdir(parents=True)
    (folder / "guides").mkdir()
    (folder / "page.qmd").write_text("```{python}\n```\n", encoding="utf-8")
    (folder / "guides" / "guide.qmd").write_text("Prose.\n", encoding="utf-8")
    for name in ("style.scss", "journal.typ"):
        (folder / name).write_text("", encoding="utf-8")
    (folder / "_study" / "site.yml").write_text(
        "bibliography: ../analysis/paper.bib\n", encoding="utf-8"
    )
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis" / "paper.bib").write_text("@a", encoding="utf-8")
    return folder


def executed(documents: Path, said: str | None = "said") -> Executed:
    [page] = page_sources(documents)
    return {(page, "html"): said}


def render(documents: Path, said: str | None = "said", asked: str | None = ASKED) -> bool:
    """Render as Quarto does, whose output folder is empty before; return whether it had to."""
    sources = sources_checksum(documents)
    checksum = site_checksum(executed(documents, said), asked, sources=sources)
    put_back = site_is_kept(documents, checksum)
    untouched = untouched_checksum(STATE, asked, sources=sources)
    remember_render(documents, checksum, sources=sources, untouched=untouched, put_back=put_back)
    output = documents / "_site"
    for path in output.glob("*.html"):
        path.unlink()
    output.mkdir(exist_ok=True)
    if not put_back:
        (output / "page.html").write_text(f"<p>{said}", encoding="utf-8")
    assert (documents / NOTHING_TO_RENDER).exists() is put_back
    assert finish_render(documents, output) is put_back
    assert not (documents / NOTHING_TO_RENDER).exists()
    assert (output / "page.html").read_text(encoding="utf-8") == f"<p>{said}"
    return not put_back


def test_a_second_render_with_nothing_changed_makes_no_page(documents: Path) -> None:
    assert render(documents)
    assert not render(documents)
    assert not render(documents)


@pytest.mark.parametrize(
    "changed",
    [
        "page.qmd",
        "guides/guide.qmd",
        "style.scss",
        "journal.typ",
        "_study/site.yml",
        "new.lua",
        "../analysis/paper.bib",
    ],
)
def test_any_source_that_changed_makes_the_site_again(documents: Path, changed: str) -> None:
    render(documents)
    with (documents / changed).open("a", encoding="utf-8") as file:
        file.write("\n# ../analysis/paper.bib")
    assert render(documents)
    assert not render(documents)


def test_what_the_render_itself_keeps_of_a_page_is_no_source(documents: Path) -> None:
    render(documents)
    (documents / "site_libs").mkdir()
    # Of keep-typ and keep-tex; then Quarto leaves its libraries too.
    for name in ("page.typ", "page.tex", "guides/guide.typ", "site_libs/quarto.css"):
        (documents / name).write_text("made", encoding="utf-8")
    assert not render(documents)


def test_other_results_make_the_site_again(documents: Path) -> None:
    render(documents)
    assert render(documents, "other results")
    assert not render(documents, "other results")
    assert render(documents)


def test_another_command_makes_the_site_again(documents: Path) -> None:
    render(documents)
    assert render(documents, asked="render quarto --to html")


@pytest.mark.parametrize(("said", "asked"), [(None, ASKED), ("said", None)])
def test_what_is_not_known_is_neither_kept_nor_put_back(
    documents: Path, said: str | None, asked: str | None
) -> None:
    """A page that Quarto runs itself; a command that the system does not tell."""
    assert render(documents, said, asked)
    assert render(documents, said, asked)
    assert not (documents / RENDERED / "site").exists()


def test_a_kept_page_that_was_changed_is_made_again(documents: Path) -> None:
    render(documents)
    (documents / RENDERED / "site" / "page.html").write_text("<p>forged", encoding="utf-8")
    assert render(documents)


def test_a_kept_page_that_is_lost_is_made_again(documents: Path) -> None:
    render(documents)
    (documents / RENDERED / "site" / "page.html").unlink()
    assert render(documents)


def test_pages_changed_where_they_are_read_come_back_as_they_were(documents: Path) -> None:
    render(documents)
    (documents / "_site" / "page.html").write_text("<p>changed by hand", encoding="utf-8")
    assert not render(documents)


def remembered(documents: Path, *, put_back: bool) -> str | None:
    """Begin a render, and return the checksum that it is remembered by."""
    sources = sources_checksum(documents)
    checksum = site_checksum(executed(documents), ASKED, sources=sources)
    remember_render(documents, checksum, sources=sources, untouched=None, put_back=put_back)
    return checksum


def test_a_source_that_changes_during_a_render_is_not_kept_under_the_former(
    documents: Path,
) -> None:
    checksum = remembered(documents, put_back=False)
    (documents / "_site").mkdir()
    (documents / "style.scss").write_text("p {}", encoding="utf-8")
    assert not finish_render(documents, documents / "_site")
    (documents / "style.scss").write_text("", encoding="utf-8")
    assert not site_is_kept(documents, checksum)


def test_a_render_of_one_page_leaves_the_kept_site(documents: Path) -> None:
    render(documents)
    forget_render(documents)
    assert not finish_render(documents, documents / "_site")
    assert not render(documents)


def test_a_render_that_was_stopped_is_forgotten(documents: Path) -> None:
    render(documents)
    remembered(documents, put_back=True)
    forget_render(documents)
    assert not (documents / NOTHING_TO_RENDER).exists()
    assert not finish_render(documents, documents / "_site")


def test_a_kept_site_that_goes_before_it_is_put_back_stops_the_render(documents: Path) -> None:
    render(documents)
    remembered(documents, put_back=True)
    (documents / RENDERED / "site" / "page.html").unlink()
    with pytest.raises(FileNotFoundError, match="render again"):
        finish_render(documents, documents / "_site")


def known(documents: Path, state: str | None = STATE, asked: str | None = ASKED) -> str | None:
    """Return the checksum of the kept site where it is known without running any page."""
    sources = sources_checksum(documents)
    return checksum_untouched(documents, untouched_checksum(state, asked, sources=sources))


def test_of_an_untouched_project_the_kept_site_is_known_without_running_a_page(
    documents: Path,
) -> None:
    assert known(documents) is None
    render(documents)
    assert site_is_kept(documents, known(documents))
    assert known(documents, "touched") is None
    assert known(documents, asked="render quarto --to html") is None
    (documents / "style.scss").write_text("p {}", encoding="utf-8")
    assert known(documents) is None


def test_a_state_that_is_not_known_is_that_of_no_site(documents: Path) -> None:
    render(documents)
    assert known(documents, None) is None
    assert known(documents, asked=None) is None


def test_a_site_put_back_after_its_pages_were_run_is_known_by_the_state_of_then(
    documents: Path,
) -> None:
    render(documents)
    sources = sources_checksum(documents)
    untouched = untouched_checksum("touched, and the same", ASKED, sources=sources)
    checksum = site_checksum(executed(documents), ASKED, sources=sources)
    remember_render(documents, checksum, sources=sources, untouched=untouched, put_back=True)
    assert finish_render(documents, documents / "_site")
    assert known(documents, "touched, and the same") == checksum
    assert known(documents) is None


def test_outside_quarto_nobody_asked_for_a_render() -> None:
    assert kept_site.render_asked() is None
