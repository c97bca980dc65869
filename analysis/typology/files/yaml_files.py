"""Reading the YAML files people edit, with a clear message for each way they go wrong."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from typology.files.file_bytes import FileRefusedError, NoSuchFileError, read_bytes
from typology.files.yaml_complaints import yaml_complaint
from typology.files.yaml_limits import MOST_YAML_BYTES, PlainLoader, UnusableYamlError
from typology.problems import InputError, Problem
from typology.words.phrases import Phrase, phrase
from typology.words.visible_text import shorten

_SHOWN = 60
_MOST_PARTS = 200
_KEY = re.compile(r"""^(?P<key>\w[^:\n]*|"[^"\n]*"|'[^'\n]*')\s*:(?=\s|$)""", re.MULTILINE)
_NAMED = re.compile(r"^[ \t?-]*(\w+)[ \t]*:", re.MULTILINE)
_AFTER = re.compile(r"(?:\n[ \t]*(?:#[^\n]*)?)+\Z")
"""Remarks after the last line of a key: a bracket that is not closed would be told below them."""
_TIED = re.compile(r"^(?:---|\.\.\.|%)|&\w", re.MULTILINE)
"""What lets the lines of one key depend on those of another, or a document end before the file."""


@dataclass(frozen=True)
class ReadMapping:
    """What a YAML file says, as far as it can be read, and what is wrong with how it is written."""

    content: dict[str, Any]
    problems: tuple[Problem, ...]
    unread: frozenset[str]  # keys at the left edge whose lines could not be read


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
    read = read_mapping(path)
    if read.problems:
        raise InputError(read.problems)
    return read.content


def read_mapping(path: str | Path) -> ReadMapping:
    """Return what a YAML file says, with the problems that leave the rest of it readable.

    Of a file that breaks the rules of YAML, each key at the left edge is read by itself, with the
    lines below it: so every slip is told, and what is sound is there to be checked. `InputError`
    is raised as by :func:`load_mapping` where nothing can be read.
    """
    path = Path(path)
    text = _read_text(path)
    try:
        content, problems = _read(text, path.name)
    except InputError as error:
        parts = _read_parts(text, path.name)
        if parts is None:
            raise error from None
        return parts
    if content is None:
        raise InputError(problems or _empty(path.name))
    if not isinstance(content, dict):
        remedy = phrase("Is it the right file? Each line at its left edge should read 'name: ...'.")
        expected = phrase("lines 'name: value'")
        raise InputError(Problem("", "", _shown(content), expected, remedy, path.name))
    return ReadMapping(content, tuple(problems), frozenset())


def written_word(path: Path, key: str) -> str | None:
    """Return the word after a key at the left edge of a file, be the rest of it readable or not.

    None where there is no such line.
    """
    try:
        text = read_bytes(path, most=MOST_YAML_BYTES).decode("utf-8", "replace")
    except FileRefusedError:
        return None
    found = re.search(rf"^{key}[ \t]*:[ \t]*[\"']?(\w+)", text, re.MULTILINE)
    return found[1] if found else None


def _read(text: str, where: str) -> tuple[Any, list[Problem]]:
    """Return what a text says, and what is wrong with it though it can be read."""
    try:
        loader = PlainLoader(text)
    except yaml.YAMLError as error:  # a character that no text has is found before all else
        raise InputError(_syntax_problem(where, error)) from None
    try:
        content = loader.get_single_data()
    except UnusableYamlError as error:
        problem = Problem(error.row, "", error.found, error.expected, error.remedy, where)
        raise InputError(problem) from None
    except yaml.YAMLError as error:
        cut = [_cut_text(where, *each) for each in loader.cut]
        raise InputError(cut or _syntax_problem(where, error)) from None
    finally:
        loader.dispose()
    problems = [_cut_text(where, *each) for each in loader.cut]
    return content, problems + [_repeated(where, *each) for each in loader.repeated]


