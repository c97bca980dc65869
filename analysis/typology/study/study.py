"""A study ready to run: its choices and its files, checked."""

from __future__ import annotations

import os
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from typology import DEFAULT_STUDY
from typology.files.yaml_files import read_mapping, written_word
from typology.problems import InputError, Problem
from typology.problems.model_problems import as_problem
from typology.problems.sound_part import sound_part
from typology.questionnaire import LANGUAGES, Language, Questionnaire, Text
from typology.questionnaire.file import load_questionnaire
from typology.study.axis_rules import AxisRule, parse_axis_rule
from typology.study.membership_choices import membership_problems
from typology.study.paper import PaperParts, paper_parts
from typology.study.paper.languages import language_problems
from typology.study.paths import absent_file, project_folder, resolved, within_project
from typology.study.repeated import twice_said_problems
from typology.study.sections import DEFAULT_LANGUAGE, StudyFile
from typology.study.subgroup_choices import subgroup_problems
from typology.study.type_profiles import TypeProfile
from typology.words.number_conventions import study_line
from typology.words.phrases import phrase
from typology.words.spelling import did_you_mean

_STAND_INS: dict[str, Any] = {
    "title": {"en": "?", "fr": "?"},
    "questionnaire": "questionnaire.yml",
    "active": ["any"],
    "missing": "own category",
    "axes": 1,
    "classes": "auto",
    "seed": 0,
}
"""What takes the place of faulty keys that a study needs, so that all others are checked."""


@dataclass(frozen=True)
class Study:
    """A study ready to run: its choices, and its files in their places."""

    choices: StudyFile
    path: Path  # the study file
    questionnaire_path: Path
    responses_path: Path | None  # None where the study names no answers yet
    results_path: Path
    margins_path: Path | None = None
    published_sample_path: Path | None = None  # of a sample known from published percentages
    reported_shares_path: Path | None = None  # of shares that the survey published
    themes_path: Path | None = None  # of the themes that texts were coded under
    absent_files: tuple[Problem, ...] = ()  # named by the study, not there
    own_responses_path: Path | None = None  # those the study file names
    other_responses: bool = False  # whether ``responses_path`` was given instead
    other_simulated: bool = False  # whether those were said to be simulated
    parts: PaperParts = field(
        default_factory=dict
    )  # what the paper tells in words of the study's own
    references_path: Path | None = None  # of the study's own references

    def is_absent(self, key: str) -> bool:
        """Return whether the file that a key names is not there."""
        return any(problem.where.endswith(f"› {key}") for problem in self.absent_files)

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
            "margins": self.margins_path,
            "published_sample": self.published_sample_path,
            "reported_shares": self.reported_shares_path,
            "themes": self.themes_path,
        }
        return {role: path for role, path in files.items() if path is not None}

    def active_items(self, questionnaire: Questionnaire) -> list[str]:
        """Return the items of the active blocks, in their order."""
        return [item for items in self.active_blocks(questionnaire).values() for item in items]

    def active_blocks(self, questionnaire: Questionnaire) -> dict[str, list[str]]:
        """Return the items of each active block."""
        return {
            block: [item.id for item in questionnaire.block(block).items]
            for block in self.choices.active
        }

    def weighed_blocks(self, questionnaire: Questionnaire) -> dict[Hashable, str] | None:
        """Return the block of each active item where blocks are to weigh the same, or None."""
        if self.choices.block_weights == "none":
            return None
        blocks = self.active_blocks(questionnaire)
        return {item: block for block, items in blocks.items() for item in items}

    def settings(self) -> dict[str, Any]:
        """Return every choice that makes the results as plain values, for the manifest.

        Of the respondents who are left out, how many: the manifest leaves the machine.
        """
        told: dict[str, Any] = self.choices.model_dump(mode="json", exclude={"paper"})
        told["exclusions"]["respondents"] = len(self.choices.exclusions.respondents)
        return told


