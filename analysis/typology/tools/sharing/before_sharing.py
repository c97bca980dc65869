"""Refusing to share answers, wherever they lie and however they are called."""

from __future__ import annotations

import gzip
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import IO

import pandas as pd

from typology.answers.personal_data import personal_kind
from typology.answers.platforms import AnswerTable, read_tables
from typology.answers.pseudonyms import KEY
from typology.answers.simulation_mark import says_simulated
from typology.files.output_places import is_same
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire
from typology.questionnaire.header_names import KnownNames, fold_wording
from typology.study import Study
from typology.study.paths import project_folder
from typology.tools.sharing.leaving_files import LeavingFile, leaving_files
from typology.words.phrases import Phrase, phrase

_TABLES = (
    ".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".sav", ".zsav", ".dta",
    ".parquet",
)  # fmt: skip
"""Endings of files that may hold answers, also before another: answers.csv.bak."""
CLOSED = {
    ".7z", ".arrow", ".bz2", ".db", ".feather", ".pickle", ".pkl", ".rar", ".rdata", ".rds",
    ".sas7bdat", ".sqlite", ".tar", ".tgz", ".xz",
}  # fmt: skip
"""Endings of files into which nobody looks here, and which may hold answers."""
OPENED = {".gz", ".json", ".zip"}
"""Endings of files that are opened for what is inside."""
_MOST_BYTES = 200_000_000
"""Of a file of an archive that is looked into."""
PROSE = ".txt"
"""A text that is no table is a text."""
_FEWEST_ITEMS = 3
"""A table with columns for as many items holds answers."""
_ONE = {"respondent", "repondant"}
_RESPONDENTS = {*_ONE, "respondents", "repondants"}


def check_before_sharing(study: Study) -> int:
    """Refuse to share a study whose files that would leave hold answers of respondents.

    Returns how many files were looked at. Simulated answers may leave. Raises InputError with every
    file that may not.
    """
    folder = project_folder(study.path)
    questionnaire = _questionnaire(study)
    files = leaving_files(folder)
    problems = [problem for each in files for problem in _problems(each, study, questionnaire)]
    if problems:
        raise InputError(problems)
    return len(files)


def _questionnaire(study: Study) -> Questionnaire | None:
    try:
        return load_questionnaire(study.questionnaire_path)
    except InputError:
        return None


def _problems(
    file: LeavingFile, study: Study, questionnaire: Questionnaire | None
) -> Iterator[Problem]:
    if any(fnmatch(file.name, public) for public in study.choices.disclosure.public_files):
        return
    path = file.folder / file.name
    answers = study.responses_path
    if answers is not None and is_same(path, answers) and study.choices.simulated:
        return
    if file.is_private or path.name == KEY:
        yield _refused(file, phrase("a file of a private folder"))
    elif answers is not None and is_same(path, answers):
        if not _says_simulated(file):
            yield _refused(file, phrase("the answers of the study"))
    else:
        yield from _of_content(file, study, questionnaire)


