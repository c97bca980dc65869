"""What the command `plan` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from typology.tools.plan.files import WrittenPlan
from typology.tools.plan.sentences import written_with_interval
from typology.words import number, word
from typology.words.phrases import in_language, phrase


@contextmanager
def work_shown(console: Console, work: float, language: str) -> Iterator[Callable[[float], None]]:
    """Show how much of the work is done and how long the rest takes; yields what is told it."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TaskProgressColumn(),
        TextColumn(word("plan_time_left", language)),
        TimeRemainingColumn(),
    )
    # The first samples are the longest: the time left is told from all of them so far.
    with Progress(*columns, console=console, speed_estimate_period=3600) as bar:
        task = bar.add_task(word("plan_drawing", language), total=work)
        yield lambda done: bar.update(task, completed=done)


def print_plan(console: Console, written: WrittenPlan) -> None:
    """Print the answer of a plan, its numbers, and what they rest on."""
    language = written.language
    console.print()
    console.print(Text(word("plan_title", language), style="bold"))
    console.print(Text(word("plan_simulated", language), style="bold yellow"))
    for notice in written.notices:
        told = phrase("For information: {notice}", notice=notice)
        console.print(Text(in_language(told, language), style="dim"))
    console.print()
    console.print(_numbers(written.plan, written.criteria, language))
    console.print()
    for place, sentence in enumerate(written.answer):
        console.print(Text(sentence, style="bold" if place == 0 else ""))
    console.print()
    console.print(Text(word("plan_assumptions", language), style="bold"))
    for each in written.assumptions:
        console.print(Text(f"- {each}", style="dim"))
    console.print()
    console.print(Text(word("results_written", language, folder=str(written.output))))


def _numbers(plan: pd.DataFrame, criteria: pd.DataFrame, language: str) -> Table:
    """Return each measure at each size with its interval; bold where it reaches what is asked."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column(Text(word("plan_respondents", language)), justify="right")
    reached = criteria.set_index("measure")["respondents"]
    shown = [str(each) for each in criteria["measure"] if each != "found"]
    for measure in shown:
        table.add_column(Text(word("plan_heading", language, measure)), justify="right")
    for n, rows in plan.groupby("respondents", sort=True):
        size = int(str(n))
        by_measure = {str(row["measure"]): row for _, row in rows.iterrows()}
        cells = []
        for measure in shown:
            holds = not pd.isna(reached[measure]) and size >= reached[measure]
            told = written_with_interval(by_measure[measure], language)
            cells.append(Text(told, style="bold" if holds else ""))
        table.add_row(number(size, language, 0), *cells)
    return table
