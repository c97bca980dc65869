"""What the command `check` prints of files without problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from typology.answers.simulated_answers import simulated_notices
from typology.cli.article_terminal import print_article
from typology.cli.terminal import (
    MOST_UNANIMOUS,
    add_columns,
    flow_summary,
    print_notices,
    print_warnings,
    titled_table,
)
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import answers_read
from typology.questionnaire import Questionnaire
from typology.study.paper import unwritten
from typology.words import number, word

if TYPE_CHECKING:
    from typology.results.checking import Check


def print_check(console: Console, check: Check) -> None:
    """Print what a check of files without problems found."""
    language = check.study.choices.language
    if check.responses is None or check.quality is None or check.warnings is None:
        print_questionnaire_check(console, check.questionnaire, language)
        _print_paper(console, check)
        return
    labels = Labels(check.questionnaire, language)
    print_notices(console, check.responses.notices, language)
    print_notices(console, simulated_notices(check.study), language)
    passed = word(
        "check_passed",
        language,
        respondents=len(check.responses.items),
        items=len(check.questionnaire.items),
        questions=len(check.questionnaire.respondent),
    )
    console.print(Text(passed, style="bold green"))
    console.print()
    console.print(flow_summary(check.quality.flow, language))
    console.print()
    console.print(_missing_summary(check.quality.missing_by_item, labels))
    straight = check.quality.straight_lining
    for key, concerned in (
        ("check_straight_liners", straight.loc[straight["straight_liner"], "respondent"]),
        ("check_duplicates", check.quality.duplicates["respondent"]),
    ):
        listed = f" ({', '.join(concerned.head(10))})" if len(concerned) else ""
        n = len(concerned)
        console.print(Text(word(key, language, plural=n, count=n, list=listed)))
    print_warnings(console, check.warnings, language)
    _print_paper(console, check)
    print_article(console, check.study)


def _print_paper(console: Console, check: Check) -> None:
    """Print on one line what the paper does not say yet and where to write it."""
    study, spoken = check.study, check.questionnaire.languages
    language, paper = study.choices.language, study.choices.paper
    invited = paper.invited
    if check.quality is not None and invited is not None and not study.other_responses:
        answers = answers_read(check.quality.flow)
        if answers > invited:
            told = word("check_invited", language, answers=answers, invited=invited,
                        study=study.path.name)  # fmt: skip
            console.print()
            console.print(Text(told, style="yellow"))
    lacking = unwritten(paper, study.parts, spoken)
    if not lacking:
        return
    listed = [
        word("paper_part", language, part)
        + ("" if len(where) == len(spoken) else f" ({', '.join(where)})")
        for part, where in lacking.items()
    ]
    place, files = study.path.name, ", ".join(paper.text.named.values())
    if files:
        place = word("check_paper_or", language, study=place, files=files)
    console.print()
    console.print(Text(word("check_paper", language, place=place, list=", ".join(listed))))


def print_questionnaire_check(
    console: Console, questionnaire: Questionnaire, language: str
) -> None:
    """Print that a questionnaire has no problem, when there are no answers yet."""
    passed = word(
        "check_questionnaire_passed",
        language,
        items=len(questionnaire.items),
        questions=len(questionnaire.respondent),
    )
    console.print(Text(passed, style="bold green"))


def _missing_summary(missing: pd.DataFrame, labels: Labels) -> Table | Text:
    unsure = "no_opinion" in missing
    without = missing["missing"] + missing["no_opinion"] if unsure else missing["missing"]
    most = missing.loc[without[without > 0].nlargest(MOST_UNANIMOUS).index]
    if not len(most):
        return Text(word("check_no_missing", labels.language))
    table = titled_table(word("check_missing_title", labels.language))
    add_columns(table, "")
    add_columns(table, word("n", labels.language), numbers=True)
    add_columns(table, "%", numbers=True)
    if unsure:
        add_columns(table, word("no_opinion", labels.language), "%", numbers=True)
    for row in most.to_dict("records"):
        table.add_row(
            f"{row['item']}  {escape(labels.short(row['item']))}",
            number(row["missing"], labels.language, 0),
            number(row["share"], labels.language),
            *(
                [
                    number(row["no_opinion"], labels.language, 0),
                    number(row["no_opinion_share"], labels.language),
                ]
                if unsure
                else []
            ),
        )
    return table
