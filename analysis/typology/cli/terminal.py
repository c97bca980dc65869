"""What the command prints: stages, a summary of the results, problems, checks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.markup import escape
from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress
from rich.table import Table
from rich.text import Text

from typology.answers.simulated_answers import simulated_notices
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables, is_weighted
from typology.people.sample_warnings import warning_sentences
from typology.problems import InputError, Problem, study_lines
from typology.types.naming_sentences import unnamed_sentence
from typology.types.sentences import micro_clusters_sentence
from typology.validity.evidence.sentences import evidence_sentence
from typology.validity.verdict_sentences import verdict_sentence
from typology.weights.terminal import print_weights
from typology.words import number, percent, word
from typology.words.markdown import plain_text
from typology.words.phrases import in_language, phrase
from typology.words.progress import Progress

if TYPE_CHECKING:
    from typology.results.pipeline import Analysis

MOST_UNANIMOUS = 5
_AXES_SHOWN = 8
_PROBLEMS_SHOWN = 200
_WIDEST_PLACE = 14
_LONGEST_LINE_IN_A_CELL = 80
_STEP = " › "
_NARROW = 100
"""Columns of a terminal below which those of a table would break words."""
_SAID = ("found", "expected", "advice")
_BLOCKS_BESIDE_TYPES = 2
_PROBLEM_COLUMNS = {
    "where": "problem_place",
    "row": "problem_row",
    "column": "problem_column",
    "found": "problem_value",
    "expected": "problem_expected",
    "advice": "problem_remedy",
}


@contextmanager
def stage_printer(console: Console, language: str) -> Iterator[Progress]:
    """Show each stage as it runs, and how long it took; yields what is told the key of each."""
    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
    )
    with RichProgress(*columns, console=console) as bar:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, share: float = 0.0) -> None:
            if stage not in tasks:
                finish()
                tasks[stage] = bar.add_task(word("stage", language, stage), total=1)
            bar.update(tasks[stage], completed=share)

        def finish() -> None:
            for task in tasks.values():
                bar.update(task, completed=1)

        yield show
        finish()


def print_summary(console: Console, analysis: Analysis) -> None:
    """Print what a run found."""
    tables, study = analysis.tables, analysis.fitted.study
    choices, language = study.choices, study.choices.language
    labels = Labels(analysis.fitted.questionnaire, language, study.type_names)
    console.print()
    console.print(Text(labels.questionnaire.title.in_(language), style="bold"))
    if choices.simulated:
        console.print(Text(word("simulated_warning", language), style="bold yellow"))
    print_weights(console, tables, language)
    print_notices(console, analysis.fitted.responses.notices, language)
    print_notices(console, simulated_notices(study), language)
    for table in (
        flow_summary(tables["flow"], language),
        axes_summary(tables["axes"], language),
        *types_summary(tables, choices.active, labels),
        *(unanimous_summary(tables["item_agreement"], block, labels)
          for block in choices.active),
    ):  # fmt: skip
        console.print()
        console.print(table)
    if on_groups := micro_clusters_sentence(tables, labels):
        console.print(Text(on_groups))
    for each in tables["classes"]["class"]:
        if why := unnamed_sentence(tables, labels, int(each)):
            console.print(Text(plain_text(why), style="yellow"))
    console.print()
    console.print(Text(word("verdict_title", language), style="bold"))
    console.print(Text(plain_text(verdict_sentence(tables, labels))))
    if others := evidence_sentence(tables, labels):
        console.print(Text(plain_text(others)))
    print_warnings(console, tables["warnings"], language)
    if "disclosure" in tables:
        from typology.results.disclosure.sentences import (  # noqa: PLC0415 - slow to import
            disclosure_sentences,
        )

        console.print()
        for told in disclosure_sentences(tables["disclosure"], labels):
            console.print(Text(plain_text(told)))
    console.print()
    console.print(Text(word("results_written", language, folder=str(study.results_path))))
    print_notices(console, analysis.notices, language)


def flow_summary(flow: pd.DataFrame, language: str) -> Table:
    """Return the flow of respondents: who was kept and why others were not."""
    table = titled_table(word("flow_title", language))
    add_columns(table, "")
    add_columns(table, word("n", language), numbers=True)
    for row in flow.to_dict("records"):
        told = word("flow", language, row["step_id"])
        if row["step_id"] in ("read", "analysed"):
            table.add_row(told, number(row["remaining"], language, 0))
        elif row["excluded"]:
            excluded = number(-row["excluded"], language, 0)
            table.add_row(f"  {told}", excluded)
    return table


def axes_summary(axes: pd.DataFrame, language: str) -> Table:
    """Return the first axes with their raw and corrected rates."""
    kept = int(axes["kept"].sum())
    table = titled_table(word("axes_summary_title", language, kept=kept, total=len(axes)))
    add_columns(table, word("axis", language))
    for key in ("eigenvalue", "raw_percent", "benzecri_percent", "greenacre_percent"):
        add_columns(table, word(key, language), numbers=True)
    for row in axes.head(max(min(kept, _AXES_SHOWN), 3)).to_dict("records"):
        table.add_row(
            str(row["axis"]),
            number(row["eigenvalue"], language, 3),
            *(
                percent(rate, language)
                for rate in (row["percent"], row["benzecri"], row["greenacre"])
            ),
        )
    return table


def types_summary(tables: Tables, blocks: Sequence[str], labels: Labels) -> list[Table]:
    """Return the types with their size and their mean on each active block.

    The means are in the same table for one or two blocks, in a second one otherwise.
    """
    language = labels.language
    classes, gains = tables["classes"], tables["inertia_gains"]
    suggested = int(gains.loc[gains["suggested"], "classes"].iloc[0])
    beside = blocks if len(blocks) <= _BLOCKS_BESIDE_TYPES else ()
    table = titled_table(word("types_summary_title", language))
    add_columns(table, word("class", language), word("type", language))
    percent_sign = "weighted_percent_sign" if is_weighted(tables) else "percent_sign"
    add_columns(
        table,
        word("n", language),
        word(percent_sign, language),
        *map(labels.block, beside),
        numbers=True,
    )
    for _, row in classes.iterrows():
        table.add_row(
            str(row["class"]),
            Text(labels.type(row["type"], row["class"])),
            number(row["n"], language, 0),
            number(row["share"], language),
            *(number(row[f"mean_{block}"], language, 2) for block in beside),
        )
    shown = [table] if beside else [table, _means_by_block(classes, blocks, labels)]
    shown[-1].caption = labels.word("types_summary_caption", suggested=suggested)
    shown[-1].caption_justify = "left"
    return shown


def _means_by_block(classes: pd.DataFrame, blocks: Sequence[str], labels: Labels) -> Table:
    """Return the means of many blocks: one row a block, one column a class."""
    language = labels.language
    table = titled_table(labels.word("mean_agreement"))
    add_columns(table, word("class", language))
    add_columns(table, *classes["class"].astype(str), numbers=True)
    for block in blocks:
        means = (number(mean, language, 2) for mean in classes[f"mean_{block}"])
        table.add_row(Text(labels.block(block)), *means)
    return table


def unanimous_summary(agreement: pd.DataFrame, block: str, labels: Labels) -> Table:
    """Return the most unanimous items of a block."""
    language = labels.language
    table = titled_table(word("unanimous_title", language, block=labels.block(block)))
    add_columns(table, "")
    add_columns(table, labels.word("agree_percent"), numbers=True)
    add_columns(table, word("interval_95", language), numbers=True)
    items = agreement[agreement["block"] == block].sort_values("rank", kind="stable")
    for rank, row in enumerate(items.head(MOST_UNANIMOUS).to_dict("records"), start=1):
        interval = f"{number(row['agree_low'], language)}–{number(row['agree_high'], language)}"
        table.add_row(
            f"{rank}. {escape(labels.variable(row['item']))}",
            percent(row["agree_share"], language),
            interval,
        )
    return table


def print_input_error(console: Console, error: InputError, language: str) -> None:
    """Print everything wrong with an input, and what was noticed while reading it."""
    print_notices(console, error.notices, language)
    print_problems(console, error.problems, language)


def print_problems(console: Console, problems: Sequence[Problem], language: str = "en") -> None:
    """Print problems, file by file: where, what was found, what was expected, what to do.

    They stand in a table where the terminal has room for its columns, else one below the other.
    Lines to add to the study file stand whole at the left edge, to be copied.
    """
    count = len(problems)
    told = (
        phrase("{count} problems; nothing was written.", count=count)
        if count > 1
        else phrase("One problem; nothing was written.")
    )
    console.print(Text(told.in_(language), style="bold red"))
    by_file: dict[str, list[Problem]] = {}
    for problem in problems[:_PROBLEMS_SHOWN]:
        file = in_language(problem.where, language).partition(_STEP)[0]
        by_file.setdefault(file, []).append(problem)
    for file, alike in by_file.items():
        console.print()
        console.print(Text(file, style="bold"), soft_wrap=True)
        if console.width < _NARROW:
            for problem in alike:
                _print_problem(console, problem, language)
        else:
            console.print(_problem_table([_cells(each, language) for each in alike], language))
    lines = study_lines(problems)
    if lines:
        console.print()
        told = phrase(
            "To paste into the study file, once checked; where a line there begins alike, in its "
            "place:"
        )
        console.print(Text(told.in_(language), style="bold"))
        for line in lines:
            console.print(Text(line), soft_wrap=True)
    if count > _PROBLEMS_SHOWN:
        console.print(word("problems_more", language, count=count - _PROBLEMS_SHOWN))


def _cells(problem: Problem, language: str) -> dict[str, str]:
    """Return the cells of a problem, its place without the file."""
    cells = {name: in_language(getattr(problem, name), language) for name in _PROBLEM_COLUMNS}
    cells["found"] = cells["found"] or phrase("nothing").in_(language)
    if any(len(line) > _LONGEST_LINE_IN_A_CELL for line in study_lines([problem])):
        cells["advice"] = in_language(problem.remedy, language)  # its lines stand below, whole
    cells["where"] = cells["where"].partition(_STEP)[2]
    return cells


def _problem_table(rows: Sequence[dict[str, str]], language: str) -> Table:
    """Return the problems of one file, without the columns that are empty."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, leading=1)
    shown = [name for name in _PROBLEM_COLUMNS if any(row[name] for row in rows)]
    for name in shown:
        widest = _WIDEST_PLACE if name in ("row", "column") else None
        title = word(_PROBLEM_COLUMNS[name], language)
        table.add_column(title, overflow="fold", max_width=widest)
    for row in rows:
        table.add_row(*(escape(row[name]) for name in shown))
    return table


