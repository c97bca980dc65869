from __future__ import annotations

import nbformat
import pytest

from typology.documents.page_format import page_format


def test_outside_quarto_a_page_has_no_format() -> None:
    assert page_format() == ""


@pytest.mark.parametrize(("figures", "page"), [("svg", "html"), ("png", "docx"), ("pdf", "typst")])
def test_a_kernel_tells_the_format_of_the_page(figures: str, page: str) -> None:
    """Also when it goes on from one format to the next, as Quarto's do in a terminal."""
    before = _as_quarto("png" if figures == "svg" else "svg")
    assert _told_by_a_kernel(before, _as_quarto(figures)) == page


@pytest.mark.parametrize(("figures", "page"), [("svg", "html"), ("png", "docx"), ("pdf", "typst")])
def test_a_kernel_that_quarto_could_not_set_up_knows_the_format(figures: str, page: str) -> None:
    """Quarto 1.5 looks in IPython for what IPython 9 no longer has."""
    told = f"import os\nos.environ['QUARTO_FIG_FORMAT'] = {figures!r}"
    assert _told_by_a_kernel(told) == page


def _told_by_a_kernel(*cells: str) -> str:
    """Return the format that a kernel knows after some cells."""
    nbclient = pytest.importorskip("nbclient", reason='pages need it: pip install ".[paper]"')
    asked = "from typology.documents.page_format import page_format\nprint(page_format())"
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(code) for code in (*cells, asked)]
    nbclient.NotebookClient(notebook).execute()
    return str(notebook.cells[-1].outputs[0].text.strip())


def _as_quarto(figures: str) -> str:
    """Return how Quarto sets the format of figures before the first cell."""
    return (
        "from matplotlib_inline.backend_inline import set_matplotlib_formats\n"
        f"set_matplotlib_formats({figures!r})"
    )
