"""The templates of new studies: questionnaires in both languages, ready to be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from typology.problems import InputError, Problem
from typology.tools.new.answer_scales import scale_names, scale_of
from typology.tools.new.draft import Draft
from typology.words.phrases import phrase
from typology.words.spelling import did_you_mean
from typology.words.yaml_text import read_yaml

DEFAULT_TEMPLATE = "expectations-fears"
_FOLDER = Path(__file__).with_name("templates")


@cache
def templates() -> Mapping[str, Mapping[str, Any]]:
    """Return what each template says, by its name; the default one first."""
    names = sorted(path.stem for path in _FOLDER.glob("*.yml"))
    names.sort(key=lambda name: name != DEFAULT_TEMPLATE)
    return {name: read_yaml(_FOLDER / f"{name}.yml") for name in names}


@cache
def usual_questions() -> Sequence[Mapping[str, Any]]:
    """Return what is asked of the respondents of a new study."""
    return read_yaml(Path(__file__).with_name("respondent.yml"))["respondent"]  # type: ignore[no-any-return]


def template_draft(name: str, languages: Sequence[str]) -> Draft:
    """Return the study of a template, in both languages; `InputError` for one there is not."""
    if name not in templates():
        known = list(templates())
        expected = phrase("a template ({names})", names=", ".join(known))
        remedy = did_you_mean(name, known) or phrase("Choose one of these.")
        raise InputError(Problem("", "", name, expected, remedy, "--template"))
    content = templates()[name]
    scale = scale_of(content["scale"], where=name)
    scale_name = scale_names([scale])[scale]
    blocks = [
        {**_before_items(block), "scale": scale_name, **_from_direction(block)}
        for block in content["blocks"]
    ]
    questionnaire = {
        "title": content["title"],
        "languages": list(languages),
        "about": content["about"],
        **({"themes": content["themes"]} if "themes" in content else {}),
        "scales": {scale_name: scale.content(["fr", "en"])},
        "blocks": blocks,
        "respondent": list(usual_questions()),
    }
    return Draft(questionnaire, tuple(content["types"]))


def _before_items(block: Mapping[str, Any]) -> dict[str, Any]:
    return {key: block[key] for key in ("id", "title", "intro") if key in block}


def _from_direction(block: Mapping[str, Any]) -> dict[str, Any]:
    return {key: block[key] for key in ("direction", "items")}
