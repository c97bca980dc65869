"""Delimited text: CSV with commas, semicolons or tabs, in the encodings that offices write."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from typology.csv_tables import from_text
from typology.phrases import Phrase, phrase
from typology.platforms.table import AnswerTable, table_from_rows
from typology.problems import InputError, Problem

DELIMITERS = (",", ";", "\t")
SAMPLE_ROWS = 200
EXPECTED = phrase(
    "a table of answers: one row a respondent, columns separated by commas, semicolons or tabs"
)

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DOUBLE_READ = re.compile("Ã[©¨ªàéè\xa0§´»¢®]|â€™")  # UTF-8 letters read as Windows-1252
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


def read_delimited(content: bytes, name: str) -> AnswerTable:
    r"""Return the table of a delimited text file.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name, for messages.

    Returns
    -------
    AnswerTable
        Rows are numbered as a spreadsheet shows them: the header is row 1.

    Raises
    ------
    InputError
        If the content is no text, has no table, or has rows that do not fit the header.

    Notes
    -----
    Text is taken as UTF-8; if it is not valid UTF-8, as Windows-1252 (which holds Latin-1's
    letters), then as Mac Roman. The delimiter is the one that cuts most rows as it cuts the
    header, quoted cells respected; between equals, the one that makes most columns.

    Examples
    --------
    >>> read_delimited("id;âge\nA;41,5\n".encode("cp1252"), "a.csv").headers
    ('id', 'âge')
    """
    text, notices = decode(content, name)
    lead, delimiter, text = _declared_delimiter(text)
    delimiter = delimiter or sniff_delimiter(text)
    records = _records(text, delimiter, name)
    position = next((i for i, record in enumerate(records) if any(c.strip() for c in record)), None)
    if position is None:
        raise _no_table(name, phrase("only blank lines"))
    header = records[position]
    if len(header) < 2:
        raise _no_table(name, phrase("a single column, '{header}'", header=_shorten(header[0])))
    while len(header) > 1 and not header[-1].strip():
        header = header[:-1]
    first = lead + position + 2
    rows, short = _fit_rows(records[position + 1 :], len(header), first, name)
    if short:
        listed = ", ".join(map(str, short[:5])) + (", ..." if len(short) > 5 else "")
        notices.append(
            phrase(
                "Rows that end before the last column: {count} ({rows}); "
                "their last cells are read as empty.",
                count=len(short),
                rows=listed,
            )
        )
    numbers = range(first, first + len(rows))
    return table_from_rows(name, header, rows, numbers, notices=notices)


def decode(content: bytes, name: str) -> tuple[str, list[str]]:
    """Return the text of a file and what was decided about its encoding.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name, for messages.

    Returns
    -------
    tuple of str and list of str
        The text without byte order mark; a notice when it was not UTF-8.

    Raises
    ------
    InputError
        If no encoding fits, or two encodings are mixed.
    """
    encoding = next((e for mark, e in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    candidates = (encoding,) if encoding == "utf-16" else (encoding, "cp1252", "mac_roman")
    for candidate in candidates:
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise _no_table(name, phrase("text cut in the middle of a character"))
    controls = len(_CONTROL.findall(text[:100_000]))
    if "\x00" in text or controls > len(text[:100_000]) / 200:
        raise _no_table(name, phrase("bytes that are no text"))
    if candidate in ("utf-8", "utf-8-sig", "utf-16"):
        return text, []
    if _DOUBLE_READ.search(text):
        raise _mixed_encodings(content, name)
    names = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}
    notice = phrase(
        "The file is not UTF-8; it was read as {encoding}. Check the accents.",
        encoding=names[candidate],
    )
    return text, [notice]


def sniff_delimiter(text: str) -> str:
    r"""Return the delimiter that cuts the rows of a text as it cuts the header.

    Parameters
    ----------
    text : str
        The file; its first rows are looked at.

    Returns
    -------
    str
        A comma, a semicolon or a tab; a comma when none is found.

    Examples
    --------
    >>> sniff_delimiter('id;"one, two";size\nA;3;1,5\nB;4;1,7\n')
    ';'
    """

    def score(delimiter: str) -> tuple[bool, float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(record) for record in _first_records(reader) if any(record)]
        if not widths or widths[0] < 2:
            return False, 0.0, 0
        agreeing = Counter(widths)[widths[0]] - 1
        return True, agreeing / max(len(widths) - 1, 1), widths[0]

    return max(DELIMITERS, key=score)


def _first_records(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield the first records, ending quietly at one that cannot be read."""
    for _ in range(SAMPLE_ROWS):
        try:
            yield next(reader)
        except (StopIteration, csv.Error):
            return