def _of_content(
    file: LeavingFile, study: Study, questionnaire: Questionnaire | None
) -> Iterator[Problem]:
    """Yield what is wrong with what is in a file, or in an archive."""
    if not _may_hold_answers(file.name):
        return
    try:
        inside = list(_inside(Path(file.name).name, file.content()))
    except (OSError, EOFError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        yield _unseen(file)
        return
    for name, content in inside:
        if Path(name).suffix.casefold() in CLOSED:
            yield _unseen(file)
            return
        if not _may_hold_answers(name):
            continue
        try:
            found = _found(_tables(name, content), study, questionnaire)
        except InputError:
            yield _unseen(file)
            return
        if found is not None:
            yield _refused(file, found)
            return


def _may_hold_answers(name: str) -> bool:
    """Return whether a file is to be looked into, by its name."""
    ending = Path(name).suffix.casefold()
    return bool(_ending(name)) or ending in CLOSED or ending in OPENED


def _inside(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of a file, or of each file of an archive."""
    ending = Path(name).suffix.casefold()
    if ending == ".gz":
        with gzip.open(io.BytesIO(content)) as unpacked:
            yield from _inside(name[: -len(ending)], _at_most(unpacked))
    elif ending == ".zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                if not member.endswith("/"):
                    with archive.open(member) as unpacked:
                        yield from _inside(Path(member).name, _at_most(unpacked))
    else:
        yield name, content


def _at_most(unpacked: IO[bytes] | gzip.GzipFile) -> bytes:
    content = unpacked.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise OSError
    return content


def _may_hold_rows(name: str, content: bytes) -> bool:
    """Return whether a file that is no table that can be read may be one all the same.

    Delimited texts of one or two columns, or without a row below the first, hold no answers.
    """
    ending = _ending(name)
    if ending == PROSE:
        return False
    if ending not in {".csv", ".tsv", ".tab"}:
        return True
    lines = [line for line in content.splitlines() if line.strip()]
    return len(lines) > 1 and max(map(lines[0].count, (b",", b";", b"\t"))) >= 2


def _ending(name: str) -> str:
    """Return the ending of a table that a name has, last or not; "" where it has none.

    >>> _ending("answers.CSV"), _ending("answers.csv.bak"), _ending("answers.csv_kept")
    ('.csv', '.csv', '.csv')
    """
    found = re.search(rf"({'|'.join(map(re.escape, _TABLES))})(?![a-z0-9])", name.casefold())
    return found[1] if found else ""


def _found(
    tables: list[AnswerTable], study: Study, questionnaire: Questionnaire | None
) -> Phrase | None:
    """Return what of respondents tables hold."""
    names = None if questionnaire is None else KnownNames(questionnaire)
    for table in tables:
        if says_simulated(table):
            continue
        headers = {fold_wording(header) for header in table.headers}
        items: set[str] = set()
        if names is not None and questionnaire is not None:
            known = {each for header in table.headers for each in names.find(header)}
            items = known & set(questionnaire.items)
        if len(items) >= _FEWEST_ITEMS:
            return phrase("answers to {count} items", count=len(items))
        if headers & _RESPONDENTS and _names_each(table) and not _simulated_names(table, study):
            return phrase("a row a respondent")
        if any(
            personal_kind(table.cells[column].tolist()) in {"email", "social_security"}
            for column in table.cells.columns
        ):
            return phrase("e-mail addresses or national numbers")
    return None


def _names_each(table: AnswerTable) -> bool:
    """Return whether a table has a row a respondent: a column may count them instead."""
    counted = not {fold_wording(header) for header in table.headers} & _ONE
    return len(table.cells) > 1 and not (counted and len(_names(table)) < len(table.cells))


def _simulated_names(table: AnswerTable, study: Study) -> bool:
    """Return whether the respondents of a table are those of the study's simulated answers."""
    if not study.choices.simulated or study.responses_path is None:
        return False
    return _names(table) <= {
        name
        for simulated in read_tables(study.responses_path)
        if says_simulated(simulated)
        for name in _names(simulated)
    }


def _names(table: AnswerTable) -> set[str]:
    headers = [fold_wording(each) in _RESPONDENTS for each in table.headers]
    columns = [column for column, known in zip(table.cells, headers, strict=True) if known]
    return {str(name) for column in columns for name in table.cells[column]}


def _says_simulated(file: LeavingFile) -> bool:
    try:
        tables = _tables(Path(file.name).name, file.content())
    except InputError:
        return False
    return bool(tables) and all(says_simulated(table) for table in tables)


def _tables(name: str, content: bytes) -> list[AnswerTable]:
    """Return the tables of a file, none where it can hold no answers; InputError of another."""
    with tempfile.TemporaryDirectory() as folder:
        if name.casefold().endswith(".json"):
            records = _records(content)
            if records is None:
                return []
            path = Path(folder) / "records.csv"
            records.to_csv(path, index=False)
        else:
            path = Path(folder) / f"table{_ending(name)}"
            path.write_bytes(content)
        try:
            return read_tables(path)
        except InputError:
            if _may_hold_rows(name, content):
                raise
            return []


def _records(content: bytes) -> pd.DataFrame | None:
    """Return a list of answers in JSON as a table; None for anything else."""
    try:
        read = json.loads(content)
    except ValueError:
        return None
    lists = [read] if isinstance(read, list) else []
    lists += list(read.values()) if isinstance(read, dict) else []
    for each in lists:
        if isinstance(each, list) and each and all(isinstance(row, dict) for row in each):
            return pd.DataFrame(each).astype(str)
    return None


def _unseen(file: LeavingFile) -> Problem:
    found = phrase("a file that may hold answers, and that cannot be looked into")
    remedy = phrase(
        "If nobody's answers are in it, name it in the study file: "
        'disclosure: {{public_files: ["{file}"]}}. If not, move it into data/private/.',
        file=file.name,
    )
    return _not_to_leave(file, found, remedy)


def _refused(file: LeavingFile, found: Phrase) -> Problem:
    remedy = phrase(
        "Move it into data/private/ (or private/), which git ignores; if git has it already: "
        'git rm --cached "{file}".',
        file=file.name,
    )
    return _not_to_leave(file, found, remedy)


def _not_to_leave(file: LeavingFile, found: Phrase, remedy: Phrase) -> Problem:
    expected = phrase("nothing of single respondents in what is shared")
    return Problem("", "", found, expected, remedy, file.name)
