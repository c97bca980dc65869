"""What the command `new` prints."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from typology.tools.new.example import EXAMPLES
from typology.tools.new.files import NewStudy
from typology.tools.new.study_texts import DOCUMENTS, README
from typology.tools.new.templates import DEFAULT_TEMPLATE, templates
from typology.words import word
from typology.words.phrases import phrase

_STEPS = {"typology check": "check", "typology run": "run", f"quarto render {DOCUMENTS}": "render"}


def print_new(console: Console, study: NewStudy, language: str) -> None:
    """Print where a study was made, and what to type next."""
    for notice in study.notices:
        information = phrase("For information: {notice}", notice=notice)
        console.print(Text(information.in_(language), style="yellow"))
    questionnaire = study.questionnaire
    made = word("made", language, folder=str(study.folder))
    console.print(Text(made, style="bold green"))
    blocks = len(questionnaire.blocks)
    of = word("made_of", language, plural=blocks, blocks=blocks, items=len(questionnaire.items))
    console.print(Text(of))
    console.print()
    console.print(Text(word("next_steps", language)))
    if study.folder.resolve() != Path.cwd():
        console.print(Text(f'  cd "{study.folder}"'), soft_wrap=True)
    width = max(map(len, _STEPS)) + 2
    for command, step in _STEPS.items():
        told = word("step", language, step)
        console.print(Text(f"  {command.ljust(width)}{told}"))
    console.print(Text(word("read_first", language, file=str(study.folder / README))))


def print_templates(console: Console, language: str) -> None:
    """Print the templates there are, and the example."""
    told = {name: content["about_template"][language] for name, content in templates().items()}
    console.print(Text(word("template_list", language)))
    console.print(_listed(told))
    console.print(Text(word("example_list", language)))
    console.print(_listed({name: word("example_told", language, name=name) for name in EXAMPLES}))
    console.print(Text(word("template_use", language, name=DEFAULT_TEMPLATE)))


def _listed(told: Mapping[str, str]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 2))
    table.add_column(no_wrap=True, width=max(map(len, templates())))
    table.add_column()
    for name, text in told.items():
        table.add_row(Text(name), Text(text))
    return table
