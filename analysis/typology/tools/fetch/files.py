"""The answers of a platform as a file of the study: asked for, looked at, then written whole."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from typology.answers.cells.dates import read_date
from typology.answers.platforms.delimited import read_delimited
from typology.answers.platforms.limits import MOST_ANSWER_BYTES
from typology.answers.platforms.table import AnswerTable
from typology.files.output_files import made_folder, refuse_places, write_files
from typology.files.output_places import PRIVATE_FOLDER
from typology.problems import InputError, Problem
from typology.questionnaire.file import is_questionnaire
from typology.questionnaire.header_names import fold_wording
from typology.study import load_study
from typology.tools.fetch.access import Access, read_access
from typology.tools.fetch.sources import SOURCES, AnswerSource
from typology.words.phrases import Phrase, phrase

INSTALLS = 'pip install "attitude-typology[platforms]"'

NO_DATE = date(1980, 1, 1)
"""Written by LimeSurvey where a survey keeps no dates."""


@dataclass(frozen=True)
class Fetched:
    """The file of answers, from whom and when."""

    source: AnswerSource
    file: Path
    count: int
    first: date | None
    last: date | None


def fetch_answers(
    study: Path, *, platform: str, survey: str = "", output: Path | None = None, force: bool = False
) -> Fetched:
    """Bring the answers of a platform into a file of a study.

    Parameters
    ----------
    study : Path
        The study file or its folder; or a questionnaire alone.
    platform : str
        One of `SOURCES`.
    survey : str
        Which survey, as the platform names it; "" for REDCap, whose token names the project.
    output : Path or None
        A file, .csv; by default one named after the platform and the survey in the folder
        ``private`` beside the questionnaire.
    force : bool
        Whether a file that exists with other contents is replaced.

    Returns
    -------
    Fetched

    Raises
    ------
    InputError
        If the client of the platform is not installed, the environment does not say how to open
        it, no answers come, or the file cannot be written or exists already. Nothing is written
        then.
    """
    source = SOURCES[platform]
    _refuse_absent(source)
    access = read_access(source, os.environ)
    _refuse_survey(survey, source)
    questionnaire, inputs = _study_files(study)
    name = "_".join(filter(None, (platform, survey)))
    file = output or questionnaire.parent / PRIVATE_FOLDER / f"{name}.csv"
    with made_folder(file.parent, inputs):
        refuse_places([file], inputs=inputs, endings=(".csv",))
        content = _asked(platform, access, survey)
        table = _table(content, file.name, source)
        write_files({file: content}, inputs=inputs, force=force, endings=(".csv",))
    days = list(_days(table, source))
    return Fetched(source, file, len(table.cells), min(days, default=None), max(days, default=None))


def _refuse_absent(source: AnswerSource) -> None:
    if find_spec(source.library) is None:
        expected = phrase("the program that asks {platform}", platform=source.title)
        remedy = phrase("Install it: {command}", command=INSTALLS)
        raise InputError(Problem("", "", "", expected, remedy, source.library))


def _refuse_survey(survey: str, source: AnswerSource) -> None:
    if source.survey and re.fullmatch(source.survey, survey):
        return
    if not source.survey:
        if survey:
            expected = phrase("no survey: the token of {platform} is that of one project",
                              platform=source.title)  # fmt: skip
            remedy = phrase("Leave the option --survey out.")
            raise InputError(Problem("", "", survey, expected, remedy, "--survey"))
        return
    expected = phrase("a survey as {platform} numbers or names it", platform=source.title)
    remedy = phrase("Give it with the option --survey: it stands in the address of the survey.")
    raise InputError(Problem("", "", survey, expected, remedy, "--survey"))


def _study_files(path: Path) -> tuple[Path, list[Path]]:
    """Return the questionnaire, and what is read beside the answers."""
    if is_questionnaire(path):
        return path, [path]
    study = load_study(path, for_checking=True)
    others = [each for role, each in study.inputs.items() if role != "responses"]
    return study.questionnaire_path, others


def _asked(platform: str, access: Access, survey: str) -> bytes:
    """Return what a platform gives; whatever stops its client is told without what was sent."""
    from typology.tools.fetch.exchange import problem_of  # noqa: PLC0415 - of the extra

    source = SOURCES[platform]
    client = import_module(f"typology.tools.fetch.{platform}")
    export: Callable[[AnswerSource, Access, str], bytes] = client.export
    try:
        return export(source, access, survey)
    except Exception as error:  # a client raises whatever it stumbles on
        raise problem_of(error, source) from None


def _table(content: bytes, name: str, source: AnswerSource) -> AnswerTable:
    """Return the table of what came; refuse what is none, and one without rows."""
    without = phrase("a survey without any answer")
    if not content.strip():
        raise _refusal(without, phrase("Run the command again once somebody has answered."), source)
    if content.lstrip()[:1] in (b"<", b"{", b"[") or len(content) > MOST_ANSWER_BYTES:
        found = phrase("no table of answers")
        raise _refusal(found, phrase("Check that it is the right survey."), source)
    table = read_delimited(content, name)
    if not len(table.cells):
        raise _refusal(without, phrase("Run the command again once somebody has answered."), source)
    return table


def _refusal(found: Phrase, remedy: Phrase, source: AnswerSource) -> InputError:
    expected = phrase("the answers of {platform}", platform=source.title)
    return InputError(Problem("", "", found, expected, remedy, source.title))


def _days(table: AnswerTable, source: AnswerSource) -> Iterator[date]:
    """Yield the day of each answer that says it."""
    folded = [fold_wording(header) for header in table.headers]
    columns = [
        at
        for pattern in source.dates
        for at, name in enumerate(folded)
        if fnmatchcase(name, pattern)
    ]
    for cells in table.cells[columns].itertuples(index=False):
        days = (read_date(str(cell)[:10]) for cell in cells)
        day = next((each for each in days if each not in (None, NO_DATE)), None)
        if day is not None:
            yield day
