"""Sentences on the types: who they are, how many there are, how they were cut."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from typology.exhibits.class_shares import class_share
from typology.exhibits.clauses import (
    against,
    block_phrase,
    capital,
    characteristic,
    listed,
    quoted,
    type_name,
    with_count,
)
from typology.exhibits.hidden_counts import (
    agreement_shares,
    plural_of,
    told_agreement,
    told_count,
    told_share,
)
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import (
    LEVEL,
    Tables,
    active_blocks,
    class_row,
    consolidation_moves,
    marking_categories,
    overall_block_means,
    type_id,
)
from typology.types.naming_sentences import unnamed_sentence
from typology.words import number
from typology.words.markdown import escape_markdown

ITEMS_TOLD = 3
MORE_TOLD, LESS_TOLD = 5, 3
TOLD_IN_BRIEF = 2
NOTABLE_POINTS, MANY_POINTS = 10.0, 30.0
# Distance of a class from all, as a share of the length of the scale.
_DEGREES = (("far", 0.2), ("plain", 0.1), ("little", 0.04))


def type_title(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return a type with its size, for a heading.

    "Type 1, « les réticents » (n = 59 ; 18,9 %)", or "Classe 3 (n = 40 ; 12,8 %)".
    """
    named = _named(tables, labels, class_number, "title")
    return f"{named} ({_size(tables, labels, class_number)})"


def type_sentences(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return what marks a type: blocks, items, characteristics.

    A paragraph in Markdown. A class without a name says why. Items are told from 10 points of
    difference in the share agreeing; characteristics and means of numbers from an adjusted p-value
    below 0.05. Uses ``classes``, ``class_profiles``, ``class_categories``, ``class_quantities``.
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

    Uses ``inertia_gains`` and ``classes``.
    """
    language = labels.language
    table = tables["inertia_gains"]
    number_of_classes = len(tables["classes"])
    suggested = [int(each) for each in table.loc[table["suggested"].astype(bool), "classes"]]
    by = str(table["suggested_by"].iloc[0])
    criterion = {
        int(q): float(c) for q, c in zip(table["classes"], table["criterion"], strict=True)
    }
    within = {
        int(q): float(w) for q, w in zip(table["classes"], table["within_share"], strict=True)
    }
    values: dict[str, Any] = {"count": with_count(number_of_classes, language)}
    key = "narrative_classes"
    if suggested:
        same = suggested[0] == number_of_classes
        key = "narrative_classes_as_suggested" if same else "narrative_classes_other"
        values["suggested"] = with_count(suggested[0], language)
        values["criterion"] = labels.word("suggesting_criterion", by)
    sentences = [micro_clusters_sentence(tables, labels), labels.word(key, **values)]
    if suggested and by == "within_ratio" and 2 in criterion and suggested[0] != 2:
        two, best = criterion[2], criterion[suggested[0]]
        if two < best:
            sentences.append(
                labels.word("narrative_two_classes", two=labels.number(two, 2),
                     best=labels.number(best, 2))
            )  # fmt: skip
    if number_of_classes in within:
        left = labels.percent(within[number_of_classes])
        sentences.append(labels.word("narrative_within", share=left))
    sizes = [named_with_size(tables, labels, int(each)) for each in tables["classes"]["class"]]
    sentences.append(labels.word("narrative_sizes", list=listed(sizes, language)))
    return " ".join(filter(None, sentences))


def micro_clusters_sentence(tables: Tables, labels: Labels) -> str:
    """Return on what the tree was built where the respondents were too many; "" otherwise.

    Uses ``inertia_gains``.
    """
    gains = tables["inertia_gains"]
    if "micro_clusters" not in gains:
        return ""
    made, most = (int(gains[column].iloc[0]) for column in ("micro_clusters", "exact_up_to"))
    return labels.word(
        "narrative_micro_clusters",
        count=labels.number(made, 0),
        most=labels.number(most, 0),
    )


def consolidation_sentence(tables: Tables, labels: Labels) -> str:
    """Return how many respondents changed class at consolidation.

    Uses ``consolidation`` and ``class_moves``.
    """
    moves = consolidation_moves(tables)
    return labels.word(
        "narrative_moved",
        plural=plural_of(moves.moved),
        moved=told_count(moves.moved, labels.language),
        total=labels.number(moves.total, 0),
        share=told_share(moves.moved, moves.total, labels.language),
    )


def largest_move_sentence(tables: Tables, labels: Labels) -> str:
    """Return which move of consolidation is the largest; "" where none is told.

    Uses ``class_moves`` and ``classes``.
    """
    table, moves = tables["class_moves"], consolidation_moves(tables)
    moved = table[~table["continues"].astype(bool) & (table["n"] > 0)]
    if moved.empty:
        return ""
    largest = moved.iloc[int(moved["n"].to_numpy().argmax())]
    branch, final, n = (int(largest[name]) for name in ("tree_class", "class", "n"))
    if branch not in moves.continues:
        return ""
    return labels.word(
        "movers_largest",
        plural=n,
        n=labels.number(n, 0),
        branch=quoted(type_name(tables, labels, moves.continues[branch]), labels.language),
        type=quoted(type_name(tables, labels, final), labels.language),
    )


def _named(tables: Tables, labels: Labels, class_number: int, form: str) -> str:
    """Return the name of a class, as the title or the subject of a sentence."""
    kind = type_id(tables, class_number)
    if not kind:
        return labels.word("narrative_class", form, number=class_number)
    return labels.word(
        "narrative_type",
        form,
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
        else labels.word("narrative_class", "within", number=class_number)
    )
    return f"{name} ({_size(tables, labels, class_number)})"


def _size(tables: Tables, labels: Labels, class_number: int) -> str:
    row, language = class_row(tables, class_number), labels.language
    if pd.isna(row["n"]):
        return labels.word("not_shown")
    return labels.word(
        "n_and_share", n=labels.number(row["n"], 0), share=class_share(row, language)
    )


def _blocks_sentence(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return the mean agreement of a class against that of all, the widest gap first."""
    language = labels.language
    row, means = class_row(tables, class_number), overall_block_means(tables)
    gaps: dict[tuple[str, str] | None, list[str]] = {}
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
                labels.word(
                    "narrative_block_means" if own_scale == scale else
                    "narrative_block_means_first" if first else "narrative_block_means_scale",
                    block=block_phrase(labels, block),
                    **_two_numbers(row[f"mean_{block}"], means[block], language),
                    scale=own_scale,
                )
            )  # fmt: skip
            scale = own_scale
        place, blocks_told = "next" if clauses else "first", listed(told, language)
        if degree is None:
            clauses.append(labels.word("narrative_close", place, blocks=blocks_told))
            continue
        words = labels.word("narrative_degree", *degree)
        clauses.append(labels.word("narrative_gap", place, degree=words, blocks=blocks_told))
    many = any(len(blocks) > 1 for blocks in gaps.values())
    joined = (
        labels.word("narrative_then").join(clauses) if many or len(clauses) > 2
        else listed(clauses, language)
    )  # fmt: skip
    subject = _named(tables, labels, class_number, "subject")
    comma = "," if type_id(tables, class_number) else ""
    return f"{subject} ({_size(tables, labels, class_number)}){comma} {joined}."


