"""Asking for a new study in the terminal: only where there is somebody to answer."""

from __future__ import annotations

import sys
from pathlib import Path

from typology.problems import InputError, Problem
from typology.tools.new.new_folder import refuse_place
from typology.tools.new.wished.dialogue import Dialogue
from typology.tools.new.wished.wishes import Wishes
from typology.words.phrases import phrase
from typology.words.visible_text import visible

USUAL_FOLDER = {"fr": "mon_etude", "en": "my_study"}


def place_of(folder: Path | None, language: str) -> Path:
    """Return the folder of a new study, asked for if it was not given and somebody is there."""
    if folder is not None:
        return folder
    if not _somebody_is_there():
        expected = phrase("the name of a folder for the study")
        remedy = phrase("Write it after the command: `typology new {name}`.",
                        name=USUAL_FOLDER[language])  # fmt: skip
        raise InputError(Problem("", "", "", expected, remedy, "new"))
    return Path(_dialogue(language).folder(USUAL_FOLDER[language]))


def asked_wishes(folder: Path, language: str) -> Wishes:
    """Return what is wished of a study, asked for if somebody is there; nothing otherwise."""
    if not _somebody_is_there():
        return Wishes()
    refuse_place(folder)  # before all the questions, not after
    return _dialogue(language).wishes()


def _somebody_is_there() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _dialogue(language: str) -> Dialogue:
    return Dialogue(ask=_ask, tell=_tell, language=language)


def _ask(question: str) -> str:
    return input(visible(question))


def _tell(text: str) -> None:
    print(visible(text))