def _read_parts(text: str, where: str) -> ReadMapping | None:
    """Return what the keys at the left edge say, each read by itself; None where that is no help.

    It is none where names of YAML (&name) tie the keys together, or the slip is between them.
    """
    starts = [found.start() for found in _KEY.finditer(text)]
    if not 1 < len(starts) <= _MOST_PARTS or _TIED.search(text):
        return None
    content: dict[str, Any] = {}
    problems: list[Problem] = []
    unread: set[str] = set()
    first: dict[str, int] = {}
    for start, end in pairwise(dict.fromkeys([0, *starts, len(text)])):
        line = text.count("\n", 0, start)
        named = _KEY.match(text, start)
        key = named["key"].strip("\"'") if named else ""
        try:
            said, found = _read("\n" * line + _AFTER.sub("\n", text[start:end]), where)
        except InputError as error:
            problems += error.problems
            unread |= {key, *_NAMED.findall(text, start, end)}
            continue
        if said is not None and not isinstance(said, dict):
            return None
        problems += found
        if key in first:
            problems.append(_repeated(where, key, first[key], line + 1))
        elif key:
            first[key] = line + 1
        content |= said or {}
    return ReadMapping(content, tuple(problems), frozenset(unread)) if unread else None


def _repeated(where: str, key: str, first: int, second: int) -> Problem:
    remedy = phrase("It is also on row {row}: keep one of the two.", row=first)
    return Problem(str(second), "", key, phrase("each key once"), remedy, where)


def _read_text(path: Path) -> str:
    """Return the text of a file, or raise the InputError that says why there is none."""
    try:
        raw = read_bytes(path, most=MOST_YAML_BYTES)
    except FileRefusedError as refusal:
        missing = isinstance(refusal, NoSuchFileError)
        found = phrase("") if missing else refusal.found
        expected = phrase("a file") if missing else phrase("a file that may be read")
        raise InputError(Problem("", "", found, expected, refusal.remedy, _place(path))) from None
    if not raw.strip():
        raise InputError(_empty(path.name))
    kind = _other_kind(raw)
    if kind:
        expected, remedy = phrase("a YAML text file"), phrase("Give the YAML file.")
        raise InputError(Problem("", "", kind, expected, remedy, path.name))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        value = phrase("the byte {byte}", byte=f"{raw[error.start]:#04x}")
        remedy = phrase("Save the file as UTF-8 in the text editor.")
        problem = Problem(str(line), "", value, phrase("text in UTF-8"), remedy, path.name)
        raise InputError(problem) from error


def _place(path: Path) -> str:
    """Return the path of a file that is not there, or not read: from here, where it is below."""
    whole, here = os.path.abspath(path), os.path.abspath("")
    return os.path.relpath(whole, here) if whole.startswith(here + os.sep) else str(path)


def _cut_text(where: str, line: int, text: str) -> Problem:
    """Return that the end of a wording would be lost, for YAML takes it for a remark."""
    return Problem(
        str(line),
        "",
        shorten(text),
        phrase("quotes around a text that has ' #': without them, the rest is left out"),
        phrase("Put the text in quotes; before a remark, put a space after the #."),
        where,
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


def _empty(where: str) -> Problem:
    remedy = phrase("The file is empty: write it first.")
    return Problem("", "", "", phrase("lines 'name: value'"), remedy, where)


def _syntax_problem(where: str, error: yaml.YAMLError) -> Problem:
    line, reason = "", str(error).split("\n", maxsplit=1)[0]
    if isinstance(error, yaml.MarkedYAMLError):
        reason = error.problem or reason
        line = str(error.problem_mark.line + 1) if error.problem_mark else ""
    found, remedy = yaml_complaint(reason)
    expected = phrase("text that follows the rules of YAML")
    return Problem(line, "", found, expected, remedy, where)


def _shown(content: object) -> Phrase:
    text = " ".join(str(content).split())
    text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    if isinstance(content, list):
        return phrase("a list: {text}", text=text)
    return phrase("a text: {text}", text=text)
