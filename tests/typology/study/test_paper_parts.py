"""Headings of a Markdown file of the paper: the parts they name, and what is said of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from typology.study.paper.parts import PAPER_PARTS, read_parts
from typology.words import word

NAMES = f"the name of a part of the paper ({', '.join(PAPER_PARTS)})"


def read(folder: Path, text: str) -> tuple[dict[str, str], list[str]]:
    path = folder / "paper.md"
    path.write_text(text, encoding="utf-8")
    parts, problems = read_parts(path)
    return parts, [str(each) for each in problems]


@pytest.mark.parametrize("part", PAPER_PARTS)
def test_a_part_is_named_in_both_languages_and_by_its_key(tmp_path: Path, part: str) -> None:
    for name in (word("paper_part", "fr", part), word("paper_part", "en", part), part):
        for heading in (f"# {name}", f"   ## {name.upper()} ##", f"# **{name}**:"):
            assert read(tmp_path, f"{heading}\n\nSaid.\n") == ({part: "Said."}, [])


@pytest.mark.parametrize("level", [1, 2])
def test_a_name_near_that_of_a_part_is_guessed_at_both_levels(tmp_path: Path, level: int) -> None:
    parts, told = read(tmp_path, f"{'#' * level} Fundng\n\nSaid.")
    assert parts == {}
    assert told == [f"paper.md: row 1: found 'Fundng', expected {NAMES}. Did you mean 'funding'?"]


def test_a_name_like_none_is_to_be_renamed(tmp_path: Path) -> None:
    _, told = read(tmp_path, "## Zzzzzzzz\n\nSaid.")
    assert told == [f"paper.md: row 1: found 'Zzzzzzzz', expected {NAMES}. Rename or remove it."]


def test_a_third_level_is_a_paragraph_where_a_part_has_no_headings(tmp_path: Path) -> None:
    """Even one that resembles a part: below the second level no part is meant."""
    for name in ("Zzzzzzzz", "Fundng", "Funding"):
        _, told = read(tmp_path, f"# Ethics\n\nSaid.\n\n### {name}\n\nMore.")
        assert told == [
            f"paper.md: row 5: found '{name}', expected a part without headings of its own. Make "
            "it a paragraph."
        ]


def test_headings_within_the_introduction_are_of_the_third_level_at_least(tmp_path: Path) -> None:
    text = "# Introduction\nA.\n## Zzzzzzzz\nB.\n### Yyyyyyyy\nC.\n#### Xxxxxxxx\nD."
    parts, told = read(tmp_path, text)
    assert told == []
    assert parts == {"introduction": "A.\n### Zzzzzzzz\nB.\n### Yyyyyyyy\nC.\n#### Xxxxxxxx\nD."}
    _, told = read(tmp_path, "# Introduction\nA.\n# Zzzzzzzz\nB.")
    assert told == [f"paper.md: row 3: found 'Zzzzzzzz', expected {NAMES}. Rename or remove it."]
    _, told = read(tmp_path, "# Introduction\nA.\n## Fundng\nB.")
    assert told == [f"paper.md: row 3: found 'Fundng', expected {NAMES}. Did you mean 'funding'?"]


def test_a_part_stands_once_and_what_is_below_is_not_read_twice(tmp_path: Path) -> None:
    parts, told = read(tmp_path, "# Ethics\nA.\n# Funding\nB.\n# Ethics\nC.")
    assert parts == {"ethics": "A.", "funding": "B."}
    assert told == [
        "paper.md: row 5: found 'Ethics', expected each part once. Put the two together."
    ]


def test_what_stands_above_the_headings_is_told_once(tmp_path: Path) -> None:
    parts, told = read(tmp_path, "\n  " + "x" * 50 + "\nmore\n# Ethics\nA.")
    assert parts == {"ethics": "A."}
    assert told == [
        f"paper.md: row 2: found '{'x' * 40}', expected a heading, like # Introduction. Write "
        "above it the part it belongs to."
    ]


def test_a_part_with_nothing_under_its_heading_is_not_written(tmp_path: Path) -> None:
    assert read(tmp_path, "# Ethics\n\n<!-- to write -->\n# Funding\n\nB.\n") == (
        {"funding": "B."}, [],
    )  # fmt: skip


def test_problems_come_in_the_order_of_the_lines(tmp_path: Path) -> None:
    _, told = read(tmp_path, "# Zzzzzzzz\n\n# Ethics\n<b>A</b>\n# Ethics\n")
    assert [each.split(":")[1].strip() for each in told] == ["row 1", "row 4", "row 5"]
    assert told[1].endswith(
        "expected prose, not HTML. Remove it, or put a backslash before a sign that is meant as "
        "text."
    )


def test_what_is_no_text_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    path.write_bytes(b"# Ethics\nA.\n\xe9t\xe9\n")
    parts, problems = read_parts(path)
    assert parts == {}
    assert [str(each) for each in problems] == [
        "paper.md: row 3: found the byte 0xe9, expected text in UTF-8. Save the file as UTF-8 in "
        "the text editor."
    ]
    assert str(read_parts(tmp_path / "none.md")[1][0]).startswith(
        "none.md: found nothing, expected a text file in Markdown."
    )
    path.write_bytes(b"\xef\xbb\xbf# Ethics\r\nA.\rB.\r\n")
    assert read_parts(path) == ({"ethics": "A.\nB."}, [])
