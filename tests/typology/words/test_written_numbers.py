"""A number is read as it was written, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typology.words.written_numbers import decimal_mark, readings

SPACES = "\u0020\u00a0\u2009\u202f"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.280,5", 1280.5),
        ("1,280.50", 1280.5),
        ("1'280", 1280),
        ("1’280,5", 1280.5),
        *((f"1{space}280", 1280) for space in SPACES),
        ("1\u202f234\u202f567,25", 1234567.25),
        ("1,280,000", 1280000),
        ("1.280.000", 1280000),
        ("0,280", 0.28),
        ("1280,125", 1280.125),
        ("0012", 12),
        ("\u22123,5", -3.5),
        ("٣", 3),
        ("１２", 12),
        (",5", 0.5),
        ("1e-05", 0.00001),
        ("1e+05", 100000),
    ],
)
def test_a_number_written_in_one_way_only_is_read(text: str, number: float) -> None:
    assert set(readings(text).values()) == {number}


@pytest.mark.parametrize("text", ["1,280", "1.280", "-12,345", "999.000"])
def test_three_digits_after_a_mark_leave_two_readings(text: str) -> None:
    read = readings(text)
    assert max(map(abs, read.values())) == 1000 * min(map(abs, read.values()))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "7²",
            "½",
            "1½",
            "①",
            "Ⅳ",
            "1_0",
            "1e3",
            "1,23E+05",
            "1/2",
            "10-20",
            "1-2",
            "12 %",
            "12%",
        ),
        *("2024-02-01", "01/02/2024", "1 28", "12 34", "1,28,000", "1.280.5", "1 280 5", "1,2,3"),
        *("0,000,000", "--5", "5-", "(5)", "", "abc", "1.5.2", "1 280.000 000", "0x10", "inf"),
    ],
)
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert readings(text) == {}


STYLES = [(".", ""), (",", ""), (".", ","), (",", "."), (".", " "), (",", "\u202f"), (".", "'")]


def written(number: float, decimals: int, mark: str, thousands: str) -> str:
    text = f"{number:,.{decimals}f}"
    return text.replace(",", "T").replace(".", mark).replace("T", thousands)


@given(
    st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=8),
    st.integers(0, 4),
    st.sampled_from(STYLES),
)
def test_a_column_of_one_style_is_read_back_or_left_in_doubt(
    thousandths: list[int], decimals: int, style: tuple[str, str]
) -> None:
    numbers = [round(each / 1000, decimals) for each in thousandths]
    texts = [written(number, decimals, *style) for number in numbers]
    mark = decimal_mark(texts).mark
    for text, number in zip(texts, numbers, strict=True):
        read = readings(text)
        assert number in read.values()
        if len(set(read.values())) == 1 or mark is not None:
            assert read.get(mark or ".", next(iter(read.values()))) == number


@given(st.text(alphabet="0123456789.,' \u202f-²½eE_/%", max_size=8))
def test_no_text_is_read_as_more_digits_than_it_has(text: str) -> None:
    for number in readings(text).values():
        if "e" not in text:
            assert abs(number) < 10 ** sum(sign.isdigit() for sign in text)


def test_other_cells_of_the_column_tell_the_mark() -> None:
    assert decimal_mark(["1,280", "41,5"]).mark == ","
    assert decimal_mark(["1,280", "41.5"]).mark == "."
    assert decimal_mark(["1,280", "1,280,000"]).mark == "."
    assert decimal_mark(["1,280", "0,950"]).mark == ","


def test_cells_that_contradict_each_other_tell_nothing() -> None:
    assert decimal_mark(["1,280", "41,5", "41.5"]).mark is None


def test_bounds_tell_the_mark_when_one_reading_alone_is_possible() -> None:
    assert decimal_mark(["1,280", "2,300"], bounds=(100, 5000)).mark == "."
    assert decimal_mark(["1,280", "2,300"], bounds=(0, 5000)).mark is None
    assert decimal_mark(["1,280", "2,300"], bounds=(10, 99)).mark is None


def test_a_scientific_number_is_written_with_a_point():
    assert readings("1.5e-05") == {".": 0.000015}
