"""The form of a questionnaire on disk: all the files of a platform, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from typology.files.output_files import made_folder, write_files
from typology.problems import InputError, Problem
from typology.questionnaire import Language, Questionnaire
from typology.questionnaire.file import is_questionnaire, load_questionnaire
from typology.questionnaire.forms.form import Form, make_form
from typology.study import load_study
from typology.tools.forms.platforms import PLATFORMS
from typology.words.phrases import Phrase, phrase


@dataclass(frozen=True)
class FormFiles:
    """What was written of a form, and what the platform could not hold."""

    form: Form
    platform: str
    files: tuple[Path, ...]
    notes: tuple[Phrase, ...]


def write_form(
    source: Path,
    *,
    platform: str,
    languages: Sequence[str] = (),
    output: Path | None = None,
    force: bool = False,
) -> FormFiles:
    """Write the form of a questionnaire for a platform.

    Parameters
    ----------
    source : Path
        The questionnaire, or a study, or the folder of one.
    platform : str
        One of `PLATFORMS`.
    languages : sequence of str
        Those of the form, the first one shown first; all those of the questionnaire if empty.
    output : Path or None
        A folder, made if there is none; or the name of the file, to which the languages are added
        where each has a file. By default files named after the questionnaire, in this folder.
    force : bool
        Whether files that exist with other contents are replaced; never those that are read.

    Returns
    -------
    FormFiles

    Raises
    ------
    InputError
        If the questionnaire cannot be used, a language is not one of its own, or a file cannot be
        written or exists already. Nothing is written then.
    """
    inputs = [source] if is_questionnaire(source) else _inputs_of_study(source)
    questionnaire = load_questionnaire(inputs[0])
    form = make_form(questionnaire, _known(languages, questionnaire))
    chosen = PLATFORMS[platform]
    written = chosen.write(form)
    folder, stem, ending = _place(inputs[0], platform, output)
    contents = {
        folder / f"{stem}{'' if language is None else f'_{language}'}{ending}": content
        for language, content in written.files.items()
    }
    with made_folder(folder, inputs):
        write_files(contents, inputs=inputs, force=force, endings=(chosen.ending,))
    return FormFiles(form, platform, tuple(contents), written.notes)


def _inputs_of_study(path: Path) -> list[Path]:
    study = load_study(path, for_checking=True)
    return [study.questionnaire_path, study.path]


def _known(languages: Sequence[str], questionnaire: Questionnaire) -> list[Language]:
    """Return languages of the questionnaire, each once; refuse all others at once."""
    known = {str(language): language for language in questionnaire.languages}
    expected = phrase("a language of the questionnaire ({languages})", languages=", ".join(known))
    remedy = phrase("Correct it, or word the questionnaire in this language as well.")
    problems = [
        Problem("", "", language, expected, remedy, "--languages")
        for language in languages
        if language not in known
    ]
    if problems:
        raise InputError(problems)
    return [known[language] for language in dict.fromkeys(languages)]


def _place(questionnaire: Path, platform: str, output: Path | None) -> tuple[Path, str, str]:
    """Return the folder of the files, how their names begin and how they end."""
    if output is not None and output.suffix and not output.is_dir():
        return output.parent, output.stem, output.suffix
    name, chosen = questionnaire.stem, PLATFORMS[platform]
    if not chosen.on_paper:
        name = f"{name}_{platform.replace('-', '_')}"
    return output or Path(), name, chosen.ending
