"""The lines of the figures of membership, by hand."""

from __future__ import annotations

import pytest

from typology.membership.panel_rows import (
    LEAST_HEIGHT,
    TITLE_SPACE,
    PanelRow,
    height_of,
    positions_of,
    row_of,
)


def test_a_line_is_wrapped_and_known_by_its_key_if_it_has_one() -> None:
    short = row_of("Age", "title", 2.0)
    assert (short.text, short.kind, short.key) == ("Age", "title", "")
    long = row_of("a long answer to a question " * 3, "term", 1.0, "q:1")
    assert (long.kind, long.key) == ("term", "q:1")
    assert long.text.count("\n") >= 2
    assert long.height > short.height == LEAST_HEIGHT


def test_rows_follow_one_another_with_room_above_titles() -> None:
    rows = [PanelRow("Sex", "title", ""), PanelRow("f", "reference", ""),
            PanelRow("one\ntwo\nthree", "term", "k")]  # fmt: skip
    tall = 3 * 0.13 + 0.04
    assert [row.space for row in rows] == [TITLE_SPACE, 0, 0]
    assert [row.height for row in rows] == pytest.approx([0.17, 0.17, tall])
    assert height_of(rows) == pytest.approx(0.05 + 0.17 + 0.17 + tall)
    assert positions_of(rows) == pytest.approx([0.135, 0.305, 0.39 + tall / 2])
