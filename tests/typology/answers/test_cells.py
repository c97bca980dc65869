"""The cells of a column: what it is called, what is read, what cannot be."""

from __future__ import annotations

import pandas as pd
import pytest

from typology.answers.cells.answer_cells import Cells, Unread
from typology.answers.cells.code_books import CodeBook
from typology.words.phrases import phrase

BOOK = CodeBook([("1", ["Low"]), ("2", ["High"])], name="level")


def cells(*texts: str, header: str = "Level of care") -> Cells:
    return Cells(pd.Series(list(texts), dtype="string"), "level", header)


@pytest.mark.parametrize(
    ("header", "name"), [("LEVEL", "level"), ("Level of care", "level (Level of care)")]
)
def test_a_column_is_called_by_what_it_holds_and_its_header(header, name):
    assert cells("1", header=header).column == name


def test_the_different_texts_of_a_column_come_in_their_order():
    assert cells("2", "1", "2", "").distinct == ["2", "1", ""]


def test_a_column_is_read_and_what_cannot_be_is_told_with_its_rows():
    column = cells("1", "so so", "High", "", "7", "so so")
    expected = phrase("a text")
    read = column.read(BOOK.read, "string", expected=expected, name="level", book=BOOK)
    values = read.columns["level"]
    assert values.dtype == "string"
    assert values.fillna("none").tolist() == ["1", "none", "2", "none", "none", "none"]
    assert read.unread == (
        Unread("word", "so so", "level", column, (1, 5), expected, BOOK),
        Unread("code", "7", "level", column, (4,), expected, BOOK),
    )
    assert (read.problems, read.notices, read.renumbered) == ((), (), ())
