"""Studies of one language that have nothing in common with the shipped one, and their documents."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import yaml

from leftovers import leftovers
from typology.questionnaire.file import load_questionnaire
from typology.study import load_study
from typology.tools.new.files import make_study
from typology.tools.new.new_folder import write_contents
from typology.tools.new.pages import document_sources
from typology.tools.new.wished.wishes import read_wishes
from typology.tools.simulate.files import write_simulation

PROJECT = Path(__file__).parents[2]
FEW = {"resamples": 4, "null_replicates": 19, "imputations": 2}
RESPONDENTS = 300

WISHED = {
    "fr": read_wishes(
        titles=["La télésurveillance par les infirmières"],
        languages="fr",
        scale="accord 5",
        blocks=["Ce qui aide:pour:7", "Ce qui pèse:contre:6"],
        types="les réservées, les prudentes, les partantes",
    ),
    "en": read_wishes(
        titles=["Remote monitoring by nurses"],
        languages="en",
        scale="frequency 7",
        blocks=["Gains:favourable:7", "Burdens:unfavourable:6"],
        types="the sceptical, the open, the keen",
    ),
}
"""What `typology new` is asked for, by language."""

LANGUAGES = {"traits": "en", "fr": "fr", "en": "en"}
"""The one language of each study, by its name; "traits" is ``tests/bfi_study``."""

SEVERAL = {
    "id": "devices",
    "type": "multiple",
    "en": "Which of these do you use at work?",
    "short": {"en": "Devices"},
    "choices": [
        {"code": "telephone", "en": "Telephone"},
        {"code": "video", "en": "Video"},
        {"code": "sensors", "en": "Connected sensors"},
    ],
}

# Small words that a line of prose cannot do without, in one language alone.
_SMALL_WORDS = {
    "fr": r"\b(?:les|des|une|dans|avec|pour|sont|qui|que|est|sur|aux|du|elle|ils|leurs?|chaque)\b",
    "en": r"\b(?:the|of|and|with|are|which|is|this|that|from|what|each|their|were|by)\b",
}
_OTHER = {"fr": "en", "en": "fr"}
_FEW_WORDS = 3  # of another language, that a title or an address may have
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
# What was asked in the shipped study, what it called its types, and what its paper says of it.
_SHIPPED = re.compile(
    r"\battentes\b|\bcraintes\b|\bexpectations\b|\bfears\b|\bhopes\b|\bworries\b|\bespoirs\b"
    r"|\bmitigés\b|enthousiastes|enthusiasts?\b|inconditionnel|the unconditional|the reluctant"
    r"|\bGPs?\b|\bUNPS\b|\bCNAM\b|\bURPS\b|libéra(?:l|ux)\b|\bl['’]hôpital\b|community care",
    re.IGNORECASE,
)

# What the page of all keys gives as an example, in the form of a file.
_OF_A_FILE = re.compile(r'(?:\bid: |[\[{]|\b(?:en|fr): ")(?:hopes|espoirs)\b', re.IGNORECASE)


def written(name: str, folder: Path) -> Path:
    """Write a study with its documents into a folder that is not there; return its study file."""
    if name == "traits":
        folder.mkdir()
        for path in (PROJECT / "tests" / "bfi_study").glob("*.yml"):
            shutil.copy(path, folder)
        answers = pd.read_csv(PROJECT / "tests" / "bfi_study" / "responses.csv", dtype="string")
        answers.head(RESPONDENTS).to_csv(folder / "responses.csv", index=False)
        sources = document_sources(["en"])
        write_contents(folder, {f"documents/{path}": text for path, text in sources.items()})
    else:
        make_study(folder, WISHED[name], language=name)
    if name == "en":
        _asked_too(folder / "questionnaire.yml", SEVERAL)
        write_simulation(folder / "questionnaire.yml", force=True)
    path = folder / "study.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(
        yaml.safe_dump({**content, "validity": FEW}, allow_unicode=True, sort_keys=False),
        encoding="utf-8",
    )
    assert load_study(path)
    return path


def _asked_too(path: Path, question: dict[str, object]) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["respondent"].append(question)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    load_questionnaire(path)


def of_the_shipped_study(text: str) -> list[str]:
    """Return the words of a text that tell of the shipped study, each with what is around."""
    prose = _OF_A_FILE.sub("", text)
    return leftovers(text) + [
        prose[max(found.start() - 40, 0) : found.end() + 40].replace("\n", " ")
        for found in _SHIPPED.finditer(prose)
    ]


def of_another_language(text: str, language: str) -> list[str]:
    """Return the sentences of a text that are not in its one language."""
    own, other = (
        re.compile(_SMALL_WORDS[each], re.IGNORECASE) for each in (language, _OTHER[language])
    )
    return [
        sentence
        for sentence in _SENTENCE.split(text)
        if len(foreign := other.findall(sentence)) > _FEW_WORDS
        and len(foreign) > len(own.findall(sentence))
    ]
