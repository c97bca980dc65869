"""A table of a paper in HTML, drawn by great_tables."""

from __future__ import annotations

import hashlib
import html
import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from typology.words import curly_apostrophes
from typology.words.visible_text import visible

if TYPE_CHECKING:
    from typology.exhibits.paper_table import PaperTable

_GROUP = "group"
_INDENT = "\u2003"  # as `paper_table` sets a row in
_HANGING = "padding-left: calc(1em + 5px); text-indent: -1em;"  # of its second line too
_LINE = "#555555"
_MANY = 8  # columns from which letters and margins are smaller, so that a page holds the table
_LONG = 1500  # cells beyond which what great_tables says of each outweighs what is in it


def html_table(table: PaperTable) -> str:
    """Return a table in HTML; the same table always gives the same text.

    Drawn by great_tables, or by pandas where the table has more than a thousand cells and its rows
    no groups. Raises ImportError if great_tables is not installed.
    """
    grouped = any(group.title for group in table.groups)
    if not grouped and len(table.rows) * len(table.columns) > _LONG:
        return visible(curly_apostrophes(_without_empty_heads(_long_table(table))))
    drawn = _great_table(table)
    # It writes cell by cell, which Arrow's columns make half as long again.
    with pd.option_context("mode.string_storage", "python"):
        text: str = drawn.as_raw_html(inline_css=False)
    text = text.replace(f'gt_left">{_INDENT}', f'gt_left" style="{_HANGING}">{_INDENT}')
    return visible(curly_apostrophes(_without_empty_heads(text)))


def _without_empty_heads(text: str) -> str:
    """Return a table whose empty heads are plain cells: a screen reader announces heads."""
    return re.sub(r"<th(?=[\s>])([^>]*)>\s*</th>", r"<td\1></td>", text)


def _long_table(table: PaperTable) -> str:
    """Return a table without a word on single cells: columns are aligned by their place."""
    identifier = _identifier(table)
    spanned = any(column.spanner for column in table.columns)
    titles: list[Any] = [
        (column.spanner, column.title) if spanned else column.title for column in table.columns
    ]
    cells = pd.DataFrame(
        list(table.rows),
        columns=pd.MultiIndex.from_tuples(titles) if spanned else titles,
        dtype="object",
    )
    places = list(enumerate(table.columns, start=1))
    right = [place for place, column in places if column.align == "right"]
    apart = [
        place
        for (_, before), (place, column) in pairwise(places)
        if column.spanner != before.spanner or (before.align, column.align) == ("right", "left")
    ]
    style = f"<style>{_rule(identifier, right, 'text-align: right')}"
    style += f"{_rule(identifier, apart, 'padding-left: 0.6rem')}</style>"
    with pd.option_context("display.max_colwidth", None):
        drawn = cells.to_html(
            index=False, border=0, justify="left", classes="long-table", table_id=identifier
        )
    # Quarto takes a style from before what it knows as a table of pandas.
    drawn = drawn.replace('class="dataframe ', 'data-quarto-disable-processing="true" class="', 1)
    drawn = drawn.replace(' halign="left"', "")
    notes = "".join(f"<p>{html.escape(note, quote=False)}</p>" for note in table.notes)
    # In one element: Quarto keeps but the table of what is several.
    return f'<div>\n{style}\n{drawn}\n<div class="long-table-notes">{notes}</div>\n</div>'


def _rule(identifier: str, places: list[int], style: str) -> str:
    """Return the style of the cells of some columns, in the body and under the spanners."""
    rows = ("tbody tr", "thead tr:last-child")
    cells = [f"#{identifier} {row} > :nth-child({place})" for place in places for row in rows]
    return f"{', '.join(cells)} {{{style};}}" if cells else ""


def _great_table(table: PaperTable) -> Any:
    try:
        from great_tables import GT  # noqa: PLC0415 - only documents need it
        from great_tables import html as raw_html  # noqa: PLC0415
    except ImportError as error:
        raise ImportError(
            "Tables in HTML are drawn by great_tables, which is not installed. "
            'Install it with: pip install ".[paper]"'
        ) from error
    names = [f"c{place}" for place in range(len(table.columns))]
    cells = pd.DataFrame(list(table.rows), columns=names, dtype="object")
    grouped = any(group.title for group in table.groups)
    if grouped:
        cells[_GROUP] = [group.title for group in table.groups for _ in group.rows]
    drawn = GT(cells, id=_identifier(table), groupname_col=_GROUP if grouped else None)
    for name, column in zip(names, table.columns, strict=True):
        drawn = drawn.cols_label(cases={name: column.title})
        drawn = drawn.cols_align(column.align, columns=[name])
    for spanner, members in groupby(
        zip(names, table.columns, strict=True), key=lambda pair: pair[1].spanner
    ):
        if spanner:
            drawn = drawn.tab_spanner(spanner, columns=[name for name, _ in members])
    for note in table.notes:
        drawn = drawn.tab_source_note(raw_html(html.escape(note, quote=False)))
    many = len(table.columns) > _MANY
    margin = "3px" if many else "5px"
    return drawn.tab_options(
        table_width="100%",
        table_font_size="74%" if many else "90%",
        data_row_padding_horizontal=margin,
        column_labels_padding_horizontal=margin,
        data_row_padding="4px",
        table_border_top_color=_LINE,
        table_border_bottom_color=_LINE,
        column_labels_border_bottom_color=_LINE,
        table_body_border_bottom_color=_LINE,
        row_group_font_weight="bold",
        row_group_padding="5px",
        source_notes_font_size="90%",
        quarto_disable_processing=True,
    )


def _identifier(table: PaperTable) -> str:
    """Return an id made of the content: great_tables would draw one at random."""
    return "t" + hashlib.sha256(repr(table).encode()).hexdigest()[:10]
