"""What the command `compare` prints."""

from __future__ import annotations

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from typology.exhibits.labels import Labels
from typology.tools.compare.files import Compared
from typology.tools.compare.invariance import comparability
from typology.words import number, p_value, percent, word
from typology.words.phrases import in_language, phrase
from typology.words.statistic_values import replicated_p

MOST_MOVED = 8
_MOST_NAMED = 6


def print_compared(console: Console, compared: Compared) -> None:
    """Print what differs between the two samples, and whether the types hold."""
    comparison, labels = compared.comparison, compared.labels
    language, tables = labels.language, comparison.tables
    whole = comparison.first.own is not comparison.reference
    reference = word("compare_all", language) if whole else comparison.first.name
    console.print(
        Text(
            word(
                "compare_title",
                language,
                first=comparison.first.name,
                second=comparison.second.name,
                reference=reference,
            ),
            style="bold",
        )
    )
    if comparison.reference.study.choices.simulated:
        console.print(Text(word("simulated_warning", language), style="bold yellow"))
    for notice in compared.notices:
        told = phrase("For information: {notice}", notice=notice)
        console.print(Text(in_language(told, language)))
    names = (comparison.first.name, comparison.second.name)
    console.print()
    console.print(Text(invariance_sentence(tables["comparison_invariance"], labels)))
    console.print()
    console.print(_shares(tables["comparison_shares"], labels, names))
    console.print(Text(_test(tables["comparison_test"].iloc[0], language)))
    if "comparison_transitions" in tables:
        console.print()
        console.print(_transitions(tables["comparison_transitions"], labels, names))
    console.print()
    console.print(_items(tables["comparison_items"], labels, names))
    console.print()
    for line in _again(compared):
        console.print(Text(line))
    if compared.hidden_rows:
        console.print()
        console.print(Text(hidden_rows_sentence(compared)))
    console.print()
    console.print(Text(word("results_written", language, folder=str(compared.output))))


def hidden_rows_sentence(compared: Compared) -> str:
    """Return that the tables written say less than the screen."""
    language, study = compared.labels.language, compared.comparison.reference.study
    smallest = study.choices.disclosure.smallest_cell
    count = compared.hidden_rows
    return word(
        "compare_hidden",
        language,
        plural=count,
        count=number(count, language, 0),
        smallest=smallest,
    )


def invariance_sentence(invariance: pd.DataFrame, labels: Labels) -> str:
    """Return whether shares may be compared, and which items are no longer answered alike."""
    language = labels.language
    tested = invariance[invariance["moved"] != "untested"]
    moved = tested[tested["moved"] != "no"].sort_values("p_value", kind="stable")
    named = [
        word(
            "compare_item_moved",
            language,
            str(row["moved"]),
            item=f"{row['item']} {labels.short(row['item'])}",
            shift=("+" if row["shift"] > 0 else "") + number(row["shift"], language, 2),
        )
        for row in moved.head(_MOST_NAMED).to_dict("records")
    ]
    more = len(moved) - len(named)
    if more:
        named.append(word("compare_more_moved", language, plural=more, count=more))
    return word(
        "compare_invariance",
        language,
        comparability(invariance),
        count=len(tested),
        moved=len(moved),
        list=word("narrative_then", language).join(named),
    )


def _table(title: str, first: str, *numbers: str) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, title_justify="left")
    table.title = Text(title, style="italic")
    table.add_column(Text(first))
    for heading in numbers:
        table.add_column(Text(heading), justify="right", overflow="fold")
    return table


def _shares(shares: pd.DataFrame, labels: Labels, names: tuple[str, str]) -> Table:
    language = labels.language
    table = _table(
        word("compare_shares", language),
        word("type", language),
        *names,
        word("compare_difference", language),
        word("interval_95", language),
        word("compare_p_holm", language),
    )
    for row in shares.to_dict("records"):
        table.add_row(
            Text(labels.type(row["type"], row["class"])),
            percent(row["share_first"], language),
            percent(row["share_second"], language),
            number(row["difference"], language),
            _interval(row["low"], row["high"], language, 1),
            p_value(row["p_holm"], language),
        )
    return table


def _interval(low: float, high: float, language: str, decimals: int) -> str:
    return word(
        "change_interval",
        language,
        low=number(low, language, decimals),
        high=number(high, language, decimals),
    )


def _test(row: pd.Series, language: str) -> str:
    tested = word(
        "compare_test",
        language,
        row["test"],
        statistic=number(row["statistic"], language, 2),
        df=number(row["df"], language, 0 if float(row["df"]).is_integer() else 1),
        p=p_value(row["p_value"], language, named=True),
        v=number(row["cramers_v"], language, 2),
    )
    if row["weighted"]:
        tested = f"{tested} {word('compare_weighted', language)}"
    far = word(
        "compare_far",
        language,
        first=int(row["none_first"]),
        second=int(row["none_second"]),
        few_first=int(row["too_few_first"]),
        few_second=int(row["too_few_second"]),
    )
    return f"{tested}\n{far}"


def _transitions(transitions: pd.DataFrame, labels: Labels, names: tuple[str, str]) -> Table:
    """Return who moved from which type to which: numbers, and percent of the first type."""
    language = labels.language
    columns = transitions.drop_duplicates("class_second")
    second = [labels.type(k, c) for k, c in zip(columns["type_second"], columns["class_second"],
                                                strict=True)]  # fmt: skip
    title = word("compare_transitions", language, first=names[0], second=names[1])
    table = _table(title, f"{names[0]} → {names[1]}", *second)
    for (number_, kind), rows in transitions.groupby(["class_first", "type_first"], sort=False):
        cells = [
            word("compare_moved_cell", language, n=int(n), share=percent(share, language, 0))
            for n, share in zip(rows["n"], rows["share"], strict=True)
        ]
        table.add_row(Text(labels.type(str(kind), int(str(number_)))), *cells)
    return table


def _items(items: pd.DataFrame, labels: Labels, names: tuple[str, str]) -> Table:
    language = labels.language
    table = _table(
        word("compare_moved", language),
        "",
        f"{labels.word('mean_agreement')}\n{names[0]}",
        f"\n{names[1]}",
        f"{word('compare_difference', language)}\n{word('interval_95', language)}",
        word("compare_p_holm", language),
    )
    for row in items.sort_values("rank").head(MOST_MOVED).to_dict("records"):
        difference = number(row["mean_difference"], language, 2)
        table.add_row(
            Text(labels.short(row["item"])),
            number(row["mean_first"], language, 2),
            number(row["mean_second"], language, 2),
            f"{difference} {_interval(row['mean_low'], row['mean_high'], language, 2)}",
            p_value(row["mean_holm"], language),
        )
    return table


def _again(compared: Compared) -> list[str]:
    comparison, labels = compared.comparison, compared.labels
    language = labels.language
    named = {"first": comparison.first.name, "second": comparison.second.name}
    lines = []
    for row in comparison.tables["comparison_agreement"].to_dict("records"):
        lines.append(
            word(
                "compare_again",
                language,
                name=named[row["sample"]],
                classes=row["own_classes"],
                rand=number(row["adjusted_rand"], language, 2),
                map=number(row["map_correlation"], language, 2),
                p=replicated_p(row["map_p_value"], language, row["permutations"]),
                permutations=int(row["permutations"]),
            )
        )
        classes = comparison.tables["comparison_classes"]
        listed = ", ".join(
            f"{labels.type(each['type'], each['class'])} {number(each['jaccard'], language, 2)}"
            for each in classes[classes["sample"] == row["sample"]].to_dict("records")
        )
        lines.append(word("compare_matched", language, list=listed))
    return lines
