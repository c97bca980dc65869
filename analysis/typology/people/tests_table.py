"""The tests of the respondents' characteristics, in words: marks, effects, the table of all."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from typology.exhibits.hidden_counts import cell, hidden_notes, told_effect, told_p
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, plain_table
from typology.exhibits.registry import table_exhibit
from typology.exhibits.run_tables import Tables
from typology.words import MISSING_NUMBER, NO_BREAK_SPACE, number, word

_FOOTNOTE_MARKS = "ᵃᵇᶜᵈᵉᶠᵍʰ"
_EFFECTS = {"cramers_v": "V", "epsilon_squared": "ε²"}
_LETTERS = {"chi-squared": "χ²", "Kruskal-Wallis": "H", "Rao-Scott": "F", "Lumley-Scott": "F"}


@dataclass(frozen=True)
class PValueMarks:
    """The letters put after p-values, and what each stands for.

    ``tests`` are rows of ``characteristic_tests``, in the order of the table.
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
            if name == "Fisher-Freeman-Halton" and drawn:
                drawings = int(max(drawn))
                told = word("table_one_test_drawn", self.language, name, replicates=drawings)
            else:
                told = word("table_one_test", self.language, name)
            yield f"{letter}{NO_BREAK_SPACE}{told}."

    @cached_property
    def _letters(self) -> dict[str, str]:
        names = dict.fromkeys(_test_or_reason(row) for row in self.tests)
        return dict(zip(names, _FOOTNOTE_MARKS, strict=False))


@table_exhibit("characteristic_tests", section="characteristics", scrolling=True)
def characteristic_tests_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the test of every characteristic of the respondents, all its numbers.

    In the order of the questionnaire: respondents who answered and who did not, test and why,
    statistic with its degrees of freedom, smallest expected count, p-value as it is, after Holm and
    after Benjamini and Hochberg, effect size. Uses ``characteristic_tests`` where there is one.
    """
    language = labels.language
    columns = (
        Column(labels.word("paper_characteristic"), "left"),
        Column(labels.word("n")),
        Column(labels.word("no_answer")),
        Column(labels.word("column", "test"), "left"),
        Column(labels.word("column", "test_reason"), "left"),
        Column(labels.word("column", "statistic")),
        Column(labels.word("paper_smallest_expected")),
        *(Column(labels.word(key)) for key in ("table_one_p", "table_one_p_holm", "paper_p_bh")),
        Column(labels.word("table_one_effect")),
    )
    if "characteristic_tests" not in tables:
        nothing = (labels.word("table_one_nothing"), *[""] * (len(columns) - 1))
        return plain_table(columns, [nothing])
    tests = tables["characteristic_tests"].to_dict("records")
    rows = [
        (
            characteristic_name(labels, str(row["variable"])),
            labels.number(row["n"], 0),
            labels.number(row["missing"], 0),
            labels.word("test", row["test"]),
            labels.word("test_reason", row["test_reason"]),
            _statistic(row, language),
            labels.number(row["smallest_expected"]),
            *(told_p(row, name, language) for name in ("p_value", "p_holm", "p_bh")),
            effect_cell(row, language),
        )
        for row in tests
    ]
    made = sum(row["test"] != "none" for row in tests)
    notes = labels.word("characteristic_tests_note", count=made)
    hidden = hidden_notes(labels, tables["characteristic_tests"], rounded=True)
    return plain_table(columns, rows, notes, *hidden)


def characteristic_name(labels: Labels, variable: str) -> str:
    """Return the short label of a question, with its choice for "question:choice"."""
    question, _, choice = variable.partition(":")
    if not choice:
        return labels.short(variable)
    return labels.word(
        "characteristic_choice", question=labels.short(question),
        choice=labels.short(variable),
    )  # fmt: skip


def effect_cell(row: Mapping[Any, Any], language: str, *, sign: str = "") -> str:
    """Return an effect size with its letter: "V 0.29", or "V = 0.29" with a sign."""
    if math.isnan(row["effect"]):
        return told_effect(row, "effect", language)
    told = told_effect(row, "effect", language, sign=sign)
    return f"{_EFFECTS[row['effect_name']]}{NO_BREAK_SPACE}{told}"


def _test_or_reason(row: Mapping[Any, Any]) -> str:
    return str(row["test_reason"] if row["test"] == "none" else row["test"])


def _statistic(row: Mapping[Any, Any], language: str) -> str:
    if math.isnan(row["statistic"]):
        return cell(MISSING_NUMBER, row["statistic"], row)
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
