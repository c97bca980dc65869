"""Sentences on the axes: what each opposes, and whether the second repeats the first."""

from __future__ import annotations

import math

import pandas as pd

from typology.exhibits.clauses import (
    answers_to_items,
    blocks_phrase,
    characteristic,
    listed,
    to_,
)
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables, axis_illustrations, axis_makers
from typology.questionnaire.answer_scale import NO_OPINION

ANSWERS_TOLD, ILLUSTRATIONS_TOLD = 2, 3
_MARKED, _PARTIAL = 0.5, 0.2
# A kind of answer is told when it makes at least this share of what makes its side.
_LEAST_SHARE = 0.15
_NEARLY_ALL = 0.75
_SIDES = ("negative", "positive")
_GRADED = ("agree", "disagree")


def axis_sentences(tables: Tables, labels: Labels, axis: int) -> str:
    """Return what an axis opposes, the answers that make it, and what illustrates it.

    A paragraph in Markdown. Active categories are those of contribution above average;
    supplementary ones those of absolute v-test 2 or more. Uses ``axes`` and ``categories``.
    """
    makers = with_stances(axis_makers(tables, axis), labels)
    sides = {
        "negative": makers[makers["coordinate"] < 0],
        "positive": makers[makers["coordinate"] > 0],
    }
    sentences = [
        labels.word(
            "narrative_axis",
            axis=axis,
            rates=_rates(tables, labels, axis),
            opposition=_opposition(sides, labels),
        )
    ]
    told = [
        labels.word(
            "narrative_axis_side",
            side,
            list=answers_to_items(
                labels,
                list(rows[["variable", "category"]].head(ANSWERS_TOLD).itertuples(index=False)),
            ),
        )
        for side, rows in sides.items()
        if len(rows)
    ]
    if _turned(makers, labels):
        sentences.append(labels.word("narrative_reversed"))
    if told:
        joined = labels.word("narrative_then").join(told)
        sentences.append(labels.word("narrative_axis_answers", list=joined))
    sentences.append(_illustrations(tables, labels, axis))
    return " ".join(filter(None, sentences))


def guttman_sentence(tables: Tables, labels: Labels, *, axis_x: int = 1, axis_y: int = 2) -> str:
    """Return in plain words how far an axis is a quadratic function of an earlier one.

    Marked from an R² of 0.5, partial from 0.2; empty when the pair was not computed. Uses
    ``guttman``.
    """
    r2 = curvature(tables, axis_x=axis_x, axis_y=axis_y)
    if r2 is None:
        return ""
    key = guttman_degree(r2)
    return labels.word("narrative_guttman", key, x=axis_x, y=axis_y, r2=labels.number(r2, 2))


def curvature(tables: Tables, *, axis_x: int = 1, axis_y: int = 2) -> float | None:
    """Return R² of an axis on a quadratic in an earlier one; None when it was not computed."""
    table = tables["guttman"]
    pair = table[(table["axis_x"] == axis_x) & (table["axis_y"] == axis_y)]
    return None if pair.empty else float(pair["r2"].iloc[0])


def guttman_degree(r2: float) -> str:
    """Return whether a Guttman effect is "marked" (R² from 0.5), "partial" (from 0.2) or "none"."""
    return "marked" if r2 >= _MARKED else "partial" if r2 >= _PARTIAL else "none"


def _rates(tables: Tables, labels: Labels, axis: int) -> str:
    table = tables["axes"]
    row = table[table["axis"] == axis].to_dict("records")[0]
    raw = labels.percent(row["percent"])
    if math.isnan(row["benzecri"]):
        return labels.word("narrative_rate", raw=raw)
    corrected = labels.percent(row["benzecri"])
    return labels.word("narrative_rates", raw=raw, corrected=corrected)


def with_stances(categories: pd.DataFrame, labels: Labels) -> pd.DataFrame:
    """Add what each category of an item says: its block, its stance, whether it ends the scale.

    Columns added: ``block``, ``stance`` ("agree", "neutral", "disagree", "no_opinion",
    "no_answer"; reversed items are turned round), ``extreme``.
    """
    questionnaire = labels.questionnaire
    turned = {"agree": "disagree", "disagree": "agree"}
    rows = []
    for item, category in zip(categories["variable"], categories["category"], strict=True):
        scale = questionnaire.scale_of(item)
        if scale.has_category(category):
            said = scale.category(category)
            stance: str = said.stance
            extreme = not {scale.codes[0], scale.codes[-1]}.isdisjoint(said.codes)
        else:
            stance, extreme = "no_opinion" if category == NO_OPINION else "no_answer", False
        if questionnaire.items[item].reversed:
            stance = turned.get(stance, stance)
        rows.append((questionnaire.block_of(item).id, stance, extreme))
    added = pd.DataFrame(rows, columns=["block", "stance", "extreme"], index=categories.index)
    return pd.concat([categories, added], axis=1)


