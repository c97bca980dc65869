"""Delimited text: CSV with commas, semicolons or tabs, in the encodings that offices write."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from typology.answers.platforms.delimited_rows import RowCollector
from typology.answers.platforms.header_rows import TOP_ROWS, Recognise, find_header
from typology.answers.platforms.limits import LONGEST_CELL, LONGEST_LINE, check_size, too_much
from typology.answers.platforms.table import AnswerTable, assembled
from typology.answers.platforms.text_encoding import no_table, text_encoding
from typology.files.csv_tables import from_text
from typology.problems import InputError, Problem
from typology.words.phrases import Phrase, phrase
from typology.words.visible_text import shorten

DELIMITERS = (",", ";", "\t")
SAMPLE_ROWS = 200

_SAMPLE_BYTES = 1_000_000


def read_delimited(content: bytes, name: str, recognise: Recognise | None = None) -> AnswerTable:
    r"""Return the table of a delimited text file, its rows numbered as a spreadsheet shows them.

    The delimiter is the one that cuts most rows as it cuts the header, quoted cells respected;
    between equals, the one that makes most columns. `InputError` is raised for what is no text, has
    no table, has rows that do not fit the header, or is larger than
    :mod:`typology.answers.platforms.limits` says.

    >>> read_delimited("id;âge\nA;41,5\n".encode("cp1252"), "a.csv").headers
    ('id', 'âge')
    """
    encoding, notices = text_encoding(content, name)
    sample = content[:_SAMPLE_BYTES].decode(encoding, "ignore")
    declared = re.match(r"""["']?sep=(.)["']?(?:\r\n|\r|\n)""", sample)
    delimiter = declared[1] if declared and declared[1] in DELIMITERS else None
    stream = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    if delimiter:
        stream.readline()
    rows = _rows(stream, delimiter or sniff_delimiter(sample), name, 2 if delimiter else 1)
    top: list[tuple[int, list[str]]] = []
    for number, record in rows:
        top.append((number, record))
        if len(top) == TOP_ROWS:
            break
    if not top:
        raise no_table(name, phrase("only blank lines"))
    header = find_header([row for _, row in top], [number for number, _ in top], recognise)
    names = [from_text(name) for name in header.names]
    while len(names) > 1 and not names[-1].strip():
        names.pop()
    if len(names) < 2:
        raise no_table(name, phrase("a single column, '{header}'", header=shorten(names[0])))
    separator = delimiter or sniff_delimiter(sample)
    check_size(name, max(len(top), _rows_at_least(content, separator, len(names))), len(names))
    collector = RowCollector(name, len(names), separator)
    for number, record in top[header.first_row :]:
        collector.add(number, record)
    for number, record in rows:
        collector.add(number, record)
    numbers, columns, ragged = collector.finished()
    table = assembled(
        name,
        names,
        numbers,
        columns,
        descriptions=header.descriptions,
        notices=[*notices, *header.notices, *ragged],
    )
    return replace(table, short_rows=collector.short_rows)


def _rows_at_least(content: bytes, separator: str, width: int) -> int:
    """Return how many rows a large text has, by its line ends and its separators.

    Texts of answers may hold either, hardly both in such numbers.
    """
    lines = max(content.count(b"\n"), content.count(b"\r"))
    return min(lines, content.count(separator.encode()) // max(width - 1, 1))


def sniff_delimiter(text: str) -> str:
    r"""Return the delimiter that cuts the rows of a text as it cuts the header.

    >>> sniff_delimiter('id;"one, two";size\nA;3;1,5\nB;4;1,7\n')
    ';'
    >>> sniff_delimiter('Survey of May\nid;size;age\nA;1,5;4\nB;1,7;5\n')
    ';'
    """

    def score(delimiter: str) -> tuple[int, float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(record) for record in _first_records(reader) if any(record)]
        if not widths:
            return 0, 0.0, 0
        counts = Counter(widths)
        if widths[0] > 1 and (counts[widths[0]] > 1 or len(widths) == 1):
            return 2, (counts[widths[0]] - 1) / max(len(widths) - 1, 1), widths[0]
        usual = counts.most_common(1)[0][0]  # the first row may be a title
        return int(usual > 1), counts[usual] / len(widths), usual

    return max(DELIMITERS, key=score)


def _first_records(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield the first records, ending quietly at one that cannot be read."""
    for _ in range(SAMPLE_ROWS):
        try:
            yield next(reader)
        except (StopIteration, csv.Error):
            return


def _lines(stream: io.TextIOWrapper, name: str) -> Iterator[str]:
    for line in iter(lambda: stream.readline(LONGEST_LINE), ""):
        if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
            found = phrase("a line of more than {count} characters", count=LONGEST_LINE)
            raise too_much(name, found, phrase("one line a respondent"))
        yield line


def _rows(
    stream: io.TextIOWrapper, delimiter: str, name: str, first: int
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, each with its number."""
    reader = csv.reader(_lines(stream, name), delimiter=delimiter, strict=True)
    number = first - 1
    try:
        for record in reader:
            number += 1
            check_size(name, number, 1)
            if any(record) and any(map(str.strip, record)):
                yield number, record
    except csv.Error as error:
        raise InputError(
            Problem(
                row=str(number + 1),
                column="",
                value=_broken_cell(str(error)),
                expected=phrase('cells whose quotes are closed, quotes inside doubled ("")'),
                remedy=phrase(
                    "Correct the quotes of this row, or export the answers again as .xlsx."
                ),
                where=name,
            )
        ) from None


def _broken_cell(reason: str) -> Phrase:
    """Return what the CSV reader complains of, in plain words."""
    if "expected after" in reason:
        return phrase("text right after a closing quote")
    if "unexpected end of data" in reason:
        return phrase("a quote that is not closed")
    if "field limit" in reason:
        return phrase(
            "a cell of more than {count} characters, or a quote that is not closed",
            count=LONGEST_CELL,
        )
    return phrase("a cell that cannot be read ({reason})", reason=reason)
