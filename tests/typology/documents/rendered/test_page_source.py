"""What the code of a page takes what it shows from."""

from __future__ import annotations

from pathlib import Path

import pytest

from typology.documents.rendered.page_source import page_sources, pages_show_the_project_alone

OURS = "from typology.documents import open_document\ndoc = open_document()\ndoc.show('tree')\n"


def page(folder: Path, code: str, line: str = "doc.facts.n") -> Path:
    folder.joinpath("page.qmd").write_text(
        f"```{{python}}\n{code}```\n\nThere are `{{python}} {line}`.\n", encoding="utf-8"
    )
    return folder


def test_pages_of_our_functions_show_the_project_alone(tmp_path: Path) -> None:
    assert pages_show_the_project_alone(page(tmp_path, OURS))


@pytest.mark.parametrize(
    "code",
    [
        "import pandas as pd\n",
        "from pandas import read_csv\n",
        "from . import own\n",
        "from typology_of_mine import table\n",
        "open('elsewhere.csv').read()\n",
        "__import__('datetime').date.today()\n",
        "eval('1')\n",
        "doc.__class__\n",
        "half a line (\n",
    ],
)
def test_a_page_that_may_read_anything_else_does_not(tmp_path: Path, code: str) -> None:
    assert not pages_show_the_project_alone(page(tmp_path, OURS + code))


def test_code_in_a_line_is_code(tmp_path: Path) -> None:
    assert not pages_show_the_project_alone(page(tmp_path, OURS, "open('elsewhere').read()"))


def test_what_a_page_includes_is_of_the_page(tmp_path: Path) -> None:
    page(tmp_path, OURS)
    tmp_path.joinpath("_part.qmd").write_text("```{python}\nimport os\n```\n", encoding="utf-8")
    with tmp_path.joinpath("page.qmd").open("a", encoding="utf-8") as file:
        file.write("\n{{< include _part.qmd >}}\n")
    assert not pages_show_the_project_alone(tmp_path)


def test_prose_that_quotes_code_is_prose(tmp_path: Path) -> None:
    page(tmp_path, OURS)
    tmp_path.joinpath("prose.qmd").write_text("To `open` a file: `import os`.\n", encoding="utf-8")
    assert pages_show_the_project_alone(tmp_path)
    assert [each.runs for each in page_sources(tmp_path)] == [True, False]