def _gap(labels: Labels, block: str, row: Mapping[str, Any], means: Mapping[str, float]) -> float:
    codes = labels.questionnaire.scales[labels.questionnaire.block(block).scale].codes
    return float(row[f"mean_{block}"] - means[block]) / (codes[-1] - codes[0])


def _degree(gap: float) -> tuple[str, str] | None:
    """Return which way a gap goes and how far; None where there is hardly any."""
    for name, least in _DEGREES:
        if abs(gap) >= least:
            return ("more" if gap > 0 else "less", name)
    return None


def _rank(gap: float) -> int:
    """Return 3 for a wide gap, down to 0 for none."""
    return sum(abs(gap) >= least for _, least in _DEGREES)


def _scale(labels: Labels, block: str) -> str:
    codes = labels.questionnaire.scales[labels.questionnaire.block(block).scale].codes
    return labels.word("narrative_scale", low=codes[0], high=codes[-1])


def _two_numbers(value: float, overall: float, language: str) -> dict[str, Any]:
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
    gaps = (agreement_shares(own) - own["overall_agree_share"]).sort_values(kind="stable")
    sides = {
        "less": gaps[gaps <= -NOTABLE_POINTS].head(ITEMS_TOLD),
        "more": gaps[gaps >= NOTABLE_POINTS].iloc[::-1].head(ITEMS_TOLD),
    }
    told = {side: found for side, found in sides.items() if len(found)}
    if not told:
        return labels.word("narrative_items_none", points=int(NOTABLE_POINTS))
    clauses: list[str] = []
    for side, found in sorted(told.items(), key=lambda pair: -abs(pair[1].iloc[0])):
        items = [
            f"{quoted(labels.short(row['item']), language)} "
            + against(
                told_agreement(row, language),
                told_agreement(row, language, "overall_agree_share"),
                language,
            )
            for row in own.loc[found.index].to_dict("records")
        ]
        strength = "much" if abs(found.iloc[-1]) >= MANY_POINTS else "plain"
        place = "next" if clauses else "first"
        clauses.append(
            labels.word(
                "narrative_items", place,
                degree=labels.word("narrative_often", strength, side),
                items=listed(items, language),
            )
        )  # fmt: skip
    return capital(labels.word("narrative_then").join(clauses)) + "."


