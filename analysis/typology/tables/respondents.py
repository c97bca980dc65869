"""Tables of the respondents: how many were kept, and who they are, overall and by type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from typology.findings import Tables, text_of
from typology.labels import Labels
from typology.questionnaire import Question
from typology.tables.paper_table import INDENT, Column, PaperTable, plain_table
from typology.words import number, p_value, word

NO_ANSWER = "no answer"


def flow_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the respondents from all that were read to those analysed.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``flow``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    flow = tables["flow"]
    ends = flow["step_id"].isin(["read", "analysed"])
    rows = [
        (
            word(f"flow_{step}", language),
            "" if end else number(excluded, language, 0),
            number(remaining, language, 0),
        )
        for step, excluded, remaining, end in zip(
            flow["step_id"], flow["excluded"], flow["remaining"], ends, strict=True
        )
    ]
    columns = (
        Column(word("column_step_id", language), "left"),
        Column(word("column_excluded", language)),
        Column(word("column_remaining", language)),
    )
    return plain_table(columns, rows)


def respondents_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the characteristics of the respondents, overall and by type (Table 1 of a paper).

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``classes``, ``class_categories``, ``class_variables`` and ``class_quantities``.
    labels : Labels

    Returns
    -------
    PaperTable
        Numbers and percentages of all respondents of each column, "no answer" being a row of its
        own; mean and standard deviation of numbers. A characteristic on which all gave the same
        answer is not in these tables, nor are free texts and ranks.
    """
    language = labels.language
    classes = tables["classes"]
    sizes = {0: float(classes["n"].sum()), **dict(zip(classes["class"], classes["n"], strict=True))}
    names = {0: word("overall", language)} | {
        number_: labels.type(text_of(kind), int(number_))
        for number_, kind in zip(classes["class"], classes["type"], strict=True)
    }
    columns = (
        Column(word("paper_characteristic", language), "left"),
        *(
            Column(word("type_with_n", language, type=names[each], n=number(n, language, 0)))
            for each, n in sizes.items()
        ),
        Column(word("p_value", language)),
        Column(word("cramers_v", language)),
    )
    source = _Characteristics(tables, labels, sizes)
    rows = [row for question in labels.questionnaire.respondent for row in source.rows_of(question)]
    return plain_table(
        columns,
        rows,
        word("paper_respondents_note", language),
        word("paper_respondents_tests", language),
    )


@dataclass(frozen=True)
class _Characteristics:
    """Rows of the table of respondents."""

    tables: Tables
    labels: Labels
    sizes: dict[int, float]

    def rows_of(self, question: Question) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a question: its mean, its categories, or its choices."""
        if question.type == "number":
            yield from self._mean(question)
        if question.type == "multiple":
            names = [f"{question.id}:{choice.code}" for choice in question.choices]
            known = [name for name in names if "yes" in self._counts(name).index]
            if known:
                yield (self.labels.short(question.id), *self._blank(), "", "")
            for name in known:
                counts = self._counts(name)
                yield (INDENT + self.labels.short(name), *self._cells(counts, "yes"),
                       *self._test(name))  # fmt: skip
                if NO_ANSWER in counts.index:
                    missing = word("no_answer", self.labels.language)
                    yield (INDENT * 2 + missing, *self._cells(counts, NO_ANSWER), "", "")
            return
        counts = self._counts(question.id)
        if len(counts):
            yield (self._title(question), *self._blank(), *self._test(question.id))
        for category in counts.index:
            answer = self.labels.answer(question.id, category)
            yield (INDENT + answer, *self._cells(counts, category), "", "")

    def _title(self, question: Question) -> str:
        title = self.labels.short(question.id)
        return f"{title}, n (%)" if question.type == "number" else title

    def _mean(self, question: Question) -> Iterator[tuple[str, ...]]:
        language = self.labels.language
        described = self.tables.get("class_quantities")
        if described is None:
            return
        own = described[described["variable"] == question.id].set_index("class")
        if own.empty:
            return
        first = own.iloc[0]
        pairs = [(first["overall_mean"], first["overall_sd"])]
        for each in list(self.sizes)[1:]:
            row = own.loc[each] if each in own.index else None
            pairs.append((np.nan, np.nan) if row is None else (row["class_mean"], row["class_sd"]))
        unit = question.unit.in_(language) if question.unit else ""
        title = self.labels.short(question.id) + (f" ({unit})" if unit else "")
        cells = (f"{number(mean, language)} ({number(sd, language)})" for mean, sd in pairs)
        yield (f"{title}, {word('paper_mean_sd', language)}", *cells, "", "")

    def _counts(self, variable: str) -> pd.DataFrame:
        """Return a category's share of each column (0: all), in the order of the questionnaire."""
        tests = self.tables["class_categories"]
        own = tests[(tests["variable"] == variable) & (tests["role"] == "supplementary")]
        shares = own.pivot_table(
            index="category", columns="class", values="category_share", sort=False
        )
        shares[0] = own.groupby("category")["overall_share"].first()
        return shares.loc[self._ordered(variable, list(shares.index)), list(self.sizes)]

    def _ordered(self, variable: str, found: list[str]) -> list[str]:
        name, _, choice = variable.partition(":")
        question = self.labels.questionnaire.question(name)
        if choice or not question.choice_codes:
            return sorted(found, key=lambda category: category == NO_ANSWER)
        return [code for code in (*question.choice_codes, NO_ANSWER) if code in found]

    def _cells(self, shares: pd.DataFrame, category: str) -> Iterator[str]:
        language = self.labels.language
        row = shares[shares.index == category].to_numpy()[0]
        for share, n in zip(row, self.sizes.values(), strict=True):
            count = number(share * n / 100, language, 0)
            yield f"{count} ({number(share, language)})"

    def _test(self, variable: str) -> tuple[str, str]:
        tests = self.tables["class_variables"]
        language = self.labels.language
        row = tests[tests["variable"] == variable].to_dict("records")[0]
        return p_value(row["p_adjusted"], language), number(row["cramers_v"], language, 2)

    def _blank(self) -> list[str]:
        return [""] * len(self.sizes)
