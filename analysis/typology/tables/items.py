"""Tables of the items: the most unanimous, the reliability of the blocks, every answer."""

from __future__ import annotations

import pandas as pd

from typology.findings import Tables
from typology.labels import Labels
from typology.tables.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.words import number, percent, word


def unanimous_table(tables: Tables, labels: Labels, block: str, *, top: int = 5) -> PaperTable:
    """Return the items of a block that gather the most agreement.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``item_agreement``.
    labels : Labels
    block : str
    top : int
        How many.

    Returns
    -------
    PaperTable
        Rank, full wording, share agreeing with its 95 % Wilson interval, consensus.
    """
    language = labels.language
    first = most_unanimous(tables, block, top=top)
    rows = [
        (
            number(row["rank"], language, 0),
            labels.variable(row["item"]),
            percent(row["agree_share"], language),
            interval(row["agree_low"], row["agree_high"], language),
            number(row["consensus"], language, 2),
        )
        for row in first.to_dict("records")
    ]
    columns = (
        Column(word("rank", language)),
        Column(word("item", language), "left"),
        Column(word("agree", language)),
        Column(word("interval_95", language)),
        Column(word("consensus", language)),
    )
    return plain_table(columns, rows, word("paper_unanimous_note", language))


def most_unanimous(tables: Tables, block: str, *, top: int) -> pd.DataFrame:
    """Return the first rows of ``item_agreement`` of a block, by rank.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
    block : str
    top : int

    Returns
    -------
    DataFrame

    Raises
    ------
    ValueError
        If there is no such block.
    """
    agreement = tables["item_agreement"]
    own = agreement[agreement["block"] == block]
    if own.empty:
        known = ", ".join(dict.fromkeys(agreement["block"]))
        raise ValueError(f"block is {block!r}; expected one of {known}.")
    return own.sort_values("rank", kind="stable").head(top)


def interval(low: float, high: float, language: str) -> str:
    """Return an interval without its unit: ``"73.5–82.6"``."""
    return f"{number(low, language)}–{number(high, language)}"


def reliability_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return Cronbach's alpha and McDonald's omega of every block.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``reliability``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    rows = [
        (
            labels.block(row["block"]),
            number(row["items"], language, 0),
            number(row["n"], language, 0),
            *(number(row[name], language, 2) for name in ("alpha", "omega", "mean_polychoric")),
        )
        for row in tables["reliability"].to_dict("records")
    ]
    columns = (
        Column(word("block", language), "left"),
        *(
            Column(word(key, language))
            for key in ("items", "n", "column_alpha", "column_omega", "column_mean_polychoric")
        ),
    )
    return plain_table(columns, rows, word("paper_reliability_note", language))


def all_items_table(tables: Tables, labels: Labels, block: str | None = None) -> PaperTable:
    """Return the answers to every item.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``item_distribution`` and ``item_agreement``.
    labels : Labels
    block : str or None
        Only the items of this block.

    Returns
    -------
    PaperTable
        Share of each answer in percent, mean and consensus; grouped by block. The answers are
        those of the scale when all the items shown have the same; else disagree, neutral, agree.
    """
    language = labels.language
    agreement = tables["item_agreement"]
    if block is not None:
        agreement = agreement[
            agreement["item"].isin(most_unanimous(tables, block, top=10**6)["item"])
        ]
    blocks = list(dict.fromkeys(agreement["block"]))
    scales = {labels.questionnaire.block(each).scale for each in blocks}
    if len(scales) == 1:
        answers = labels.scale(blocks[0])
        shares = _distribution(tables)
    else:
        answers = [word(key, language) for key in ("disagree", "neutral", "agree")]
        shares = agreement.set_index("item")[["disagree_share", "neutral_share", "agree_share"]]
    columns = (
        Column(word("column_item", language), "left"),
        Column(word("item", language), "left"),
        Column(word("n", language)),
        *(Column(answer) for answer in answers),
        Column(word("mean", language)),
        Column(word("consensus", language)),
    )
    groups = [
        RowGroup(
            labels.block(each) if len(blocks) > 1 else "",
            tuple(
                (
                    row["item"],
                    labels.variable(row["item"]),
                    number(row["n"], language, 0),
                    *(number(share, language) for share in shares.loc[row["item"]]),
                    number(row["mean"], language, 2),
                    number(row["consensus"], language, 2),
                )
                for row in agreement[agreement["block"] == each].to_dict("records")
            ),
        )
        for each in blocks
    ]
    return PaperTable(columns, tuple(groups), (word("paper_items_note", language),))


def _distribution(tables: Tables) -> pd.DataFrame:
    """Return the share of each answer: items x codes, those of its own scale."""
    return tables["item_distribution"].pivot_table(
        index="item", columns="code", values="share", fill_value=0
    )
