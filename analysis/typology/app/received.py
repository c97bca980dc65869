"""A file of answers that was brought: what it is, which questionnaire it answers, where it goes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from typology.answers.headings.matching import match_columns
from typology.answers.headings.other_questionnaire import says_other_questionnaire
from typology.answers.platforms import AnswerTable, read_tables
from typology.answers.platforms.recognised import recognised_platform
from typology.answers.pseudonyms import private_folder
from typology.answers.simulation_mark import says_simulated
from typology.app.shelf import OpenStudy
from typology.files.yaml_files import load_mapping
from typology.problems import InputError, Problem
from typology.questionnaire import LANGUAGES, Questionnaire
from typology.questionnaire.file import load_questionnaire, questionnaire_from_mapping
from typology.questionnaire.header_names import KnownNames
from typology.study import Study
from typology.tools.new.draft import name_of
from typology.tools.new.drafting import drafted
from typology.tools.new.example import EXAMPLES, example_files
from typology.tools.new.study_texts import QUESTIONNAIRE
from typology.tools.new.templates import templates
from typology.tools.new.wished.wishes import Wishes
from typology.tools.simulate.files import RESPONSES, SIMULATED_TYPES, write_simulation

_ENOUGH = 0.3
"""Share of the items that a file has columns for, from which it answers a questionnaire."""
_INVENTED = ("margins", "published_sample")
"""Keys of the example that are no use with other answers: its population is invented."""


@dataclass(frozen=True)
class Received:
    """A file of answers, read: ``platform`` is "" where none was recognised."""

    platform: str
    tables: tuple[AnswerTable, ...]

    @property
    def table(self) -> AnswerTable:
        """Return the sheet with the most columns."""
        return max(self.tables, key=lambda each: len(each.headers))

    @property
    def headers(self) -> list[str]:
        """Return the titles of its columns, those that have one."""
        return [each for each in self.table.headers if each]

    @property
    def rows(self) -> int:
        """Return how many rows the sheet has."""
        return len(self.table.cells)

    @property
    def simulated(self) -> bool:
        """Return whether the file says that its answers were simulated."""
        return any(map(says_simulated, self.tables))


def safe_name(name: str) -> str:
    r"""Return a name for a file that was sent: that of its author, fit for any disk.

    >>> safe_name("C:\\Mes documents\\Réponses été (1).XLSX"), safe_name("../../x")
    ('reponses_ete_1.xlsx', 'x.csv')
    """
    last = PurePosixPath(PureWindowsPath(name).name)
    suffix = last.suffix.casefold()
    known = suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= 9
    return f"{name_of(last.stem, otherwise='answers')}{suffix if known else '.csv'}"


@contextmanager
def as_file(name: str, content: bytes) -> Iterator[Path]:
    """Give a file that was sent a place, for as long as it is looked at."""
    with tempfile.TemporaryDirectory(prefix="typology-app-") as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(content)
        yield path


def read_received(path: Path) -> Received:
    """Return what a file of answers holds; InputError for what is no such file."""
    tables = tuple(read_tables(path))
    platforms = (recognised_platform(each.headers) for each in tables)
    return Received(next(filter(None, platforms), ""), tables)


def example_questionnaire(name: str) -> Questionnaire:
    """Return the questionnaire of a shipped example."""
    with as_file("questionnaire.yml", example_files(name)[QUESTIONNAIRE]) as path:
        return load_questionnaire(path)


def known_questionnaires() -> dict[str, Questionnaire]:
    """Return what a new study may begin with: the examples, then the templates."""
    known = {name: example_questionnaire(name) for name in EXAMPLES}
    for name in templates():
        draft = drafted(Wishes(template=name, languages=LANGUAGES), language=LANGUAGES[0])
        known[name] = questionnaire_from_mapping(draft.questionnaire)
    return known


def items_named(received: Received, questionnaire: Questionnaire) -> int:
    """Return how many items of a questionnaire a file has columns for."""
    names = KnownNames(questionnaire)
    texts = [text for each in received.tables for text in (*each.headers, *each.descriptions)]
    found = {key for text in texts if text for key in names.find(text)}
    return len(found & set(questionnaire.items))


def doubts(study: Study, received: Received, questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Return that the questionnaire of a study does not seem to be that of its answers."""
    choices = study.choices
    matched = (
        match_columns(
            table,
            questionnaire.without(choices.absent_columns),
            id_column=choices.respondent_column,
            ignore=choices.ignored_columns,
            absent=choices.absent_columns,
            declared=choices.columns,
        )
        for table in received.tables
    )
    told = [says_other_questionnaire(each.problems) for each in matched]
    return () if None in told else tuple(each for each in told[:1] if each is not None)


def answered_questionnaire(received: Received) -> str:
    """Return the name of the questionnaire that a file answers, "" where it is none of those known.

    That of which it has columns for the largest share of the items.
    """
    shares = {
        name: items_named(received, each) / len(each.items)
        for name, each in known_questionnaires().items()
    }
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _ENOUGH else ""


def put_answers(study: OpenStudy, name: str, content: bytes) -> Received:
    """Put a file of answers into the private folder of a study, and name it in the study file.

    Nothing changes if it is no file of answers.
    """
    with as_file(name, content) as path:
        received = read_received(path)
    place = private_folder(study.folder) / safe_name(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    with study.alone():
        study.write(place, content)
        declared = load_mapping(study.path)
        lines: dict[str, object] = {
            "responses": relative(place, study.path.parent), "simulated": received.simulated,
        }  # fmt: skip
        if declared.get("simulated") is True and not received.simulated:
            lines |= dict.fromkeys(_INVENTED)
            # The types planted in simulated answers: nothing reads them once there are others.
            (study.path.parent / SIMULATED_TYPES).unlink(missing_ok=True)
        study.change(study.path, lines)
    return received


def has_made_up_answers(study: Study) -> bool:
    """Return whether the answers of a study are those that the command makes up beside it."""
    own = study.questionnaire_path.with_name(RESPONSES)
    return study.choices.simulated and study.responses_path == own


def make_up_answers(study: OpenStudy) -> int:
    """Make up answers to the questionnaire as it is, in place of those made up before."""
    loaded = study.load()
    if not has_made_up_answers(loaded):
        return 0
    with study.alone():
        return write_simulation(loaded.questionnaire_path, force=True).n


def relative(path: Path, folder: Path) -> str:
    """Return a path as the study file writes it, from its own folder."""
    up = "" if path.is_relative_to(folder) else "../"
    return f"{up}{path.relative_to(folder if not up else folder.parent).as_posix()}"


def current(study: Study) -> Received | None:
    """Return the answers that a study names, None where they cannot be read."""
    if study.responses_path is None or not study.responses_path.is_file():
        return None
    try:
        return read_received(study.responses_path)
    except InputError:
        return None
