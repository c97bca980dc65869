"""Tables of the respondents: how many were kept, and who they are, overall and by type."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import pandas as pd

from typology.exhibits.clauses import capital
from typology.exhibits.dates import day_label
from typology.exhibits.hidden_counts import HIDDEN_COUNT, hidden_notes, told_p
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import INDENT, Column, PaperTable, plain_table
from typology.exhibits.registry import table_exhibit
from typology.exhibits.run_tables import Tables, respondents_analysed, text_of
from typology.people.rank_sentences import rank_notes
from typology.people.tests_table import PValueMarks, effect_cell
from typology.questionnaire import Question
from typology.words import MISSING_NUMBER, NO_BREAK_SPACE, number, word

EPOCH = date(1970, 1, 1)
"""From which the days of dates are counted."""


@table_exhibit("flow")
def flow_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the respondents from all that were read to those analysed. Uses ``flow``."""
    flow = tables["flow"]
    ends = flow["step_id"].isin(["read", "analysed"])
    rows = [
        (
            capital(told),
            "" if end else labels.number(excluded, 0),
            labels.number(remaining, 0),
        )
        for told, excluded, remaining, end in zip(
            (labels.word("flow", step) for step in flow["step_id"]),
            flow["excluded"],
            flow["remaining"],
            ends,
            strict=True,
        )
    ]
    columns = (
        Column(labels.word("column", "step_id"), "left"),
        Column(labels.word("column", "excluded")),
        Column(labels.word("column", "remaining")),
    )
    return plain_table(columns, rows)


