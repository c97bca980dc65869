"""The tests of the respondents' characteristics, in words: marks, effects, the table of all."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from typology.findings import Tables
from typology.labels import Labels
from typology.tables.paper_table import Column, PaperTable, plain_table
from typology.words import MISSING, NO_BREAK_SPACE, number, p_value, word

MARKS = "ᵃᵇᶜᵈᵉᶠᵍʰ"
_EFFECTS = {"cramers_v": "V", "epsilon_squared": "ε²"}
_LETTERS = {"chi-squared": "χ²", "Kruskal-Wallis": "H", "Rao-Scott": "F", "Lumley-Scott": "F"}


@dataclass(frozen=True)
class PValueMarks:
    """The letters put after p-values, and what each stands for.

    Parameters
    ----------
    tests : sequence of mappings
        Rows of ``characteristic_tests``, in the order of the table.
    language : {"fr", "en"}
    """

    tests: Sequence[Mapping[Any, Any]]
    language: str

    def of(self, row: Mapping[Any, Any]) -> str:
        """Return the mark of a row."""
        return self._letters[_test_or_reason(row)]

    def notes(self) -> Iterator[str]:
        """Yield what each mark stands for, in their order."""
        drawn = [row["replicates"] for row in self.tests if not math.isnan(row["replicates"])]
        for name, letter in self._letters.items():
            key = f"table_one_test_{name}"
            if name == "Fisher-Freeman-Halton" and drawn:
                told = word(f"{key}_drawn", self.language, replicates=int(max(drawn)))
            else:
                told = word(key, self.language)
            yield f"{letter}{NO_BREAK_SPACE}{told}."

    @cached_property
    def _letters(self) -> dict[str, str]:
        names = dict.fromkeys(_test_or_reason(row) for row in self.tests)
        return dict(zip(names, MARKS, strict=False))


def characteristic_tests_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the test of every characteristic of the respondents, all its numbers.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``characteristic_tests`` where there is one.
    labels : Labels

    Returns
    -------
    PaperTable
        In the order of the questionnaire: respondents who answered and who did not, test and why,
        statistic with its degrees of freedom, smallest expected count, p-value as it is, after
        Holm and after Benjamini and Hochberg, effect size.
    """
    language = labels.language
    columns = (
        Column(word("paper_characteristic", language), "left"),
        Column(word("n", language)),
        Column(word("no_answer", language)),
        Column(word("column_test", language), "left"),
        Column(word("column_test_reason", language), "left"),
        Column(word("column_statistic", language)),
        Column(word("paper_smallest_expected", language)),
        *(Column(word(key, language)) for key in ("table_one_p", "table_one_p_holm", "paper_p_bh")),
        Column(word("table_one_effect", language)),
    )
    if "characteristic_tests" not in tables:
        nothing = (word("table_one_nothing", language), *[""] * (len(columns) - 1))
        return plain_table(columns, [nothing])
    tests = tables["characteristic_tests"].to_dict("records")
    rows = [
        (
            characteristic_name(labels, str(row["variable"])),
            number(row["n"], language, 0),
            number(row["missing"], language, 0),
            word(f"test_{row['test']}", language),
            word(f"test_reason_{row['test_reason']}", language),
            _statistic(row, language),
            number(row["smallest_expected"], language),
            *(p_value(row[name], language) for name in ("p_value", "p_holm", "p_bh")),
            effect_cell(row, language),
        )
        for row in tests
    ]
    made = sum(row["test"] != "none" for row in tests)
    return plain_table(columns, rows, word("characteristic_tests_note", language, count=made))


def characteristic_name(labels: Labels, variable: str) -> str:
    """Return the short label of a question, with its choice for "question:choice"."""
    question, _, choice = variable.partition(":")
    if not choice:
        return labels.short(variable)
    return word(
        "characteristic_choice", labels.language, question=labels.short(question),
        choice=labels.short(variable),
    )  # fmt: skip


def effect_cell(row: Mapping[Any, Any], language: str, *, sign: str = "") -> str:
    """Return an effect size with its letter: "V 0.29", or "V = 0.29" with a sign."""
    if math.isnan(row["effect"]):
        return MISSING
    parts = (_EFFECTS[row["effect_name"]], sign, number(row["effect"], language, 2))
    return NO_BREAK_SPACE.join(filter(None, parts))


def _test_or_reason(row: Mapping[Any, Any]) -> str:
    return str(row["test_reason"] if row["test"] == "none" else row["test"])


def _statistic(row: Mapping[Any, Any], language: str) -> str:
    if math.isnan(row["statistic"]):
        return MISSING
    df = number(row["df"], language, 0)
    if not math.isnan(row["df_denominator"]):
        df = word(
            "statistic_two_df", language, first=number(row["df"], language),
            second=number(row["df_denominator"], language),
        )  # fmt: skip
    return word(
        "statistic_cell", language, letter=_LETTERS[row["test"]], df=df,
        value=number(row["statistic"], language, 2),
    )  # fmt: skip
