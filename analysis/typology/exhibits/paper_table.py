"""A table of a paper, its cells in words: HTML by great_tables, Markdown elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from typology.words.markdown import escape_markdown

Align = Literal["left", "right", "center"]
INDENT = "\u2003"
"""Put before the first cell of a row that belongs to the one above."""

_WIDEST = 60
_LONGEST_LINE = 72
_PAGE, _PADDING = 64, 3
_RULES = {"left": (":", ""), "right": ("", ":"), "center": (":", ":")}


@dataclass(frozen=True)
class Column:
    """A column: its title, how its cells are aligned, and what it shares with its neighbours.

    ``spanner`` is a title above the titles of neighbouring columns; it may be empty.
    """

    title: str
    align: Align = "right"
    spanner: str = ""


@dataclass(frozen=True)
class RowGroup:
    """Rows under one title, which is empty when the table has a single group."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PaperTable:
    """A table ready to be printed; its caption belongs to the document.

    It has one group without a title, or several with different ones; ``notes`` are sentences
    printed below. Raises ValueError if a row has not one cell a column, or titles are missing or
    repeated.

    A notebook shows ``_repr_html_`` or ``_repr_markdown_``: Quarto takes the first for a web page,
    the second for Word and Typst, where Pandoc makes a real table of it.

    >>> table = PaperTable((Column("Type", "left"), Column("n")),
    ...                    (RowGroup("", (("the mixed", "116"), ("the reluctant", "59"))),))
    >>> print(table.to_markdown())
    | Type          |    n |
    | :------------ | ---: |
    | the mixed     |  116 |
    | the reluctant |   59 |
    """

    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        titles = [group.title for group in self.groups]
        if len(titles) > 1 and ("" in titles or len(set(titles)) < len(titles)):
            raise ValueError(f"Titles of row groups are {titles}; expected different ones.")
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"A row has {len(row)} cells ({row}); expected {len(self.columns)}."
                )

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the rows of all groups, in their order."""
        return tuple(row for group in self.groups for row in group.rows)

    def to_markdown(self) -> str:
        """Return a pipe table, with the notes as a paragraph below.

        Spanners are written before the titles below them, titles of groups as rows in bold.
        """
        header = [_with_spanner(column) for column in self.columns]
        cells = [list(map(_cell, header)), *self._body()]
        # A title of a group takes the whole width of a page.
        columned = [cells[0], *(list(map(_cell, row)) for row in self.rows)]
        widths = [
            max(4, *(min(_WIDEST, len(row[place])) for row in columned))
            for place in range(len(header))
        ]
        rules = [
            start + "-" * (width - len(start + end)) + end
            for width, (start, end) in zip(
                _shares(columned, widths),
                (_RULES[column.align] for column in self.columns),
                strict=True,
            )
        ]
        lines = [self._line(row, widths) for row in cells]
        lines.insert(1, f"| {' | '.join(rules)} |")
        notes = " ".join(map(escape_markdown, self.notes))
        return "\n".join(lines) + (f"\n\n{notes}\n" if notes else "")

    def to_html(self) -> str:
        """Return the table as great_tables draws it; raise ImportError without that library."""
        from typology.exhibits.paper_html import html_table  # noqa: PLC0415 - great_tables: optional

        return html_table(self)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        return self.to_html()

    def _body(self) -> Iterator[list[str]]:
        for group in self.groups:
            if group.title and group.rows:
                yield [f"**{_cell(group.title)}**", *[""] * (len(self.columns) - 1)]
            for row in group.rows:
                yield list(map(_cell, row))

    def _line(self, cells: list[str], widths: list[int]) -> str:
        padded = [
            cell.rjust(width) if column.align == "right" else cell.ljust(width)
            for cell, width, column in zip(cells, widths, self.columns, strict=True)
        ]
        return f"| {' | '.join(padded)} |"


def _shares(cells: list[list[str]], widths: list[int]) -> list[int]:
    """Return the width of each column on a page, in characters.

    Pandoc gives a table with a line of more than 72 characters the width of the page, shared as
    its rule is: each column takes what its longest word needs, then its part of what is left.
    """
    if sum(widths) + 3 * len(widths) + 1 <= _LONGEST_LINE:
        return widths
    needs = [
        _PADDING + max(len(word) for row in cells for word in row[place].split(" "))
        for place in range(len(widths))
    ]
    wishes = [max(width - need, 0) for width, need in zip(widths, needs, strict=True)]
    left = max(_PAGE - sum(needs), 0) / max(sum(wishes), 1)
    return [need + round(left * wish) for need, wish in zip(needs, wishes, strict=True)]


def plain_table(
    columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]], *notes: str
) -> PaperTable:
    """Return a table of one group without a title; notes that are empty are left out."""
    return PaperTable(columns, (RowGroup("", tuple(rows)),), tuple(filter(None, notes)))


def _with_spanner(column: Column) -> str:
    return f"{column.spanner} – {column.title}" if column.spanner else column.title


def _cell(text: str) -> str:
    return escape_markdown(text)
