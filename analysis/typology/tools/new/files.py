"""A new study on disk: everything it takes to check it, run it and render its documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire
from typology.study import check_study, load_study
from typology.study.keys.file_keys import EDITED_FILES
from typology.study.keys.schemas import schema_text
from typology.tools.data_protection.sheet import data_protection_sheets
from typology.tools.new.drafting import drafted
from typology.tools.new.example import example_files
from typology.tools.new.new_folder import made_whole, refuse_place, write_contents
from typology.tools.new.pages import document_sources
from typology.tools.new.study_texts import (
    DOCUMENTS,
    QUESTIONNAIRE,
    STUDY,
    folder_texts,
    schema_path,
    study_texts,
)
from typology.tools.new.templates import DEFAULT_TEMPLATE
from typology.tools.new.wished.wishes import Wishes
from typology.tools.simulate.files import write_simulation
from typology.words.phrases import phrase


@dataclass(frozen=True)
class NewStudy:
    """A study that was made in a folder; ``notices`` are what its author is to know."""

    folder: Path
    questionnaire: Questionnaire
    notices: tuple[str, ...]


def make_study(folder: Path, wishes: Wishes, *, language: str) -> NewStudy:
    """Make a study in a folder of its own.

    Parameters
    ----------
    folder : Path
        A new folder, or an empty one; those above it are made.
    wishes : Wishes
        What it is made from; whatever is not said is as usual.
    language : {"fr", "en"}
        That of who makes it, and of the study unless the wishes say another.

    Returns
    -------
    NewStudy

    Raises
    ------
    InputError
        If something is in the folder, or what it is made from cannot be used; nothing is written
        then.
    """
    refuse_place(folder)
    notices: tuple[str, ...] = ()
    if wishes.example is not None:
        contents = example_files(wishes.example)
    else:
        draft = drafted(wishes, language=language)
        contents = _encoded(study_texts(draft))
        notices = draft.notices
    with made_whole(folder) as new:
        write_contents(new, contents)
        questionnaire = load_questionnaire(new / QUESTIONNAIRE)
        if wishes.example is None:
            write_simulation(new / QUESTIONNAIRE)
        _write_rest(new, questionnaire)
        study = load_study(new / STUDY)
        check_study(study, questionnaire)
        write_contents(new, _encoded(data_protection_sheets(study, questionnaire)))
    if wishes == Wishes():
        notices = (
            *notices,
            phrase(
                "Nothing was asked for, by options or on a terminal that answers: this is the "
                "template {name}, to be rewritten. `typology new --help` tells the options.",
                name=DEFAULT_TEMPLATE,
            ),
        )
    return NewStudy(folder, questionnaire, notices)


def _write_rest(folder: Path, questionnaire: Questionnaire) -> None:
    """Write what goes with any study: documents, schemas, what to read first, a private place."""
    language: str = questionnaire.languages[0]
    schemas = {
        schema_path(file): schema_text(file, questionnaire.languages) for file in EDITED_FILES
    }
    title = questionnaire.title.in_(language)
    write_contents(folder, _encoded(folder_texts(title, language) | schemas))
    pages = document_sources(questionnaire.languages)
    write_contents(folder, {f"{DOCUMENTS}/{name}": content for name, content in pages.items()})


def _encoded(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode("utf-8") for name, text in texts.items()}
