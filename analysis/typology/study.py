"""A study ready to run: its choices and its files, checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from typology.axis_rules import AxisRule, parse_axis_rule
from typology.membership_choices import membership_problems
from typology.model_problems import problems_of
from typology.naming import TypeProfile
from typology.phrases import phrase
from typology.problems import InputError, Problem
from typology.questionnaire import LANGUAGES, Language, Questionnaire, Text
from typology.spelling import did_you_mean
from typology.study_file import DEFAULT_LANGUAGE, StudyFile
from typology.yaml_files import load_mapping

DEFAULT_STUDY = Path("analysis") / "study.yml"


@dataclass(frozen=True)
class Study:
    """A study ready to run: its choices, and its files in their places.

    Parameters
    ----------
    choices : StudyFile
    path : Path
        The study file.
    questionnaire_path, responses_path, results_path : Path
    margins_path : Path or None
        The margins of the population, where the study names them.
    published_sample_path : Path or None
        A sample known from published percentages, where the study names one.
    """

    choices: StudyFile
    path: Path
    questionnaire_path: Path
    responses_path: Path
    results_path: Path
    margins_path: Path | None = None
    published_sample_path: Path | None = None

    @property
    def margins_name(self) -> str:
        """Return the name of the file of margins, "" without one."""
        return "" if self.margins_path is None else self.margins_path.name

    @property
    def axis_rule(self) -> AxisRule:
        """Return how many axes are kept."""
        return parse_axis_rule(self.choices.axes)

    @property
    def profiles(self) -> tuple[TypeProfile, ...]:
        """Return the declared types."""
        return tuple(TypeProfile(each.id, each.profile) for each in self.choices.types)

    @property
    def type_names(self) -> dict[str, Text]:
        """Return the names of the declared types, by id."""
        return {each.id: Text(fr=each.fr, en=each.en) for each in self.choices.types}

    @property
    def inputs(self) -> dict[str, Path]:
        """Return the files that make the results, by role."""
        files = {
            "study": self.path,
            "questionnaire": self.questionnaire_path,
            "responses": self.responses_path,
        }
        optional = {"margins": self.margins_path, "published_sample": self.published_sample_path}
        return files | {role: path for role, path in optional.items() if path is not None}

    def active_items(self, questionnaire: Questionnaire) -> list[str]:
        """Return the items of the active blocks, in their order."""
        return [
            item.id for block in self.choices.active for item in questionnaire.block(block).items
        ]

    def active_blocks(self, questionnaire: Questionnaire) -> dict[str, list[str]]:
        """Return the items of each active block."""
        return {
            block: [item.id for item in questionnaire.block(block).items]
            for block in self.choices.active
        }

    def settings(self) -> dict[str, Any]:
        """Return every choice as plain values, for the manifest."""
        return self.choices.model_dump(mode="json")


def load_study(
    path: Path,
    *,
    responses: Path | None = None,
    results: Path | None = None,
    language: str | None = None,
    replicates: int | None = None,
) -> Study:
    """Read a study file and find its files.

    Parameters
    ----------
    path : Path
        The study file, or the folder that holds ``study.yml`` or ``analysis/study.yml``.
    responses, results : Path or None
        Used instead of those of the study file; wherever they are.
    language : {"fr", "en"} or None
        Used instead of that of the study file.
    replicates : int or None
        Resamples, and samples of each population without groups, instead of those of the file.

    Returns
    -------
    Study

    Raises
    ------
    InputError
        With every problem of the file: unknown or missing keys, values off the list, files that
        do not exist or lie outside the project folder.

    Notes
    -----
    Paths are relative to the study file and stay within the project folder, so that a copy of the
    folder runs elsewhere: the folder of the study file, or the one above when it is called
    ``analysis``.
    """
    path = _study_file(path)
    content = load_mapping(path)
    if language is not None:
        content["language"] = str(language)
    if replicates is not None:
        declared = content.get("validity")
        content["validity"] = {
            **(declared if isinstance(declared, dict) else {}),
            "resamples": replicates,
            "null_replicates": replicates,
        }
    try:
        choices = StudyFile.model_validate(content)
    except ValidationError as error:
        raise InputError(problems_of(error, content, where=path.name, model=StudyFile)) from None
    problems: list[Problem] = []
    questionnaire_path = _within_project(path, "questionnaire", choices.questionnaire, problems)
    responses_path = responses or _within_project(path, "responses", choices.responses, problems)
    results_path = results or _within_project(
        path, "results", choices.results, problems, exists=False
    )
    margins_path, published_sample_path = (
        None if name is None else _within_project(path, key, name, problems)
        for key, name in (
            ("margins", choices.margins),
            ("published_sample", choices.published_sample),
        )
    )
    problems += _repeated_types(choices, path)
    problems += _weights_without_margins(choices, path)
    if problems:
        raise InputError(problems)
    return Study(
        choices,
        path,
        questionnaire_path,
        responses_path,
        results_path,
        margins_path,
        published_sample_path,
    )


def study_language(path: Path) -> Language | None:
    """Return the language in which a study speaks, even if the study file has problems.

    Parameters
    ----------
    path : Path
        As for :func:`load_study`.

    Returns
    -------
    {"fr", "en"} or None
        None when the file cannot be read or names another language.
    """
    try:
        declared = load_mapping(_study_file(path)).get("language", DEFAULT_LANGUAGE)
    except InputError:
        return None
    return next((language for language in LANGUAGES if language == declared), None)


def check_study(study: Study, questionnaire: Questionnaire) -> None:
    """Check that a study speaks of the blocks its questionnaire has.

    Parameters
    ----------
    study : Study
    questionnaire : Questionnaire

    Raises
    ------
    InputError
        With every unknown block among the active ones and in the profiles of the types, and
        everything unknown in the choices of the models of membership.
    """
    blocks = [block.id for block in questionnaire.blocks]
    active = study.choices.active
    problems = [
        _unknown_block(study, "active", block, blocks) for block in active if block not in blocks
    ]
    # A block whose name is misspelt among the active ones is told once, not in each profile.
    known = list(active) + (blocks if problems else [])
    problems += [
        _unknown_block(study, f"types › {each.id} › profile", block, list(active))
        for each in study.choices.types
        for block in each.profile
        if block not in known
    ]
    problems += membership_problems(study.choices, questionnaire, where=study.path.name)
    if problems:
        raise InputError(problems)


def _study_file(path: Path) -> Path:
    if path.is_dir():
        for candidate in (path / "study.yml", path / DEFAULT_STUDY):
            if candidate.is_file():
                return candidate
        remedy = phrase("Give the study file, or run in the folder of a study.")
        found, expected = phrase("a folder without one"), phrase("a study file (study.yml)")
        raise InputError(Problem("", "", found, expected, remedy, str(path)))
    return path


def _project_folder(path: Path) -> Path:
    folder = path.resolve().parent
    return folder.parent if folder.name == "analysis" else folder


def _within_project(
    study_file: Path, key: str, name: str, problems: list[Problem], *, exists: bool = True
) -> Path:
    where = f"{study_file.name} › {key}"
    target = (study_file.resolve().parent / name).resolve()
    project = _project_folder(study_file)
    if not target.is_relative_to(project) or target == project:
        remedy = phrase(
            "Move the file into the project folder, so that a copy of the folder runs elsewhere; "
            "for answers kept elsewhere, use the option --responses."
        )
        expected = phrase("a place inside the project folder ({folder})", folder=project.name)
        problems.append(Problem("", "", name, expected, remedy, where))
    elif exists and not target.is_file():
        remedy = phrase("Correct the path: it is read from the folder of the study file.")
        problems.append(Problem("", "", name, phrase("a file that exists"), remedy, where))
    return target


def _repeated_types(choices: StudyFile, path: Path) -> list[Problem]:
    ids = [each.id for each in choices.types]
    expected, remedy = phrase("each type once"), phrase("Rename or remove one.")
    return [
        Problem("", "", name, expected, remedy, f"{path.name} › types")
        for name in sorted({name for name in ids if ids.count(name) > 1})
    ]


def _weights_without_margins(choices: StudyFile, path: Path) -> list[Problem]:
    """Return what the weights asked for lack."""
    problems = []
    if choices.weights == "margins" and choices.margins is None:
        expected = phrase("the key '{key}'", key="margins")
        remedy = phrase("Name the file of the population's margins.")
        where = f"{path.name} › weights"
        problems.append(Problem("", "", choices.weights, expected, remedy, where))
    if choices.frequencies and choices.exclusions.duplicates:
        expected = phrase("one of the two: rows that stand for several respondents are duplicates")
        remedy = phrase("Remove it, or remove 'frequencies: true' from 'weights'.")
        where = f"{path.name} › exclusions › duplicates"
        problems.append(Problem("", "", "true", expected, remedy, where))
    if choices.trim_weights is not None and choices.weights != "margins":
        expected = phrase("weights made from margins, which alone are trimmed")
        remedy = phrase("Remove it, or write 'weights: margins'.")
        where = f"{path.name} › trim_weights"
        found = str(list(choices.trim_weights))
        problems.append(Problem("", "", found, expected, remedy, where))
    return problems


def _unknown_block(study: Study, key: str, block: str, known: list[str]) -> Problem:
    expected = phrase("a block ({names})", names=", ".join(known))
    remedy = did_you_mean(block, known) or phrase("Name one of these blocks.")
    return Problem("", "", block, expected, remedy, f"{study.path.name} › {key}")