def _turned(makers: pd.DataFrame, labels: Labels) -> bool:
    items = labels.questionnaire.items
    return any(items[item].reversed for item in makers["variable"])


def _opposition(sides: dict[str, pd.DataFrame], labels: Labels) -> str:
    language = labels.language
    firm = _firm_side(sides)
    if firm:
        low, high = (
            [labels.word("narrative_firm" if side == firm else "narrative_between")]
            for side in _SIDES
        )
    else:
        found = {side: _main_kinds(sides[side]) for side in _SIDES}
        shared = set(found["negative"]) & set(found["positive"])
        low, high = (
            _kinds(sides[side], found[side], labels, graded=bool(shared)) for side in _SIDES
        )
    return labels.word(
        "narrative_opposes",
        low=listed(low, language),
        high=listed([to_(kind, language) for kind in high], language)
        if language == "fr"
        else to_(listed(high, language), language),
    )


def _firm_side(sides: dict[str, pd.DataFrame]) -> str:
    """Return the side of the extreme answers, for and against, when the other has none."""
    if not all(map(len, sides.values())):
        return ""
    for side, other in (_SIDES, _SIDES[::-1]):
        firm, rest = sides[side], sides[other]
        if _both_ways(firm) and _extreme(firm) >= _NEARLY_ALL and _extreme(rest) <= 1 - _NEARLY_ALL:
            return side
    return ""


def _both_ways(rows: pd.DataFrame) -> bool:
    """Return whether every block that counts has answers for and against."""
    by_stance = rows.pivot_table(
        index="block", columns="stance", values="contribution", aggfunc="sum", fill_value=0
    ).reindex(columns=["agree", "disagree"], fill_value=0)
    totals = rows.groupby("block")["contribution"].sum()
    counts = totals / totals.sum() >= _LEAST_SHARE
    return bool((by_stance.min(axis=1) / totals)[counts].ge(_LEAST_SHARE).all())


def _extreme(rows: pd.DataFrame) -> float:
    return float((rows["contribution"] * rows["extreme"]).sum() / rows["contribution"].sum())


def _main_kinds(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the kinds of answers, as (stance, block), that make most of a side."""
    if rows.empty:
        return []
    shares = rows.groupby(["stance", "block"])["contribution"].sum() / rows["contribution"].sum()
    shares = shares.sort_values(ascending=False, kind="stable")
    told = shares[shares >= _LEAST_SHARE] if (shares >= _LEAST_SHARE).any() else shares.head(1)
    return [(str(stance), str(block)) for stance, block in told.index]


def _kinds(
    rows: pd.DataFrame, kinds: list[tuple[str, str]], labels: Labels, *, graded: bool
) -> list[str]:
    """Return kinds of answers in words: "l'accord avec les attentes"; firm or mild if graded."""
    if not kinds:
        return [labels.word("narrative_other_answers")]
    blocks: dict[tuple[str, ...], list[str]] = {}
    for stance, block in kinds:
        told: tuple[str, ...] = (stance,)
        if stance in _GRADED:
            own = rows[(rows["stance"] == stance) & (rows["block"] == block)]
            told = (stance, _strength(own) if graded else "plain")
        blocks.setdefault(told, []).append(block)
    return [
        labels.word("narrative_stance", *told, blocks=blocks_phrase(labels, names))
        for told, names in blocks.items()
    ]


def _strength(rows: pd.DataFrame) -> str:
    extreme = _extreme(rows)
    if extreme >= _NEARLY_ALL:
        return "firm"
    return "mild" if extreme <= 1 - _NEARLY_ALL else "plain"


def _illustrations(tables: Tables, labels: Labels, axis: int) -> str:
    language = labels.language
    found = axis_illustrations(tables, axis)
    found = found[~(found["variable"].str.contains(":") & (found["category"] == "no"))]
    told = []
    for side, sign in zip(_SIDES, (-1, 1), strict=True):
        rows = found[found["coordinate"] * sign > 0].drop_duplicates("variable")
        if len(rows):
            names = [
                characteristic(labels, row["variable"], row["category"])
                for row in rows.head(ILLUSTRATIONS_TOLD).to_dict("records")
            ]
            told.append(labels.word("narrative_axis_side", side, list=listed(names, language)))
    if not told:
        return ""
    joined = labels.word("narrative_then").join(told)
    return labels.word("narrative_axis_illustrated", list=joined)