@table_exhibit("respondents", values=respondents_analysed)
def respondents_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the characteristics of the respondents, overall and by type (Table 1 of a paper).

    In the order of the questionnaire: number and percentage of those who answered, or mean,
    standard deviation and quartiles; missing answers in a row of their own; p-value with the mark
    of its test, p-value corrected after Holm, effect size. A characteristic that cannot be tested
    has the mark of the reason. One row that says so when nothing was asked. Uses ``class_sizes``,
    ``classes``, and ``characteristics`` and ``characteristic_tests`` where there are any.
    """
    names = {0: labels.word("overall")} | {
        number_: labels.type(text_of(kind), int(number_))
        for number_, kind in zip(tables["classes"]["class"], tables["classes"]["type"], strict=True)
    }
    sizes = tables["class_sizes"].set_index("class")["n"]
    columns = (
        Column(labels.word("paper_characteristic"), "left"),
        *(
            Column(labels.word("type_with_n", type=name, n=labels.number(sizes[each], 0)))
            for each, name in names.items()
        ),
        *(
            Column(labels.word(key))
            for key in ("table_one_p", "table_one_p_holm", "table_one_effect")
        ),
    )
    if "characteristics" not in tables:
        nothing = (labels.word("table_one_nothing"), *[""] * (len(columns) - 1))
        return plain_table(columns, [nothing])
    source = _Characteristics(tables, labels, tuple(names))
    rows = [row for question in labels.questionnaire.respondent for row in source.rows_of(question)]
    return plain_table(columns, rows, *source.notes())


@dataclass(frozen=True)
class _Characteristics:
    """Rows of the table of respondents, its columns being the classes (0: all)."""

    tables: Tables
    labels: Labels
    classes: tuple[int, ...]

    @cached_property
    def described(self) -> dict[tuple[str, str], pd.DataFrame]:
        groups = self.tables["characteristics"].groupby(["variable", "kind"], sort=False)
        return {(str(name[0]), str(name[1])): part for name, part in groups}

    @cached_property
    def tests(self) -> dict[str, dict[Any, Any]]:
        rows = self.tables["characteristic_tests"].to_dict("records")
        return {str(row["variable"]): row for row in rows}

    @cached_property
    def marks(self) -> PValueMarks:
        return PValueMarks(list(self.tests.values()), self.labels.language)

    def rows_of(self, question: Question) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a question: its title, what was answered, who did not answer."""
        title = self.labels.short(question.id)
        if question.type in ("multiple", "rank") or question.themes:
            kind = "rank" if question.type == "rank" else "choice"
            names = [f"{question.id}:{part.code}" for part in question.parts]
            known = [name for name in names if (name, kind) in self.described]
            if known:
                yield (title, *self._blank())
                yield from (self._choices if kind == "choice" else self._ranks)(known)
        elif question.id in self.tests:
            unit = question.unit.in_(self.labels.language) if question.unit else ""
            yield (title + (f" ({unit})" if unit else ""), *self._tested(question.id))
            if (question.id, "quantity") in self.described:
                yield from self._measures(question.id, "quantity", INDENT)
            if (question.id, "date") in self.described:
                yield from self._days(question.id)
            for kind in ("category", "ordered", "bands", "periods"):
                if (question.id, kind) in self.described:
                    yield from self._categories(question.id, kind)
            yield from self._missing([question.id], INDENT)

    def notes(self) -> Iterator[str]:
        """Yield what the cells and the marks mean."""
        language = self.labels.language
        kinds = {kind for _, kind in self.described}
        yield word("table_one_cells", language)
        if kinds & {"quantity", "rank"}:
            yield word("table_one_numbers", language)
        if "choice" in kinds:
            yield word("table_one_choices", language)
        if "bands" in kinds:
            yield word("table_one_bands", language)
        if "periods" in kinds:
            yield word("table_one_periods", language)
        if bool(self.tables["class_sizes"]["weighted"].iloc[0]):
            yield word("table_one_weighted", language)
        yield from rank_notes(self.tables, self.labels)
        texts = [q.id for q in self.labels.questionnaire.respondent if q.type == "text"]
        if texts and "verbatims" not in self.tables:
            listed = ", ".join(self.labels.short(name) for name in texts)
            yield word("table_one_texts", language, questions=listed)
        made = sum(row["test"] != "none" for row in self.tests.values())
        if made:
            yield word("table_one_corrected", language, plural=made, count=made)
        yield from self.marks.notes()
        yield from hidden_notes(self.labels, self.tables["characteristics"], rounded=made > 0)

    def _categories(self, variable: str, kind: str) -> Iterator[tuple[str, ...]]:
        for category in self.described[variable, kind]["category"].unique():
            counts = self._counts(variable, kind, category)
            yield (INDENT + self.labels.answer(variable, category), *counts, "", "", "")

    def _choices(self, names: list[str]) -> Iterator[tuple[str, ...]]:
        for name in names:
            counts = self._counts(name, "choice", "yes")
            yield (INDENT + self.labels.short(name), *counts, *self._test(name))
            if not self._missing_alike(names):
                yield from self._missing([name], INDENT * 2)
        if self._missing_alike(names):
            yield from self._missing(names[:1], INDENT)

    def _ranks(self, names: list[str]) -> Iterator[tuple[str, ...]]:
        for name in names:
            yield (INDENT + self.labels.short(name), *self._tested(name))
            yield from self._measures(name, "rank", INDENT * 2)
            if not self._missing_alike(names):
                yield from self._missing([name], INDENT * 2)
        if self._missing_alike(names):
            yield from self._missing(names[:1], INDENT)

    def _measures(self, variable: str, kind: str, indent: str) -> Iterator[tuple[str, ...]]:
        language = self.labels.language
        rows = self._by_class(variable, kind).to_dict("records")
        means = (_mean_sd(row, language) for row in rows)
        yield (indent + word("table_one_mean_sd", language), *means, "", "", "")
        quartiles = (_quartiles(row, language) for row in rows)
        yield (indent + word("table_one_median_iqr", language), *quartiles, "", "", "")

    def _days(self, variable: str) -> Iterator[tuple[str, ...]]:
        """Yield the median of a date, then the first and the last."""
        language = self.labels.language
        medians = self._by_class(variable, "date")["median"]
        cells = (
            MISSING_NUMBER
            if pd.isna(days)
            else day_label(EPOCH + timedelta(days=int(days)), language)
            for days in medians
        )
        yield (INDENT + word("table_one_median_day", language), *cells, "", "", "")
        dates = self.tables["characteristic_dates"]
        own = dates[dates["variable"] == variable].set_index("class").loc[list(self.classes)]
        ranges = (
            word("table_one_days", language, first=_day(first, language), last=_day(last, language))
            if text_of(first)
            else MISSING_NUMBER
            for first, last in zip(own["earliest"], own["latest"], strict=True)
        )
        yield (INDENT + word("table_one_first_last_day", language), *ranges, "", "", "")

    def _counts(self, variable: str, kind: str, category: str) -> list[str]:
        language = self.labels.language
        rows = self._by_class(variable, kind, category)
        return [
            HIDDEN_COUNT
            if pd.isna(n)
            else f"{number(n, language, 0)}{NO_BREAK_SPACE}({number(share, language)})"
            for n, share in zip(rows["n"], rows["share"], strict=True)
        ]

    def _missing(self, variables: list[str], indent: str) -> Iterator[tuple[str, ...]]:
        """Yield the row of those without answer, where there are any."""
        language = self.labels.language
        for variable in variables:
            counts = self._missing_counts(variable)
            if any(count != 0 for count in counts):
                cells = (
                    HIDDEN_COUNT if math.isnan(count) else number(count, language, 0)
                    for count in counts
                )
                yield (indent + word("no_answer", language), *cells, "", "", "")

    def _missing_alike(self, variables: list[str]) -> bool:
        return len({str(self._missing_counts(variable)) for variable in variables}) == 1

    def _missing_counts(self, variable: str) -> list[float]:
        kind = self.tests[variable]["kind"]
        rows = self.described[variable, kind].drop_duplicates("class").set_index("class")
        return [float(count) for count in rows.loc[list(self.classes), "missing"]]

    def _by_class(self, variable: str, kind: str, category: str | None = None) -> pd.DataFrame:
        rows = self.described[variable, kind]
        if category is not None:
            rows = rows[rows["category"] == category]
        return rows.set_index("class").loc[list(self.classes)]

    def _tested(self, variable: str) -> list[str]:
        return [*[""] * len(self.classes), *self._test(variable)]

    def _test(self, variable: str) -> tuple[str, str, str]:
        row, language = self.tests[variable], self.labels.language
        return (
            told_p(row, "p_value", language) + self.marks.of(row),
            told_p(row, "p_holm", language),
            effect_cell(row, language),
        )

    def _blank(self) -> list[str]:
        return [""] * (len(self.classes) + 3)


def _day(written: str, language: str) -> str:
    return day_label(date.fromisoformat(written), language)


def _mean_sd(row: dict[Any, Any], language: str) -> str:
    mean, sd = number(row["mean"], language), number(row["sd"], language)
    if pd.isna(row["mean"]):
        return MISSING_NUMBER
    return f"{mean}{NO_BREAK_SPACE}±{NO_BREAK_SPACE}{sd}"


def _quartiles(row: dict[Any, Any], language: str) -> str:
    if pd.isna(row["median"]):
        return MISSING_NUMBER
    cuts: dict[str, Any] = {
        name: _short_number(row[name], language) for name in ("median", "q1", "q3")
    }
    return word("table_one_quartiles", language, **cuts)


def _short_number(value: float, language: str) -> str:
    """Write a quartile: most are whole, as the answers are."""
    return number(value, language, 0 if float(value).is_integer() else 1)
