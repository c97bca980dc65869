"""Sentences on what respondents ranked: the order that they give, and how far it is one."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from typology.exhibits.clauses import inside, listed, quoted
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import LEVEL, Tables
from typology.words.markdown import escape_markdown


def ranked_sentences(tables: Tables, labels: Labels) -> list[str]:
    """Return, for each question ranked, its mean ranks, Kendall's W and what it says.

    Uses ``characteristics``, and ``rank_agreement`` where there is one.
    """
    return [_sentence(tables, row, labels) for row in _rows(tables)]


def rank_notes(tables: Tables, labels: Labels) -> list[str]:
    """Return, for each question ranked, Kendall's W with its test as a note of a table."""
    return [
        labels.word("rank_note", question=labels.short(str(row["variable"])),
                    agreement=_agreement(row, labels))
        for row in _rows(tables)
    ]  # fmt: skip


def _rows(tables: Tables) -> list[dict[Hashable, Any]]:
    return tables["rank_agreement"].to_dict("records") if "rank_agreement" in tables else []


def _sentence(tables: Tables, row: Mapping[Hashable, Any], labels: Labels) -> str:
    described = tables["characteristics"]
    chosen = (described["kind"] == "rank") & (described["class"] == 0)
    own = described[chosen & described["variable"].str.startswith(f"{row['variable']}:")]
    means = [
        labels.word(
            "rank_mean",
            choice=quoted(labels.short(str(each["variable"])), labels.language),
            mean=labels.number(each["mean"], 1),
        )
        for each in own.dropna(subset=["mean"]).sort_values("mean", kind="stable")
        .to_dict("records")
    ]  # fmt: skip
    return labels.word(
        "rank_sentence",
        "shared" if row["p_value"] < LEVEL else "not_shown",
        question=escape_markdown(inside(labels.short(str(row["variable"])))),
        list=listed(means, labels.language),
        agreement=_agreement(row, labels),
    )


def _agreement(row: Mapping[Hashable, Any], labels: Labels) -> str:
    return labels.word(
        "rank_agreement",
        w=labels.number(row["kendalls_w"], 2),
        test=labels.word("test", row["test"]),
        statistic=labels.number(row["statistic"], 2),
        df=labels.number(row["df"], 0),
        p=labels.p(row["p_value"], named=True),
        n=labels.number(row["n"], 0),
    )
