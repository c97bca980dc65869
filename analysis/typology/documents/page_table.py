"""A table as a page of a document holds it: with a caption and a number, in every format."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate, pairwise

from typology.documents.page_format import PageFormat
from typology.exhibits.paper_table import PaperTable
from typology.words.markdown import escape_markdown

_PAGE, _WRAPPED, _PADDING = 100, 45, 2  # digits: of a line, of a long cell, between columns
# Letters of a serif font that are narrower or wider than a digit; small letters are in between.
_NARROW, _WIDE = frozenset("fijlrt.,;:!'’()[]|-\u00a0ᵃᵇᶜᵈᵉᶠ²"), frozenset("mwœ%±<>=–")


def captioned_table(table: PaperTable, *, label: str, caption: str, page: PageFormat = "") -> str:
    """Return a table with its caption and its number, as Markdown.

    ``label`` begins with "tbl-". A web page shows the table of great_tables, Word and PDF a table
    of their own; a page of any format ("") holds both.
    """
    if page == "html":
        shown = raw_html(table.to_html())
    elif page:
        shown = printed_table(table)
    else:
        shown = (
            f':::: {{.content-visible when-format="html"}}\n\n{raw_html(table.to_html())}\n::::\n\n'
            f':::: {{.content-visible unless-format="html"}}\n\n{printed_table(table)}\n\n::::'
        )
    return f"::: {{#{label}}}\n\n{shown}\n\n{caption}\n\n:::\n"


def raw_html(html: str) -> str:
    """Return HTML as Markdown that a web page shows as it is."""
    longest = max((len(run) for run in re.findall("`+", html)), default=0)
    fence = "`" * max(8, longest + 1)
    return f"{fence}{{=html}}\n{html}\n{fence}\n"


def printed_table(table: PaperTable) -> str:
    """Return a table for Word and PDF: widths of columns for its words, notes in a style."""
    # Whole, as the PDF rounds each: rounded together, they do not go beyond the page.
    ends = [0, *(round(end) for end in accumulate(column_widths(table)))]
    widths = ",".join(str(end - start) for start, end in pairwise(ends))
    bare = replace(table, notes=()).to_markdown()
    notes = " ".join(escape_markdown(note) for note in table.notes)
    note = f'\n\n::::: {{custom-style="Table Note"}}\n{notes}\n:::::' if notes else ""
    return f'{bare}\n\n: {{tbl-colwidths="[{widths}]"}}{note}'


def column_widths(table: PaperTable) -> tuple[float, ...]:
    """Return the widths of the columns of a printed table, in percent of the page.

    100 in all, or less when the table needs less. Where cells are longer than the page is wide, a
    column first gets what its longest word needs, so that no word or number is cut, then its part
    of what is left.
    """
    needs, wishes = [], []
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        title = f"{column.title} {column.spanner}".split(" ")
        words = [word for cell in cells for word in cell.split(" ")]
        need = max(map(_length, [*title, *words]))
        needs.append(need + _PADDING)
        in_two_lines = min(0.6 * _length(column.title), _WRAPPED)
        longest = max([in_two_lines, *(min(_length(cell), _WRAPPED) for cell in cells)])
        wishes.append(max(need, longest) + _PADDING)
    over = max(sum(wishes) - max(_PAGE, sum(needs)), 0)
    kept = 1 - over / max(sum(wishes) - sum(needs), 1)
    widths = [need + (wish - need) * kept for need, wish in zip(needs, wishes, strict=True)]
    scale = 100 / max(sum(widths), _PAGE)
    return tuple(width * scale for width in widths)


def _length(text: str) -> float:
    """Return how long a text is on paper, about, in digits."""
    lengths = (
        0.6 if sign in _NARROW else 1.3 if sign in _WIDE or sign.isupper() else
        1.0 if sign.isdigit() else 0.95
        for sign in text
    )  # fmt: skip
    return sum(lengths)