def _declared_delimiter(text: str) -> tuple[int, str | None, str]:
    """Return the lines used by Excel's ``sep=;`` line, its delimiter, and the text after it."""
    declared = re.match(r"""["']?sep=(.)["']?\r?\n""", text)
    if declared is None or declared[1] not in DELIMITERS:
        return 0, None, text
    return 1, declared[1], text[declared.end() :]


def _records(text: str, delimiter: str, name: str) -> list[list[str]]:
    """Return every record of the text, blank lines as empty lists."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    try:
        # An apostrophe that keeps a spreadsheet from running a text is no part of the text.
        records.extend([from_text(cell) for cell in record] for record in reader)
    except csv.Error as error:
        raise InputError(
            [
                Problem(
                    row=str(len(records) + 1),
                    column="",
                    value=_broken_cell(str(error)),
                    expected=phrase('cells whose quotes are closed, quotes inside doubled ("")'),
                    remedy=phrase(
                        "Correct the quotes of this row, or export the answers again as .xlsx."
                    ),
                    where=name,
                )
            ]
        ) from None
    return records


def _broken_cell(reason: str) -> Phrase:
    """Return what the CSV reader complains of, in plain words."""
    if "expected after" in reason:
        return phrase("text right after a closing quote")
    if "unexpected end of data" in reason:
        return phrase("a quote that is not closed")
    return phrase("a cell that cannot be read ({reason})", reason=reason)


def _fit_rows(
    records: list[list[str]], width: int, first: int, name: str
) -> tuple[list[list[str]], list[int]]:
    """Return the records made as wide as the header, and the numbers of those that were shorter."""
    problems: list[Problem] = []
    short: list[int] = []
    rows: list[list[str]] = []
    for number, record in enumerate(records, start=first):
        if len(record) > width and any(cell.strip() for cell in record[width:]):
            problems.append(
                Problem(
                    row=str(number),
                    column="",
                    value=phrase("{count} cells", count=len(record)),
                    expected=phrase("{count} cells, as in the header", count=width),
                    remedy=phrase(
                        "Put texts that hold the separator between double quotes, "
                        "or export the answers as .xlsx."
                    ),
                    where=name,
                )
            )
        if 0 < len(record) < width and any(cell.strip() for cell in record):
            short.append(number)
        rows.append(record[:width] + [""] * (width - len(record)))
    if problems:
        raise InputError(problems)
    return rows, short


def _no_table(name: str, found: Phrase) -> InputError:
    return InputError(
        [
            Problem(
                row="",
                column="",
                value=found,
                expected=EXPECTED,
                remedy=phrase("Export the answers from the survey tool again, as CSV or .xlsx."),
                where=name,
            )
        ]
    )


def _mixed_encodings(content: bytes, name: str) -> InputError:
    """Return the error for a file that is UTF-8 but for some bytes."""
    try:
        content.decode("utf-8")
        position = 0
    except UnicodeDecodeError as error:
        position = error.start
    line = content.count(b"\n", 0, position) + 1
    return InputError(
        [
            Problem(
                row=f"{line}",
                column="",
                value=phrase("the byte {byte}", byte=f"{content[position]:#04x}"),
                expected=phrase("one encoding in the whole file, UTF-8 or Windows-1252"),
                remedy=phrase("Export the answers again as UTF-8, or as .xlsx."),
                where=name,
            )
        ]
    )


def _shorten(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 3] + "..."
