"""The code of pages, run in this process: a kernel for each would read the same results again."""

from __future__ import annotations

import ast
import io
import warnings
from collections.abc import Collection
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from typology.documents.document import results_opened_once
from typology.documents.page_format import PAGE_FORMATS, PageFormat, page_made_as
from typology.documents.rendered.page_source import PageSource, page_sources
from typology.results.figures import swept_once
from typology.words.markdown import Written

Executed = dict[tuple[PageSource, PageFormat], str | None]
"""What each page says in each of its formats; None of one that is Quarto's to run."""


def execute_pages(documents: Path, *, left_out: Collection[str] = ()) -> Executed:
    """Run the code of all pages of the working folder, in each of their formats.

    ``left_out`` are names of pages that the site does not have.

    A page is left to Quarto (None) if its code is more than Python whose values are what documents
    write, if it prints, or if it fails: Quarto then runs it in a kernel, and tells what is wrong.
    """
    with results_opened_once():
        return {
            (page, made_as): execute_page(page, made_as)
            for page in page_sources(documents)
            if page.runs and page.path.name not in left_out
            for made_as in PAGE_FORMATS
            if made_as in page.formats
        }


def execute_page(page: PageSource, made_as: PageFormat) -> str | None:
    """Return a page with what its code writes in the place of its code, as Markdown."""
    if not page.is_plain:
        return None
    names: dict[str, Any] = {"__name__": "__main__"}
    parts: list[str] = []
    printed = io.StringIO()
    with (
        swept_once(),
        page_made_as(made_as),
        redirect_stdout(printed),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        for cell in page.cells():
            if not cell.code:
                parts.append(cell.text)
                continue
            try:
                value = _value(cell.text, names, page.path.name)
            except (Exception, SystemExit):  # Quarto runs the page again, and tells it
                return None
            if isinstance(value, Written):
                shown = value._repr_markdown_()
                parts.append(shown if cell.in_line else f"{shown}\n\n")
            elif value is not None or cell.in_line:
                return None
    return None if printed.getvalue() else "".join(parts)


def _value(code: str, names: dict[str, Any], name: str) -> object:
    """Run code; return the value of its last line, as a notebook shows it."""
    tree = ast.parse(code, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    if code.rstrip().endswith(";"):
        raise ValueError("A notebook would not show it.")
    exec(compile(tree, name, "exec"), names)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), name, "eval"), names)
