"""Sentences on the types: who they are, how many there are, how they were cut."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from typology.class_shares import class_share
from typology.findings import (
    LEVEL,
    Tables,
    active_blocks,
    class_row,
    consolidation_moves,
    marking_categories,
    overall_block_means,
    type_id,
)
from typology.labels import Labels
from typology.narrative_naming import unnamed_sentence
from typology.narrative_phrases import (
    against,
    block_phrase,
    capital,
    characteristic,
    counted,
    listed,
    quoted,
)
from typology.tables.markdown import escape_markdown
from typology.words import number, percent, word

ITEMS_TOLD = 3
MORE_TOLD, LESS_TOLD = 5, 3
NOTABLE_POINTS, MANY_POINTS = 10.0, 30.0
# Distance of a class from all, as a share of the length of the scale.
_DEGREES = (("far", 0.2), ("plain", 0.1), ("little", 0.04))


def type_title(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return a type with its size, for a heading.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
    labels : Labels
    class_number : int

    Returns
    -------
    str
        "Type 1, « les réticents » (n = 59 ; 18,9 %)", or "Classe 3 (n = 40 ; 12,8 %)".
    """
    named = _named(tables, labels, class_number, "title")
    return f"{named} ({_size(tables, labels, class_number)})"


def type_sentences(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return what marks a type: blocks, items, characteristics.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``classes``, ``class_profiles``, ``class_categories``, ``class_quantities``.
    labels : Labels
    class_number : int

    Returns
    -------
    str
        A paragraph in Markdown. A class without a name says why. Items are told from 10 points of
        difference in the share agreeing; characteristics and means of numbers from an adjusted
        p-value below 0.05.
    """
    parts = (
        unnamed_sentence(tables, labels, class_number),
        _blocks_sentence(tables, labels, class_number),
        _items_sentence(tables, labels, class_number),
        _characteristics_sentence(tables, labels, class_number),
        _quantities_sentence(tables, labels, class_number),
    )
    return " ".join(filter(None, parts))


def classes_sentence(tables: Tables, labels: Labels) -> str:
    """Return how the tree was cut, what it suggested, and the size of each type.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``inertia_gains`` and ``classes``.
    labels : Labels

    Returns
    -------
    str
    """
    language = labels.language
    table = tables["inertia_gains"]
    number_of_classes = len(tables["classes"])
    suggested = [int(each) for each in table.loc[table["suggested"].astype(bool), "classes"]]
    criterion = {
        int(q): float(c) for q, c in zip(table["classes"], table["criterion"], strict=True)
    }
    within = {
        int(q): float(w) for q, w in zip(table["classes"], table["within_share"], strict=True)
    }
    values: dict[str, object] = {"count": counted(number_of_classes, language)}
    key = "narrative_classes"
    if suggested:
        same = suggested[0] == number_of_classes
        key = f"narrative_classes_{'as_suggested' if same else 'other'}"
        values["suggested"] = counted(suggested[0], language)
    sentences = [word(key, language, **values)]
    if suggested and 2 in criterion and suggested[0] != 2:
        two, best = criterion[2], criterion[suggested[0]]
        if two < best:
            sentences.append(
                word("narrative_two_classes", language, two=number(two, language, 2),
                     best=number(best, language, 2))
            )  # fmt: skip
    if number_of_classes in within:
        left = percent(within[number_of_classes], language)
        sentences.append(word("narrative_within", language, share=left))
    sizes = [named_with_size(tables, labels, int(each)) for each in tables["classes"]["class"]]
    sentences.append(word("narrative_sizes", language, list=listed(sizes, language)))
    return " ".join(sentences)


def consolidation_sentence(tables: Tables, labels: Labels) -> str:
    """Return how many respondents changed class at consolidation.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``class_moves``.
    labels : Labels

    Returns
    -------
    str
    """
    language = labels.language
    moves = consolidation_moves(tables)
    if moves.moved == 0:
        return word("narrative_moved_none", language)
    key = "narrative_moved_one" if moves.moved == 1 else "narrative_moved"
    return word(
        key,
        language,
        moved=number(moves.moved, language, 0),
        total=number(moves.total, language, 0),
        share=percent(100 * moves.moved / moves.total, language),
    )


def _named(tables: Tables, labels: Labels, class_number: int, form: str) -> str:
    """Return the name of a class, as the title or the subject of a sentence."""
    kind = type_id(tables, class_number)
    if not kind:
        return word(f"narrative_class_{form}", labels.language, number=class_number)
    return word(
        f"narrative_type_{form}",
        labels.language,
        number=class_number,
        name=quoted(labels.type(kind, class_number), labels.language),
    )


def named_with_size(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return a type with its size within a sentence: "« les mitigés » (n = 119 ; 38,1 %)"."""
    kind = type_id(tables, class_number)
    language = labels.language
    name = (
        quoted(labels.type(kind, class_number), language)
        if kind
        else _named(tables, labels, class_number, "within")
    )
    return f"{name} ({_size(tables, labels, class_number)})"


def _size(tables: Tables, labels: Labels, class_number: int) -> str:
    row, language = class_row(tables, class_number), labels.language
    return word(
        "n_and_share",
        language,
        n=number(row["n"], language, 0),
        share=class_share(row, language),
    )


def _blocks_sentence(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return the mean agreement of a class against that of all, the widest gap first."""
    language = labels.language
    row, means = class_row(tables, class_number), overall_block_means(tables)
    gaps: dict[str, list[str]] = {}
    for block in sorted(means, key=lambda each: -_rank(_gap(labels, each, row, means))):
        gaps.setdefault(_degree(_gap(labels, block, row, means)), []).append(block)
    clauses: list[str] = []
    scale = ""
    for degree, blocks in gaps.items():
        told: list[str] = []
        for block in blocks:
            own_scale = _scale(labels, block)
            first = not clauses and not told
            told.append(
                word(
                    "narrative_block_means" if own_scale == scale else
                    "narrative_block_means_first" if first else "narrative_block_means_scale",
                    language,
                    block=block_phrase(labels, block),
                    **_two_numbers(row[f"mean_{block}"], means[block], language),
                    scale=own_scale,
                )
            )  # fmt: skip
            scale = own_scale
        place = "next" if clauses else "first"
        key = f"narrative_{'close' if degree == 'close' else 'gap'}_{place}"
        words = "" if degree == "close" else word(f"narrative_{degree}", language)
        clauses.append(word(key, language, degree=words, blocks=listed(told, language)))
    many = any(len(blocks) > 1 for blocks in gaps.values())
    joined = (
        word("narrative_then", language).join(clauses) if many or len(clauses) > 2
        else listed(clauses, language)
    )  # fmt: skip
    subject = _named(tables, labels, class_number, "subject")
    comma = "," if type_id(tables, class_number) else ""
    return f"{subject} ({_size(tables, labels, class_number)}){comma} {joined}."


def _gap(labels: Labels, block: str, row: Mapping[str, Any], means: Mapping[str, float]) -> float:
    codes = labels.questionnaire.scales[labels.questionnaire.block(block).scale].codes
    return float(row[f"mean_{block}"] - means[block]) / (codes[-1] - codes[0])


def _degree(gap: float) -> str:
    for name, least in _DEGREES:
        if abs(gap) >= least:
            return f"{'more' if gap > 0 else 'less'}_{name}"
    return "close"


def _rank(gap: float) -> int:
    """Return 3 for a wide gap, down to 0 for none."""
    return sum(abs(gap) >= least for _, least in _DEGREES)


def _scale(labels: Labels, block: str) -> str:
    codes = labels.questionnaire.scales[labels.questionnaire.block(block).scale].codes
    return word("narrative_scale", labels.language, low=codes[0], high=codes[-1])


def _two_numbers(value: float, overall: float, language: str) -> dict[str, str]:
    """Return two means with one decimal, or two where one does not tell them apart."""
    decimals = 2 if number(value, language) == number(overall, language) else 1
    return {"value": number(value, language, decimals), "all": number(overall, language, decimals)}


def _items_sentence(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return the items on which a class agrees the most above and below all."""
    language = labels.language
    profiles = tables["class_profiles"]
    own = profiles[
        (profiles["class"] == class_number) & profiles["block"].isin(active_blocks(tables))
    ]
    gaps = (own["agree_share"] - own["overall_agree_share"]).sort_values(kind="stable")
    sides = {
        "less": gaps[gaps <= -NOTABLE_POINTS].head(ITEMS_TOLD),
        "more": gaps[gaps >= NOTABLE_POINTS].iloc[::-1].head(ITEMS_TOLD),
    }
    told = {side: found for side, found in sides.items() if len(found)}
    if not told:
        return word("narrative_items_none", language, points=int(NOTABLE_POINTS))
    clauses: list[str] = []
    for side, found in sorted(told.items(), key=lambda pair: -abs(pair[1].iloc[0])):
        items = [
            f"{quoted(labels.short(row['item']), language)} "
            + against(row["agree_share"], row["overall_agree_share"], language)
            for row in own.loc[found.index].to_dict("records")
        ]
        strength = "much_" if abs(found.iloc[-1]) >= MANY_POINTS else ""
        place = "next" if clauses else "first"
        clauses.append(
            word(
                f"narrative_items_{place}", language,
                degree=word(f"narrative_{strength}{side}_often", language),
                items=listed(items, language),
            )
        )  # fmt: skip
    return capital(word("narrative_then", language).join(clauses)) + "."


def _characteristics_sentence(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return the characteristics more and less frequent in a class than among all."""
    tests = tables["class_categories"]
    if not (tests["role"] == "supplementary").any():
        return ""
    found = marking_categories(tables, class_number, "supplementary")
    quantities = set(_marking_quantities(tables, class_number)["variable"])
    found = found[~found["variable"].isin(quantities)]
    negated = found["variable"].str.contains(":") & (found["category"] == "no")
    found = found[~negated]
    more = found[found["v_test"] > 0].drop_duplicates("variable").head(MORE_TOLD)
    less = found[(found["v_test"] < 0) & ~found["variable"].isin(more["variable"])]
    less = less.drop_duplicates("variable").head(LESS_TOLD)
    language = labels.language
    clauses: list[str] = []
    for side, rows in (("more", more), ("less", less)):
        if len(rows):
            then = "_then" if clauses else ""
            one = "_one" if len(rows) == 1 else ""
            told = listed(_characteristics(rows, labels), language)
            clauses.append(word(f"narrative_answers_{side}{then}{one}", language, list=told))
    if not clauses:
        if quantities:
            return ""
        clauses = [word("narrative_no_answer_stands_out", language)]
    joined = word("narrative_then", language).join(clauses)
    return word("narrative_characteristics", language, list=joined)


def _characteristics(rows: pd.DataFrame, labels: Labels) -> list[str]:
    return [
        f"{characteristic(labels, row['variable'], row['category'])} "
        + against(row["category_share"], row["overall_share"], labels.language)
        for row in rows.to_dict("records")
    ]


def _marking_quantities(tables: Tables, class_number: int) -> pd.DataFrame:
    if "class_quantities" not in tables:
        return pd.DataFrame(columns=["class", "variable", "v_test", "p_adjusted"])
    table = tables["class_quantities"]
    return table[(table["class"] == class_number) & (table["p_adjusted"] < LEVEL)]


def _quantities_sentence(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return the numbers whose mean in a class differs from that of all."""
    language = labels.language
    found = _marking_quantities(tables, class_number)
    sentences = []
    for side, sign in (("higher", 1), ("lower", -1)):
        told = []
        for row in found[found["v_test"] * sign > 0].to_dict("records"):
            question = labels.questionnaire.question(row["variable"])
            unit = question.unit.in_(language) if question.unit else ""
            told.append(
                word(
                    "narrative_mean_unit" if unit else "narrative_mean", language,
                    name=quoted(labels.short(row["variable"]), language),
                    **_two_numbers(row["class_mean"], row["overall_mean"], language),
                    unit=escape_markdown(unit),
                )
            )  # fmt: skip
        if told:
            sentences.append(word(f"narrative_{side}", language, list=listed(told, language)))
    return " ".join(sentences)