def _characteristics_sentence(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return the characteristics more and less frequent in a class than among all."""
    tests = tables["class_categories"]
    if not (tests["role"] == "supplementary").any():
        return ""
    quantities = set(_marking_quantities(tables, class_number)["variable"])
    found = _marking_answers(tables, class_number)
    more = _more_frequent(tables, class_number).head(MORE_TOLD)
    less = found[(found["v_test"] < 0) & ~found["variable"].isin(more["variable"])]
    less = less.drop_duplicates("variable").head(LESS_TOLD)
    language = labels.language
    clauses: list[str] = []
    for side, rows in (("more", more), ("less", less)):
        if len(rows):
            place = "then" if clauses else "first"
            told = listed(_characteristics(rows, labels), language)
            clauses.append(
                labels.word("narrative_answers", side, place, plural=len(rows), list=told)
            )
    if not clauses:
        if quantities:
            return ""
        clauses = [labels.word("narrative_no_answer_stands_out")]
    joined = labels.word("narrative_then").join(clauses)
    return labels.word("narrative_characteristics", list=joined)


def _marking_answers(tables: Tables, class_number: int) -> pd.DataFrame:
    """Return the answers to other questions that mark a class, but for numbers told by means."""
    found = marking_categories(tables, class_number, "supplementary")
    quantities = set(_marking_quantities(tables, class_number)["variable"])
    found = found[~found["variable"].isin(quantities)]
    negated = found["variable"].str.contains(":") & (found["category"] == "no")
    return found[~negated]


def _more_frequent(tables: Tables, class_number: int) -> pd.DataFrame:
    found = _marking_answers(tables, class_number)
    return found[found["v_test"] > 0].drop_duplicates("variable")


def _characteristics(rows: pd.DataFrame, labels: Labels) -> list[str]:
    return [
        f"{characteristic(labels, row['variable'], row['category'])} "
        + against(
            labels.percent(row["category_share"]),
            labels.percent(row["overall_share"]),
            labels.language,
        )
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
                labels.word(
                    "narrative_mean_unit" if unit else "narrative_mean",
                    name=quoted(labels.short(row["variable"]), language),
                    **_two_numbers(row["class_mean"], row["overall_mean"], language),
                    unit=escape_markdown(unit),
                )
            )  # fmt: skip
        if told:
            told_here = listed(told, language)
            sentences.append(labels.word("narrative_mean_side", side, list=told_here))
    return " ".join(sentences)


def types_in_brief(tables: Tables, labels: Labels) -> str:
    """Return each type in a paragraph: its agreement, the answers that mark it most.

    Uses ``classes``, ``class_categories`` and ``class_quantities``.
    """
    told = []
    for number_ in (int(each) for each in tables["classes"]["class"]):
        sentences = [_blocks_sentence(tables, labels, number_)]
        marking = _more_frequent(tables, number_).head(TOLD_IN_BRIEF)
        if len(marking):
            answers = listed(_characteristics(marking, labels), labels.language)
            sentences.append(labels.word("brief_more", list=answers))
        told.append(" ".join(sentences))
    return "\n\n".join(told)


def classes_in_brief(tables: Tables, labels: Labels) -> str:
    """Return how many types there are, each with its size."""
    language = labels.language
    numbers = [int(each) for each in tables["classes"]["class"]]
    return labels.word(
        "summary_classes",
        count=with_count(len(numbers), language),
        list=listed([named_with_size(tables, labels, each) for each in numbers], language),
    )
