"""Two versions of a questionnaire from files, and the table of what changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from typology.files.output_files import refuse_places, write_files
from typology.files.output_places import is_same
from typology.files.written_tables import table_bytes
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire
from typology.study.asked import load_asked
from typology.tools.questionnaire_versions.table import version_changes_table
from typology.tools.questionnaire_versions.versions import Versions, compare_versions
from typology.words.phrases import phrase


@dataclass(frozen=True)
class ComparedVersions:
    """Two versions compared, and the file of what changed; None where none was asked for."""

    versions: Versions
    output: Path | None


def compare_version_files(
    old: Path, new: Path, *, output: Path | None, language: str, force: bool = False
) -> ComparedVersions:
    """Compare two questionnaires, or those of two studies, and write what changed.

    Parameters
    ----------
    old, new : Path
        Each a questionnaire, or a study (file or folder).
    output : Path or None
        File of the table (.csv, .tsv or .xlsx); None: no file.
    language : {"fr", "en"}
        Of the explanations.
    force : bool
        Whether a file that exists with other contents is replaced; never one that is read.

    Raises
    ------
    InputError
        With every problem of both questionnaires, or if the file cannot be written.
    """
    (first, before), (second, after) = _read(old, new)
    paths = [first, second]
    if is_same(first, second):
        found, expected = phrase("the same file twice"), phrase("two versions of a questionnaire")
        remedy = phrase("Give the file of the other version.")
        raise InputError(Problem("", "", found, expected, remedy, first.name))
    if output is not None:
        refuse_places([output], inputs=paths)
    versions = compare_versions(before, after)
    if output is not None:
        table = version_changes_table(versions, language)
        write_files({output: table_bytes(output, table)}, inputs=paths, force=force)
    return ComparedVersions(versions, output)


def _read(old: Path, new: Path) -> list[tuple[Path, Questionnaire]]:
    """Return the file and the contents of each version; what is wrong with both is told at once."""
    read: list[tuple[Path, Questionnaire]] = []
    problems: list[Problem] = []
    for path in (old, new):
        try:
            questionnaire, study = load_asked(path)
            read.append((path if study is None else study.questionnaire_path, questionnaire))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return read
