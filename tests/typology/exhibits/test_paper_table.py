from __future__ import annotations

import sys
from html.parser import HTMLParser

import pytest

from typology.exhibits.paper_table import INDENT, Column, PaperTable, RowGroup, plain_table
from typology.words.markdown import escape_markdown

COLUMNS = (Column("Type", "left"), Column("n", spanner="Size"), Column("%", "center", "Size"))


def pipe_cells(line: str) -> list[str]:
    """Split a line of a pipe table at the bars that are not escaped."""
    assert line.startswith("| ")
    assert line.endswith(" |")
    return [cell.strip() for cell in line.replace(r"\|", "\0")[1:-1].split("|")]


def test_markdown_has_as_many_cells_a_line_as_columns() -> None:
    table = PaperTable(
        COLUMNS,
        (
            RowGroup("One | two", (("a|b", "1", "*2*"), ("c", "3", "4"))),
            RowGroup("Three", (("d", "", "<5>"),)),
        ),
    )
    lines = table.to_markdown().splitlines()
    assert {len(pipe_cells(line)) for line in lines} == {3}
    assert pipe_cells(lines[0]) == ["Type", "Size – n", "Size – %"]
    assert pipe_cells(lines[2]) == ["**One \0 two**", "", ""]
    assert pipe_cells(lines[3]) == ["a\0b", "1", r"\*2\*"]
    assert pipe_cells(lines[-1])[2] == r"\<5\>"


def test_markdown_aligns_columns() -> None:
    rule = pipe_cells(plain_table(COLUMNS, [("a", "1", "2")]).to_markdown().splitlines()[1])
    starts, ends = [cell[0] for cell in rule], [cell[-1] for cell in rule]
    assert starts == [":", "-", ":"]
    assert ends == ["-", ":", ":"]


def test_every_line_has_the_same_width_so_that_it_can_be_read_as_it_is() -> None:
    table = plain_table(COLUMNS, [("short", "1", "2"), ("rather longer", "1,000", "100.0")])
    assert len({len(line) for line in table.to_markdown().splitlines()}) == 1


def test_a_table_wider_than_a_page_leaves_room_for_the_longest_word_of_each_column() -> None:
    wordy = "several words " * 10
    table = plain_table(COLUMNS, [(wordy, "1,000.00", "2"), (wordy, "3", "unbreakable")])
    widths = [len(cell) for cell in pipe_cells(table.to_markdown().splitlines()[1])]
    assert widths[1] >= len("1,000.00")
    assert widths[2] >= len("unbreakable")
    assert widths[0] > widths[1] + widths[2]
    assert sum(widths) <= 90


def test_notes_are_a_paragraph_below() -> None:
    table = plain_table(COLUMNS, [("a", "1", "2")], "First_note.", "", "Second.")
    *_, empty, notes = table.to_markdown().splitlines()
    assert empty == ""
    assert notes == r"First\_note. Second."


def test_a_line_break_in_a_cell_does_not_break_the_table() -> None:
    table = plain_table(COLUMNS, [("two\nlines", "1", "2")])
    assert "two lines" in table.to_markdown()


def test_rows_of_a_wrong_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        plain_table(COLUMNS, [("a", "1")])


@pytest.mark.parametrize("titles", [("same", "same"), ("one", "")])
def test_groups_need_titles_of_their_own(titles: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="row groups"):
        PaperTable(COLUMNS, tuple(RowGroup(title, (("a", "1", "2"),)) for title in titles))


@pytest.mark.parametrize("sign", list("\\`*_{}[]<>|~^$@#"))
def test_signs_of_markdown_are_escaped(sign: str) -> None:
    assert escape_markdown(f"a{sign}b") == f"a\\{sign}b"


class Cells(HTMLParser):
    """The texts of a table, and whether every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag not in ("br", "meta", "link", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and data.strip():
            self.texts.append(data.strip(" \n"))


def test_html_is_well_formed_and_shows_every_text_as_it_is() -> None:
    pytest.importorskip("great_tables")
    table = PaperTable(
        COLUMNS,
        (RowGroup("A <group>", ((f"{INDENT}<b>", "1 & 2", "*3*"),)),),
        ("A note with <i> & signs.",),
    )
    read = Cells()
    read.feed(table._repr_html_())
    assert read.open == []
    assert read.texts == [
        "Type", "Size", "n", "%", "A <group>", f"{INDENT}<b>", "1 & 2", "*3*",
        "A note with <i> & signs.",
    ]  # fmt: skip


def test_the_same_table_gives_the_same_html_and_another_one_another_id() -> None:
    pytest.importorskip("great_tables")
    first, again, other = (plain_table(COLUMNS, [(name, "1", "2")]) for name in "aab")
    assert first.to_html() == again.to_html()
    ids = {table.to_html().split('id="')[1].split('"')[0] for table in (first, other)}
    assert len(ids) == 2


def test_without_great_tables_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "great_tables", None)
    table = plain_table(COLUMNS, [("a", "1", "2")])
    with pytest.raises(ImportError, match=r'pip install "\.\[paper\]"'):
        table.to_html()
    assert table.to_markdown()


def test_a_table_of_a_thousand_cells_keeps_every_text_and_weighs_less() -> None:
    pytest.importorskip("great_tables")
    columns = (Column("Category & answer", "left"), Column("%", spanner="The <mixed>"))
    wordy = "a <very> long category " * 5
    rows = [(f"{wordy}{number}", f"{number}.0") for number in range(1000)]
    long = plain_table(columns, rows, "A note & more.").to_html()
    short = plain_table(columns, rows[:300], "A note & more.").to_html()
    assert len(long) / 1000 < 0.75 * len(short) / 300
    read = Cells()
    read.feed(long)
    assert read.open == []
    titles = ("The <mixed>", "Category & answer", "%")
    for cell in (*titles, *(cell for row in rows for cell in row), "A note & more."):
        assert cell in read.texts
    assert "tbody tr > :nth-child(2)" in long
    assert long.startswith("<div>")  # one element
    assert "dataframe" not in long
