"""A table as a page of a document holds it: with a caption and a number, in every format."""

from __future__ import annotations

from dataclasses import replace

from typology.tables.markdown import escape_markdown
from typology.tables.paper_table import PaperTable

_PAGE, _WRAPPED, _PADDING = 100, 45, 3  # characters: of a line, of a long cell, between columns
_FENCE = "`" * 8  # longer than any that a script may hold


def captioned_table(table: PaperTable, *, label: str, caption: str) -> str:
    """Return a table with its caption and its number.

    Parameters
    ----------
    table : PaperTable
    label : str
        Its cross-reference, beginning with "tbl-".
    caption : str

    Returns
    -------
    str
        Markdown: a web page shows the table of great_tables, Word and PDF a table of their own.
    """
    return (
        f"::: {{#{label}}}\n\n"
        f':::: {{.content-visible when-format="html"}}\n\n{raw_html(table.to_html())}\n::::\n\n'
        f':::: {{.content-visible unless-format="html"}}\n\n{printed_table(table)}\n\n::::\n\n'
        f"{caption}\n\n:::\n"
    )


def raw_html(html: str) -> str:
    """Return HTML as Markdown that a web page shows as it is."""
    return f"{_FENCE}{{=html}}\n{html}\n{_FENCE}\n"


def printed_table(table: PaperTable) -> str:
    """Return a table for Word and PDF: widths of columns for its words, notes in a style.

    Parameters
    ----------
    table : PaperTable

    Returns
    -------
    str
        Markdown.
    """
    widths = ",".join(f"{width:.1f}" for width in column_widths(table))
    bare = replace(table, notes=()).to_markdown()
    notes = " ".join(escape_markdown(note) for note in table.notes)
    note = f'\n\n::::: {{custom-style="Table Note"}}\n{notes}\n:::::' if notes else ""
    return f'{bare}\n\n: {{tbl-colwidths="[{widths}]"}}{note}'


def column_widths(table: PaperTable) -> tuple[float, ...]:
    """Return the widths of the columns of a printed table, in percent of the page.

    Parameters
    ----------
    table : PaperTable

    Returns
    -------
    tuple of float
        In proportion to the longest cell or the longest word of the title, long texts being
        wrapped; 100 in all, or less when the table needs less.
    """
    widths = []
    for place, column in enumerate(table.columns):
        title = column.title.split(" ") + column.spanner.split(" ")
        cells = [min(len(row[place]), _WRAPPED) for row in table.rows]
        widths.append(max([*cells, *map(len, title)]) + _PADDING)
    scale = 100 / max(sum(widths), _PAGE)
    return tuple(width * scale for width in widths)
