"""A number in doubt is told with both of its readings."""

from __future__ import annotations

import pytest

from typology.answers.cells.number_marks import in_full, mark_notices, which_mark
from typology.words.written_numbers import DecimalMark


@pytest.mark.parametrize(("mark", "number", "other"), [(".", "1280", ","), (",", "1.28", ".")])
def test_a_number_read_as_the_column_shows_is_told_with_the_line_of_the_other(mark, number, other):
    decided = DecimalMark(mark, {"1,280": {".": 1280.0, ",": 1.28}})
    (notice,) = mark_notices("income", decided)
    assert notice == (
        f"income: '1,280' is read as {number}, as the rest of the column shows. Otherwise, add to "
        f'the study file: decimal_mark: "{other}"'
    )


@pytest.mark.parametrize(
    "mark",
    [
        DecimalMark(None, {"1,280": {".": 1280.0, ",": 1.28}}),
        DecimalMark(".", {"1,280": {".": 1280.0, ",": 1.28}}, declared=True),
        DecimalMark(".", {}),
    ],
)
def test_nothing_is_told_where_nothing_was_decided(mark):
    assert mark_notices("income", mark) == ()


def test_a_number_in_doubt_is_asked_about_with_both_readings():
    assert which_mark("1,280 euros") == (
        'Add to the study file the mark before the decimals: decimal_mark: "." to read 1280, '
        'decimal_mark: "," to read 1.28.'
    )


def test_whole_numbers_are_told_whole():
    assert [str(in_full(number)) for number in (3.0, -3.0, 2.5)] == ["3", "-3", "2.5"]