def _print_problem(console: Console, problem: Problem, language: str) -> None:
    """Print a problem over several lines, that break at spaces; a line of YAML does not break."""
    cells = _cells(problem, language)
    titles = {name: word(title, language) for name, title in _PROBLEM_COLUMNS.items()}
    place = [cells["where"], *(f"{titles[name]} {cells[name]}" for name in ("row", "column")
                               if cells[name])]  # fmt: skip
    indent = " " * 2
    console.print()
    for each in _wrapped(", ".join(filter(None, place)), console.width, indent, indent):
        console.print(Text(each, style="bold"), soft_wrap=True)
    remedy = problem.remedy
    advice = in_language(remedy, language)
    line = str(dict(remedy.values).get("line", ""))
    before, line, after = advice.partition(line) if line else (advice, "", "")
    widest = max(len(titles[name]) for name in _SAID)
    for name, said in zip(_SAID, (cells["found"], cells["expected"], before), strict=True):
        title = f"{indent}{titles[name].ljust(widest)}  "
        for each in _wrapped(said, console.width, title, " " * len(title)):
            console.print(Text(each), soft_wrap=True)
    if line:
        console.print(Text(line), soft_wrap=True)
    for each in _wrapped(after, console.width, indent, indent):
        console.print(Text(each), soft_wrap=True)


