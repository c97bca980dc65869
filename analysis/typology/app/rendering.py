"""The pages as HTML: templates, and what they may say."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

from typology.exhibits.paper_table import INDENT, PaperTable
from typology.files.csv_tables import as_text
from typology.problems import Problem, study_lines
from typology.words import word
from typology.words.markdown import plain_text
from typology.words.phrases import in_language, phrase
from typology.words.visible_text import visible

PAGES = Path(__file__).with_name("pages")
STATIC = Path(__file__).with_name("static")
_STEP = " › "
# What pages of Quarto make of these: links, references to tables, citations.
_LINK = re.compile(r"(?<!\\)\[([^\]]*)\]\([^)]*\)")
_REFERRING = re.compile(
    r"(?:(?<=[.!?])\s+|^)(?:[^.!?\\]|\\.|\.(?=\d))*(?<!\\)@(?:tbl|fig)-[^.!?]*[.!?]"
)
_CITATION = re.compile(r"\s*(?<!\\)\[@[^\]]*\]")
_STRONG = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*")
_EMPHASIS = re.compile(r"(?<![\\*])\*([^*]+?)(?<!\\)\*")
_COMMAND = re.compile("`([^`]+)`")


@cache
def environment() -> Environment:
    """Return the templates."""
    made = Environment(
        loader=FileSystemLoader(PAGES), autoescape=True,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["prose"] = prose
    made.filters["commands"] = commands
    return made


def prose(markdown: str) -> Markup:
    """Return sentences written for the pages of Quarto as paragraphs of this one."""
    paragraphs = [
        _STRONG.sub(r"<strong>\1</strong>", line)
        for each in markdown.split("\n\n")
        if (line := _plain(each))
    ]
    told = (_EMPHASIS.sub(r"<em>\1</em>", each) for each in paragraphs)
    return Markup(plain_text("".join(f"<p>{each}</p>\n" for each in told)))


def commands(told: str) -> Markup:
    """Return a sentence whose commands, between backticks, look like what is typed."""
    return Markup(_COMMAND.sub(r"<code>\1</code>", str(escape(told))))


def _plain(paragraph: str) -> str:
    text = _CITATION.sub("", _LINK.sub(r"\1", _REFERRING.sub("", paragraph)))
    return str(escape(visible(" ".join(text.split(" ")).strip())))


def table_text(table: PaperTable) -> str:
    """Return a table as a spreadsheet takes it when it is pasted."""
    lines = ["\t".join(_title(each.spanner, each.title) for each in table.columns)]
    for group in table.groups:
        lines += [group.title] if group.title else []
        lines += ["\t".join(row).replace(INDENT, "  ") for row in group.rows]
    return "\n".join([*lines, *table.notes])


def table_csv(table: PaperTable, language: str) -> bytes:
    """Return a table as a spreadsheet of a language opens it."""
    content = io.StringIO()
    separator = ";" if language == "fr" else ","
    written = csv.writer(content, delimiter=separator, lineterminator="\r\n")
    for line in table_text(table).split("\n"):
        written.writerow(map(as_text, line.split("\t")))
    return content.getvalue().encode("utf-8-sig")


def _title(spanner: str, title: str) -> str:
    return f"{spanner} – {title}" if spanner else title


def spanners(table: PaperTable) -> list[tuple[str, int]]:
    """Return the titles above those of columns, with how many columns each is above."""
    found: list[tuple[str, int]] = []
    for column in table.columns:
        if found and found[-1][0] == column.spanner:
            found[-1] = (column.spanner, found[-1][1] + 1)
        else:
            found.append((column.spanner, 1))
    return found if any(title for title, _ in found) else []


def told_problem(problem: Problem, language: str) -> dict[str, Any]:
    """Return a problem as a row of a table, with the line that may mend it."""
    where = in_language(problem.where, language)
    file, _, place = where.partition(_STEP)
    row, column = (in_language(each, language) for each in (problem.row, problem.column))
    parts = [
        place,
        phrase("row {row}", row=row).in_(language) if row else "",
        phrase("column {column}", column=column).in_(language) if column else "",
    ]
    return {
        "file": file,
        "place": ", ".join(filter(None, parts)),
        "found": in_language(problem.found, language) or phrase("nothing").in_(language),
        "expected": in_language(problem.expected, language),
        "remedy": in_language(problem.remedy, language),
        "lines": study_lines([problem]),
    }


def page(
    template: str, language: str, context: Mapping[str, Any], *, told: Sequence[str] = ()
) -> str:
    """Return a page; ``say`` in it says the words of the family "app"."""

    def say(name: str, plural: int | None = None, **values: object) -> str:
        return word("app", language, name, plural=plural, **values)

    return environment().get_template(template).render(
        **context, language=language, say=say, told=told, spanners=spanners, table_text=table_text,
        told_problem=told_problem,
    )  # fmt: skip
