"""Reading the YAML files people edit, with a clear message for each way they go wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from typology.files.file_bytes import FileRefusedError, NoSuchFileError, read_bytes
from typology.files.yaml_limits import MOST_YAML_BYTES, PlainLoader, UnusableYamlError
from typology.problems import InputError, Problem
from typology.words.phrases import Phrase, phrase
from typology.words.visible_text import shorten

_SHOWN = 60


def load_mapping(path: str | Path) -> dict[str, Any]:
    """Return what a YAML file says, which must be a mapping ("key: value").

    The file is in UTF-8, with or without byte order mark. Keys are text as written; ``yes``,
    ``no``, ``on``, ``off``, dates, times, ``010`` and ``1_000`` are read as text, ``true`` and
    ``false`` as booleans. `InputError` is raised if the file is missing, no regular file, empty,
    not UTF-8 text, not YAML, not a mapping, repeats keys (all of them are named), or passes the
    limits of :mod:`typology.files.yaml_limits`.

    >>> try:
    ...     load_mapping("nowhere.yml")
    ... except InputError as error:
    ...     print(error)
    nowhere.yml: found nothing, expected a file. Check the name and the folder.
    """
    path = Path(path)
    text = _read_text(path)
    try:
        loader = PlainLoader(text)
    except yaml.YAMLError as error:  # a character that no text has is found before all else
        raise InputError(_syntax_problem(path, error)) from None
    try:
        content = loader.get_single_data()
    except UnusableYamlError as error:
        problem = Problem(error.row, "", error.found, error.expected, error.remedy, str(path))
        raise InputError(problem) from None
    except yaml.YAMLError as error:
        cut = [_cut_text(path, *each) for each in loader.cut]
        raise InputError(cut or _syntax_problem(path, error)) from None
    finally:
        loader.dispose()
    if loader.cut:
        raise InputError(_cut_text(path, *each) for each in loader.cut)
    if loader.repeated:
        raise InputError(
            Problem(
                str(second),
                "",
                key,
                phrase("each key once"),
                phrase("It is also on row {row}: keep one of the two.", row=first),
                str(path),
            )
            for key, first, second in loader.repeated
        )
    if content is None:
        raise InputError(_empty(path))
    if not isinstance(content, dict):
        remedy = phrase("Is it the right file? Each line at its left edge should read 'name: ...'.")
        expected = phrase("lines 'name: value'")
        raise InputError(Problem("", "", _shown(content), expected, remedy, str(path)))
    return content


def _read_text(path: Path) -> str:
    """Return the text of a file, or raise the InputError that says why there is none."""
    try:
        raw = read_bytes(path, most=MOST_YAML_BYTES)
    except FileRefusedError as refusal:
        missing = isinstance(refusal, NoSuchFileError)
        found = phrase("") if missing else refusal.found
        expected = phrase("a file") if missing else phrase("a file that may be read")
        raise InputError(Problem("", "", found, expected, refusal.remedy, str(path))) from None
    if not raw.strip():
        raise InputError(_empty(path))
    kind = _other_kind(raw)
    if kind:
        expected, remedy = phrase("a YAML text file"), phrase("Give the YAML file.")
        raise InputError(Problem("", "", kind, expected, remedy, str(path)))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        value = phrase("the byte {byte}", byte=f"{raw[error.start]:#04x}")
        remedy = phrase("Save the file as UTF-8 in the text editor.")
        problem = Problem(str(line), "", value, phrase("text in UTF-8"), remedy, str(path))
        raise InputError(problem) from error


def _cut_text(path: Path, line: int, text: str) -> Problem:
    """Return that the end of a wording would be lost, for YAML takes it for a remark."""
    return Problem(
        str(line),
        "",
        shorten(text),
        phrase("quotes around a text that has ' #': without them, the rest is left out"),
        phrase("Put the text in quotes; before a remark, put a space after the #."),
        str(path),
    )


def _other_kind(raw: bytes) -> Phrase:
    """Return what a file is when it is no text, or an empty phrase."""
    starts = {
        b"%PDF": phrase("a PDF document"),
        b"PK\x03\x04": phrase("a zip archive or an Excel workbook"),
        b"\xd0\xcf\x11\xe0": phrase("an old Excel or Word file"),
        b"\xff\xfe": phrase("text in UTF-16"),
        b"\xfe\xff": phrase("text in UTF-16"),
    }
    for start, kind in starts.items():
        if raw.startswith(start):
            return kind
    return phrase("a binary file") if b"\x00" in raw else phrase("")


def _empty(path: Path) -> Problem:
    remedy = phrase("The file is empty: write it first.")
    return Problem("", "", "", phrase("lines 'name: value'"), remedy, str(path))


def _syntax_problem(path: Path, error: yaml.YAMLError) -> Problem:
    line, reason = "", str(error).split("\n", maxsplit=1)[0]
    if isinstance(error, yaml.MarkedYAMLError):
        reason = error.problem or reason
        line = str(error.problem_mark.line + 1) if error.problem_mark else ""
    remedy = phrase(
        "Look at this line and the one above: indentation with spaces, a space after each colon, "
        "quotes around text that contains ': ' or begins with a sign."
    )
    expected = phrase("text that follows the rules of YAML")
    return Problem(line, "", _syntax(reason), expected, remedy, str(path))


def _syntax(reason: str) -> Phrase:
    """Return what the YAML reader complains of, in the words of who wrote the file."""
    complaints = {
        "mapping values are not allowed": phrase("a colon where none can stand"),
        "could not find expected ':'": phrase("a line without its colon, or a quote not closed"),
        "found character": phrase("a tab, or a sign that cannot begin a value"),
        "expected <block end>": phrase("a line that is not indented like its neighbours"),
        "expected ',' or": phrase("a bracket or a brace that is not closed"),
        "found unexpected end of stream": phrase("a quote that is not closed"),
        "found undefined alias": phrase("a value that begins with *, without quotes"),
        "unacceptable character": phrase("a character that text does not have"),
    }
    for beginning, complaint in complaints.items():
        if reason.startswith(beginning):
            return complaint
    return phrase("something else ({reason})", reason=reason)


def _shown(content: object) -> Phrase:
    text = " ".join(str(content).split())
    text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    if isinstance(content, list):
        return phrase("a list: {text}", text=text)
    return phrase("a text: {text}", text=text)
