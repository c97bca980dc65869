"""What the command prints on weights: that results are weighted, that bounds do not hold."""

from __future__ import annotations

import io
from typing import Literal

import pandas as pd
import pytest
from rich.console import Console

from typology.weights.terminal import print_weights


def printed(
    *, weighted: bool = True, illustrative: bool = False, holds: bool = True,
    source: str = "margins", language: str = "en", summary: bool = True, styles: bool = False,
) -> str:  # fmt: skip
    tables = {
        "classes": pd.DataFrame({"class": [1, 2], "share_weighted": [False, weighted]}),
        "weights_summary": pd.DataFrame({
            "weights": [source], "effective_n": [1234.4], "n": [2000], "design_effect": [1.6217],
            "smallest_weight": [0.254], "largest_weight": [4.266], "bounds_hold": [holds],
            "illustrative": [illustrative],
        }),
    }  # fmt: skip
    if not summary:
        del tables["weights_summary"]
    output = io.StringIO()
    system: Literal["standard"] | None = "standard" if styles else None
    console = Console(file=output, width=400, force_terminal=styles, color_system=system)
    print_weights(console, tables, language)
    return output.getvalue()


TOLD = (
    "Weighted results ({}): effective n of 1,234 for 2,000 respondents, design effect 1.62. "
    "Numbers count respondents, shares are weighted.\n"
)
MADE_UP = (
    "Illustrative margins: their figures are made up for the example and describe no population.\n"
)
BEYOND = (
    "The bounds asked for are too narrow for these margins: the margins hold, the weights go from "
    "0.25 to 4.27.\n"
)


@pytest.mark.parametrize(
    ("source", "name"),
    [("margins", "margins of the population"), ("column", "column of the answers")],
)
def test_weighted_results_are_said_to_be(source: str, name: str) -> None:
    assert printed(source=source) == TOLD.format(name)
    assert "effet de plan 1,62" in printed(source=source, language="fr")


def test_nothing_is_said_of_results_without_weights() -> None:
    assert printed(weighted=False) == printed(summary=False) == ""


def test_margins_that_are_made_up_are_told_weighted_or_not() -> None:
    assert printed(weighted=False, illustrative=True) == MADE_UP
    assert printed(illustrative=True) == MADE_UP + TOLD.format("margins of the population")


def test_bounds_that_do_not_hold_are_told() -> None:
    assert printed(holds=False) == TOLD.format("margins of the population") + BEYOND
    assert printed(holds=False, weighted=False) == ""


def test_warnings_are_yellow_and_results_bold() -> None:
    lines = printed(illustrative=True, holds=False, styles=True).splitlines()
    assert [line.partition("m")[0] for line in lines] == ["\x1b[1;33", "\x1b[1", "\x1b[33"]
