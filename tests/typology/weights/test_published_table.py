"""The table of a published sample against its population, cell by cell."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd

from typology.questionnaire import Text
from typology.weights.published_table import published_table


def text(fr: str, en: str) -> Text:
    return Text.model_validate({"fr": fr, "en": en})


MARGINS: Any = SimpleNamespace(margins={
    "sex": SimpleNamespace(title=text("Sexe", "Sex"), names={"f": text("Femmes", "Women")}),
    "age": SimpleNamespace(title=None, names={}),
})  # fmt: skip
SHARES = pd.DataFrame({
    "margin": ["sex", "sex", "age"], "category": ["f", "m", "<40"],
    "population_n": [1500, 1000, 12], "n": [60, 40, 7], "published": [60.0, 40.0, 7.25],
    "sample_share": [61.0, 39.0, 8.0], "population_share": [59.5, 40.5, 9.0],
    "difference": [1.5, -1.5, 0.0], "low": [-3.0, -6.0, -1.0], "high": [6.0, 3.0, 1.0],
})  # fmt: skip


def found(*, illustrative: bool) -> pd.DataFrame:
    return pd.DataFrame({
        "margin": ["sex", "age"], "chi2": [1.234, 2.0], "df": [1, 3],
        "p_monte_carlo": [0.25, 0.0001],
        "published_sum": [100.0, 99.94], "base": [100, 2500], "n": [100, 7],
        "illustrative": [False, illustrative],
    })  # fmt: skip


def plain(told: str) -> str:
    return told.replace("\u00a0", " ").replace("\u202f", " ")


def test_every_cell_is_that_of_its_column() -> None:
    table = published_table(MARGINS, SHARES, found(illustrative=False), "en")
    assert [column.title for column in table.columns] == [
        "Category", "Population (n)", "Sample (n)", "Published (%)", "Sample (%)", "Population (%)",
        "Difference (points)", "95% CI of the difference",
    ]  # fmt: skip
    assert [column.align for column in table.columns] == ["left", *["right"] * 7]
    assert [plain(group.title) for group in table.groups] == [
        "Sex (χ² = 1.2; df 1; p = 0.250)", "age (χ² = 2.0; df 3; p < 0.001)",
    ]  # fmt: skip
    rows = [[plain(cell) for cell in row] for group in table.groups for row in group.rows]
    assert [row[:7] for row in rows] == [
        ["Women", "1,500", "60", "60.0", "61.0", "59.5", "+1.5"],
        ["m", "1,000", "40", "40.0", "39.0", "40.5", "−1.5"],
        ["<40", "12", "7", "7.3", "8.0", "9.0", "0.0"],
    ]
    assert "−3.0" in rows[0][7]
    assert rows[0][7].index("−3.0") < rows[0][7].index("+6.0")
    assert [plain(note) for note in table.notes[:2]] == [
        "Sex: the published percentages, which add up to 100.0%, are of 100; 100 in all.",
        "age: the published percentages, which add up to 99.9%, are of 2500; 7 in all.",
    ]
    assert len(table.notes) == 3


def test_margins_that_are_made_up_are_told_first() -> None:
    table = published_table(MARGINS, SHARES, found(illustrative=True), "en")
    assert table.notes[0] == (
        "ILLUSTRATIVE MARGINS: figures made up for the example, which describe no population."
    )
    assert len(table.notes) == 4


def test_the_table_speaks_french() -> None:
    table = published_table(MARGINS, SHARES, found(illustrative=False), "fr")
    assert table.columns[2].title == "Échantillon (n)"
    assert plain(table.groups[0].title) == "Sexe (χ² = 1,2 ; ddl 1 ; p = 0,250)"
    assert plain(table.groups[0].rows[0][1]) == "1 500"
    assert table.groups[0].rows[0][0] == "Femmes"
