"""The table of a published sample against its population."""

from __future__ import annotations

import pandas as pd

from typology.exhibits.paper_table import Column, PaperTable, RowGroup
from typology.study.margins import Margins
from typology.words import number, p_value, percent, word
from typology.words.numbers import signed_number


def published_table(
    margins: Margins, shares: pd.DataFrame, tests: pd.DataFrame, language: str
) -> PaperTable:
    """Return the whole numbers behind published percentages, and what they say, a margin a group.

    The margins give the words of ``published_shares`` and ``published_tests`` of a run.
    """
    groups = []
    for test in tests.to_dict("records"):
        margin = margins.margins[test["margin"]]
        title = test["margin"] if margin.title is None else margin.title.in_(language)
        own = shares[shares["margin"] == test["margin"]]
        rows = tuple(
            (
                margin.names[row["category"]].in_(language)
                if row["category"] in margin.names
                else row["category"],
                number(row["population_n"], language, 0),
                number(row["n"], language, 0),
                number(row["published"], language),
                number(row["sample_share"], language),
                number(row["population_share"], language),
                signed_number(row["difference"], language),
                word(
                    "paper_range",
                    language,
                    low=signed_number(row["low"], language),
                    high=signed_number(row["high"], language),
                ),
            )
            for row in own.to_dict("records")
        )
        test_words = word(
            "paper_margin_test",
            language,
            margin=title,
            chi2=number(test["chi2"], language),
            df=number(test["df"], language, 0),
            p=p_value(test["p_monte_carlo"], language, named=True),
        )
        groups.append(RowGroup(test_words, rows))
    keys = (
        "published_population_n", "published_sample_n", "published_as_published",
        "published_sample", "published_population", "published_difference",
    )  # fmt: skip
    columns = (
        Column(word("category", language), "left"),
        *(Column(word(key, language)) for key in keys),
        Column(word("paper_difference_interval", language)),
    )
    notes = [_base_note(margins, test, language) for _, test in tests.iterrows()]
    if bool(tests["illustrative"].any()):
        notes.insert(0, word("paper_illustrative_note", language))
    return PaperTable(columns, tuple(groups), (*notes, word("published_note", language)))


def _base_note(margins: Margins, test: pd.Series, language: str) -> str:
    title = margins.margins[test["margin"]].title
    return word(
        "published_base_note",
        language,
        margin=test["margin"] if title is None else title.in_(language),
        sum=percent(test["published_sum"], language),
        base=str(test["base"]),
        n=str(test["n"]),
    )