def _wrapped(text: str, width: int, first: str, others: str) -> list[str]:
    """Return a text as lines that end between words, however long a word is."""
    return textwrap.wrap(
        text,
        width=width,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )


def print_notices(console: Console, notices: Sequence[str], language: str) -> None:
    """Print what was decided on the way."""
    for notice in notices:
        told = phrase("For information: {notice}", notice=notice)
        console.print(Text(told.in_(language), style="dim"))


def print_warnings(console: Console, warnings: pd.DataFrame, language: str) -> None:
    """Print what has to be known of a sample, and what to do about it."""
    told = warning_sentences(warnings, language, remedies=True)
    if told:
        console.print()
        console.print(Text(word("warnings_title", language), style="bold yellow"))
    for sentence in told:
        console.print(Text(f"- {sentence}", style="yellow"))


def titled_table(title: str) -> Table:
    """Return an empty table; words of a questionnaire are given as Text: no markup is read."""
    shown = Text(title, style="bold")
    return Table(title=shown, title_justify="left", box=None, padding=(0, 2, 0, 0))


def add_columns(table: Table, *titles: str, numbers: bool = False) -> None:
    """Add columns whose words are folded rather than cut."""
    for title in titles:
        justify: JustifyMethod = "right" if numbers else "left"
        table.add_column(Text(title), justify=justify, overflow="fold")
