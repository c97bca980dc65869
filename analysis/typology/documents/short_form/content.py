"""What the page of the short form holds: items, points, types and words, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typology.questionnaire import Questionnaire
from typology.results.saved_model import accuracy_sentence, class_names
from typology.words import curly_apostrophes, word

WORDS = (
    "short_form_answer", "short_form_answered", "short_form_clear", "short_form_correct_none",
    "short_form_correct_share", "short_form_how", "short_form_language", "short_form_local",
    "short_form_paper", "short_form_points", "short_form_result", "short_form_second",
    "short_form_start", "short_form_title", "short_form_unsure", "short_form_waiting",
    "simulated_warning",
)  # fmt: skip


def short_form_page_content(
    model: Mapping[str, Any], questionnaire: Questionnaire, *, language: str
) -> dict[str, Any]:
    """Return everything the page shows and computes with.

    ``language`` (the one shown first), ``needed`` (fewest answers), ``start``, ``items`` (id,
    codes, points by code and type), ``types`` (class, correct_share), ``words`` by language. Raises
    ValueError if the model has no short form, or the questionnaire not this language.
    """
    form = model["short_form"]
    if not form:
        raise ValueError("The model has no short form.")
    if language not in questionnaire.languages:
        raise ValueError(
            f"language is {language!r}; the questionnaire has {', '.join(questionnaire.languages)}."
        )
    most_missing = int(model["max_missing_share"] / 100 * len(form["items"]) + 1e-9)
    return {
        "language": language,
        "simulated": bool(model["simulated"]),
        "needed": max(1, len(form["items"]) - most_missing),
        "start": form["start"],
        "items": [
            {**item, "block": questionnaire.block_of(item["item"]).id} for item in form["items"]
        ],
        "types": form["classes"],
        "words": {each: _words(model, questionnaire, each) for each in questionnaire.languages},
    }


def _words(model: Mapping[str, Any], questionnaire: Questionnaire, language: str) -> dict[str, Any]:
    items = [item["item"] for item in model["short_form"]["items"]]
    blocks = {questionnaire.block_of(item).id: questionnaire.block_of(item) for item in items}
    braces: dict[str, Any] = {name: f"{{{name}}}" for name in ("n", "of", "share", "type")}
    return {
        "interface": {key: curly_apostrophes(word(key, language, **braces)) for key in WORDS},
        "name": word("language", language, language),
        "accuracy": accuracy_sentence(model, language),
        "types": list(class_names(model, language).values()),
        "items": {item: questionnaire.items[item].in_(language) for item in items},
        "scales": {item: questionnaire.scale_of(item).labels(language) for item in items},
        "blocks": {
            name: {
                "title": block.title.in_(language),
                "intro": block.intro.in_(language) if block.intro is not None else "",
            }
            for name, block in blocks.items()
        },
    }
