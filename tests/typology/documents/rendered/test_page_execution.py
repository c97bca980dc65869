"""Pages whose code runs in one process, and those that are left to Quarto."""

from __future__ import annotations

from pathlib import Path

import pytest

from typology.documents.page_format import in_a_kernel, page_format, page_made_as
from typology.documents.rendered.page_execution import execute_page
from typology.documents.rendered.page_source import PageSource, page_sources

WRITTEN = "from typology.words.markdown import Written\n\nword = Written('*word*')"


def page(tmp_path: Path, body: str, front: str = "format: html") -> PageSource:
    (tmp_path / "page.qmd").write_text(f"---\n{front}\n---\n\n{body}", encoding="utf-8")
    [read] = page_sources(tmp_path)
    return read


def chunk(code: str) -> str:
    return f"```{{python}}\n{code}\n```\n"


def test_code_gives_way_to_what_it_writes(tmp_path: Path) -> None:
    body = f"{chunk(WRITTEN)}\nA `{{python}} word` here.\n\n{chunk('word')}\n`code` stays.\n"
    said = execute_page(page(tmp_path, body), "html")
    assert said is not None
    assert said.startswith("---\nformat: html\n---\n")
    assert "A *word* here.\n" in said
    assert "\n*word*\n\n" in said
    assert "`code` stays." in said
    assert "python" not in said


def test_no_text_in_a_line_is_an_empty_comment(tmp_path: Path) -> None:
    body = f"{chunk(WRITTEN)}\nA`{{python}} Written('')`.\n"
    assert "A<!-- -->." in (execute_page(page(tmp_path, body), "html") or "")


def test_a_page_has_what_it_includes(tmp_path: Path) -> None:
    (tmp_path / "_inner.qmd").write_text("`{python} word`\n", encoding="utf-8")
    body = f"{chunk(WRITTEN)}\n{{{{< include _inner.qmd >}}}}\n\nAfter.\n"
    said = execute_page(page(tmp_path, body), "html")
    assert said is not None
    assert said.endswith("*word*\n\n\nAfter.\n")


def test_a_page_knows_the_format_that_it_is_made_in(tmp_path: Path) -> None:
    code = (
        "from typology.documents.page_format import page_format\n"
        "from typology.words.markdown import Written"
    )
    asks = page(tmp_path, f"{chunk(code)}\n`{{python}} Written(page_format())`\n")
    for made_as in ("html", "docx", "typst"):
        assert (execute_page(asks, made_as) or "").endswith(f"{made_as}\n")
    assert page_format() == ""


def test_a_format_lasts_as_long_as_the_page() -> None:
    with page_made_as("docx"):
        with page_made_as("html"):
            assert page_format() == "html"
        assert page_format() == "docx"
    assert page_format() == ""
    assert not in_a_kernel()


@pytest.mark.parametrize(
    "code",
    [
        "1 / 0",
        "print('said')",
        "3.5",
        "'a text that Quarto would quote'",
        "import pandas as pd\npd.DataFrame({'a': [1]})",
        "#| echo: true\nword",
        "%time word",
        "word;",
    ],
    ids=["fails", "prints", "number", "text", "table", "option", "magic", "hidden"],
)
def test_code_that_a_notebook_shows_in_its_own_way_is_left_to_it(tmp_path: Path, code: str) -> None:
    assert execute_page(page(tmp_path, f"{chunk(WRITTEN)}\n{chunk(code)}"), "html") is None


@pytest.mark.parametrize(
    ("front", "body"),
    [
        ("format: html\njupyter: other", chunk(WRITTEN)),
        ("format: html\nexecute: {eval: false}", chunk(WRITTEN)),
        ("format: html\nparams: {a: 1}", chunk(WRITTEN)),
        ("format: html", chunk(WRITTEN) + "\n```{r}\n1\n```\n"),
        ("format: html", chunk(WRITTEN) + "\n```{python, echo=TRUE}\n1\n```\n"),
        ("format: html", "- A list\n\n  ```{python}\n  1\n  ```\n" + chunk(WRITTEN)),
    ],
    ids=["kernel", "execute", "params", "R", "options", "indented"],
)
def test_pages_that_quarto_runs_in_its_own_way_are_left_to_it(
    tmp_path: Path, front: str, body: str
) -> None:
    assert execute_page(page(tmp_path, body, front), "html") is None


def test_pages_without_chunks_start_no_kernel(tmp_path: Path) -> None:
    assert not page(tmp_path, "Only prose, and ```` ```{python} ```` quoted.\n").runs
