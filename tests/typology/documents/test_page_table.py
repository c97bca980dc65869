from __future__ import annotations

import pytest

from typology.documents.page_table import captioned_table, column_widths, printed_table
from typology.exhibits.paper_table import Column, PaperTable, plain_table


def table(*rows: tuple[str, ...], notes: tuple[str, ...] = ()) -> PaperTable:
    return plain_table((Column("Item", "left"), Column("n")), list(rows), *notes)


def test_long_texts_take_the_page_and_numbers_what_they_need() -> None:
    text, count = column_widths(table(("a long statement " * 20, "312")))
    assert text + count <= 100
    assert text > 5 * count


def test_a_small_table_stays_small() -> None:
    assert sum(column_widths(table(("yes", "12"), ("no", "3")))) < 30


def test_no_word_of_a_title_is_broken() -> None:
    narrow = plain_table((Column("x", "left"), Column("Corrélation polychorique")), [("a", "1")])
    first, second = column_widths(narrow)
    assert second >= len("polychorique") > first


def test_notes_are_below_the_table_in_their_style() -> None:
    printed = printed_table(table(("a", "1"), notes=("Weighted * not.",)))
    above, below = printed.split("tbl-colwidths")
    assert "Weighted" not in above
    assert 'custom-style="Table Note"' in below
    assert r"Weighted \* not." in below


def test_a_captioned_table_has_both_forms() -> None:
    pytest.importorskip("great_tables", reason='needs great_tables: pip install ".[paper]"')
    shown = captioned_table(table(("a", "1")), label="tbl-a", caption="What it is.")
    assert shown.startswith("::: {#tbl-a}")
    assert "<table" in shown
    assert "| a    |    1 |" in shown
    assert shown.rstrip().endswith("What it is.\n\n:::")


def test_a_page_holds_the_form_of_its_format_alone() -> None:
    pytest.importorskip("great_tables", reason='needs great_tables: pip install ".[paper]"')
    web = captioned_table(table(("a", "1")), label="tbl-a", caption="A.", page="html")
    word = captioned_table(table(("a", "1")), label="tbl-a", caption="A.", page="docx")
    assert "<table" in web
    assert "<table" not in word
    assert "| a    |    1 |" in word
    assert "| a    |    1 |" not in web