def load_study(
    path: Path,
    *,
    responses: Path | None = None,
    results: Path | None = None,
    simulated: bool = False,
    language: str | None = None,
    replicates: int | None = None,
    for_checking: bool = False,
) -> Study:
    """Read a study file and find its files.

    Parameters
    ----------
    path : Path
        The study file, or the folder that holds ``study.yml`` or ``analysis/study.yml``.
    responses, results : Path or None
        Used instead of those of the study file; wherever they are.
    simulated : bool
        Whether the answers given by ``responses`` are simulated.
    language : {"fr", "en"} or None
        Used instead of that of the study file.
    replicates : int or None
        Resamples, and samples of each population without groups, instead of those of the file.
    for_checking : bool
        Whether the other files are about to be checked: one that is not there then stands in
        ``absent_files``, to be told with whatever is wrong in them, and what is wrong with the
        study file is told with what is wrong with its questionnaire.

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
    read = read_mapping(path)
    content = read.content
    if language is not None:
        content["language"] = str(language)
    if replicates is not None:
        declared = content.get("validity")
        told = {"resamples": replicates, "null_replicates": replicates}
        content["validity"] = {**(declared if isinstance(declared, dict) else {}), **told}
    choices, faults = sound_part(StudyFile, content, unread=read.unread, stand_ins=_STAND_INS)
    problems = [*read.problems, *(as_problem(each, content, where=path.name) for each in faults)]
    if choices is None:
        raise InputError(problems)
    faulty = read.unread | {str(each.place[0]) for each in faults}
    named = {
        "questionnaire": None if "questionnaire" in faulty else choices.questionnaire,
        "responses": None if responses else choices.responses,
        "margins": choices.margins,
        "published_sample": choices.published_sample,
        "reported_shares": choices.reported_shares,
        "themes": choices.themes,
        "paper › references": choices.paper.references,
        **{f"paper › text › {each}": name for each, name in choices.paper.text.named.items()},
    }
    paths = {
        key: None if name is None else within_project(path, key, name, problems)
        for key, name in named.items()
    }
    outside = {problem.where for problem in problems}
    absent = [
        problem
        for key, found in paths.items()
        if found is not None
        and not (found.is_file() or (key == "responses" and found.is_dir()))  # parts of one table
        and (problem := absent_file(path, key, str(named[key]))).where not in outside
    ]
    parts, unread = paper_parts(
        choices.paper,
        {
            language: place
            for language in choices.paper.text.named
            if (place := paths[f"paper › text › {language}"]) is not None and place.is_file()
        },
        where=path.name,
    )
    problems += unread
    results_path = results or within_project(path, "results", choices.results, problems)
    problems += twice_said_problems(choices, where=path.name)
    problems += _weights_without_margins(choices, path, faulty)
    if not for_checking:
        problems += absent
    study = Study(
        choices,
        path,
        paths["questionnaire"] or resolved(path, choices.questionnaire),
        responses or paths["responses"],
        results_path,
        paths["margins"],
        paths["published_sample"],
        reported_shares_path=paths["reported_shares"],
        themes_path=paths["themes"],
        absent_files=tuple(absent),
        own_responses_path=None if choices.responses is None else resolved(path, choices.responses),
        other_responses=responses is not None,
        other_simulated=simulated,
        parts=parts,
        references_path=paths["paper › references"],
    )
    if problems:
        problems += [*absent, *_questionnaire_problems(study, faulty)] if for_checking else []
        raise InputError(problems)
    return study


def study_language(path: Path) -> Language | None:
    """Return the language in which a study speaks, even if the study file has problems.

    None when the line of the language cannot be read, or names another one.
    """
    try:
        file = _study_file(path)
    except InputError:
        return None
    try:
        read = read_mapping(file)
    except InputError:
        declared = written_word(file, "language")
    else:
        unread = "language" in read.unread
        declared = read.content.get("language", None if unread else DEFAULT_LANGUAGE)
    return next((language for language in LANGUAGES if language == declared), None)


def check_study(study: Study, questionnaire: Questionnaire) -> None:
    """Check that a study speaks of the blocks its questionnaire has.

    `InputError` is raised with every unknown block among the active ones and in the profiles of the
    types, and everything unknown in the choices of the models of membership, of the subgroups and
    of the crossed questions.
    """
    problems = _block_problems(study, [block.id for block in questionnaire.blocks])
    problems += membership_problems(study.choices, questionnaire, where=study.path.name)
    problems += subgroup_problems(study.choices, questionnaire, where=study.path.name)
    problems += _long_short_form(study, questionnaire)
    problems += language_problems(study.choices.paper, questionnaire, where=study.path.name)
    if problems:
        raise InputError(problems)


def problems_of_blocks(study: Study) -> list[Problem]:
    """Return the unknown blocks that a study names, though its questionnaire has faults.

    None where the questionnaire cannot be read as far as the names of its blocks.
    """
    try:
        written = read_mapping(study.questionnaire_path).content.get("blocks")
    except InputError:
        return []
    blocks = written if isinstance(written, list) else []
    names = [each.get("id") if isinstance(each, dict) else None for each in blocks]
    named = [name for name in names if isinstance(name, str) and name]
    return _block_problems(study, named) if named and len(named) == len(names) else []


def _block_problems(study: Study, blocks: list[str]) -> list[Problem]:
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
        if block not in known and block not in blocks
    ]
    return problems + _inactive(study, [block for block in blocks if block not in known])


def _inactive(study: Study, blocks: Sequence[str]) -> list[Problem]:
    """Return the blocks that make no axes and have a place in the profiles of types."""
    active, types = list(study.choices.active), study.choices.types
    of = {block: [each.id for each in types if block in each.profile] for block in blocks}
    named = [block for block in blocks if of[block]]
    line = study_line("active", [*active, *named])
    return [
        Problem(
            row="",
            column="",
            value=block,
            expected=phrase("active blocks ({names})", names=", ".join(active)),
            remedy=phrase("Take it out of the profiles, or make it active: {line}", line=line),
            where=f"{study.path.name} › types › {', '.join(of[block])} › profile",
        )
        for block in named
    ]


def _long_short_form(study: Study, questionnaire: Questionnaire) -> list[Problem]:
    """Return that a short form is asked to have as many items as the questionnaire, or more."""
    items = sum(len(each.items) for each in questionnaire.blocks if each.id in study.choices.active)
    size = study.choices.short_form
    if size is None or size < items or not items:
        return []
    expected = phrase("fewer items than the {count} active ones", count=items)
    remedy = phrase("Lower it, or remove it.")
    where = f"{study.path.name} › short_form"
    return [Problem("", "", str(size), expected, remedy, where)]


def _study_file(path: Path) -> Path:
    if os.path.isdir(path):  # unlike Path.is_dir, false for a name that no file can have
        for candidate in (path / "study.yml", path / DEFAULT_STUDY):
            if candidate.is_file():
                return candidate
        remedy = phrase(
            "Give the study file, or run in the folder of a study; `typology new` makes one."
        )
        found, expected = phrase("a folder without one"), phrase("a study file (study.yml)")
        raise InputError(Problem("", "", found, expected, remedy, str(path)))
    return path


def _questionnaire_problems(study: Study, faulty: Collection[str]) -> list[Problem]:
    """Return what is wrong with the questionnaire of a study file that is wrong itself.

    And what the study file says of it that is not there, but for the ``faulty`` keys.
    """
    path = study.questionnaire_path
    inside = path.is_relative_to(project_folder(study.path))
    if "questionnaire" in faulty or not inside or not path.is_file():
        return []
    try:
        asked = load_questionnaire(path).without(study.choices.absent_columns)
    except InputError as error:
        return [*error.problems, *([] if "active" in faulty else problems_of_blocks(study))]
    if "active" in faulty:  # nobody knows which: none of its blocks is called unknown
        blocks = tuple(block.id for block in asked.blocks)
        study = replace(study, choices=study.choices.model_copy(update={"active": blocks}))
    try:
        check_study(study, asked)
    except InputError as error:
        return list(error.problems)
    return []


def _weights_without_margins(
    choices: StudyFile, path: Path, faulty: Collection[str]
) -> list[Problem]:
    """Return what the weights asked for lack, but for the ``faulty`` keys."""
    problems = []
    if choices.weights == "margins" and choices.margins is None and "margins" not in faulty:
        expected = phrase("the key '{key}'", key="margins")
        remedy = phrase("Name the file of the population's margins.")
        where = f"{path.name} › weights"
        problems.append(Problem("", "", choices.weights, expected, remedy, where))
    if choices.frequencies and choices.exclusions.duplicates:
        expected = phrase("one of the two: rows that stand for several respondents are duplicates")
        remedy = phrase("Remove it, or remove 'frequencies: true' from 'weights'.")
        where = f"{path.name} › exclusions › duplicates"
        problems.append(Problem("", "", "true", expected, remedy, where))
    trimmed = choices.trim_weights is not None and choices.weights != "margins"
    if trimmed and "weights" not in faulty:
        expected = phrase("weights made from margins, which alone are trimmed")
        remedy = phrase("Remove it, or write 'weights: margins'.")
        where = f"{path.name} › trim_weights"
        found = str(list(choices.trim_weights or ()))
        problems.append(Problem("", "", found, expected, remedy, where))
    return problems


def _unknown_block(study: Study, key: str, block: str, known: list[str]) -> Problem:
    expected = phrase("a block ({names})", names=", ".join(known))
    remedy = did_you_mean(block, known) or phrase("Name one of these blocks.")
    return Problem("", "", block, expected, remedy, f"{study.path.name} › {key}")
