"""The short form on disk: a questionnaire of its own and its scoring sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from typology.questionnaire import Questionnaire
from typology.questionnaire.parts import only_items
from typology.results.saved_model import accuracy_sentence, class_names
from typology.words import word
from typology.words.markdown import escape_markdown

SHORT_FORM = "short_form"
_QUESTIONNAIRE, SHEET = "questionnaire.yml", "scoring_{language}.md"


def write_short_form(
    folder: Path, model: Mapping[str, Any], questionnaire: Questionnaire
) -> tuple[Path, ...]:
    """Write the questionnaire of the short form and its scoring sheets into a folder.

    The questionnaire given is the full one; the model has a short form. Returns
    ``questionnaire.yml``, then one ``scoring_<language>.md`` a language.
    """
    folder.mkdir(parents=True, exist_ok=True)
    items = [each["item"] for each in model["short_form"]["items"]]
    short = short_questionnaire(questionnaire, items)
    files = {_QUESTIONNAIRE: yaml.safe_dump(short, allow_unicode=True, sort_keys=False, width=96)}
    for language in questionnaire.languages:
        name = SHEET.format(language=language)
        files[name] = scoring_sheet(model, questionnaire, language)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    return tuple(folder / name for name in files)


def short_questionnaire(questionnaire: Questionnaire, items: Sequence[str]) -> dict[str, Any]:
    """Return a questionnaire of some items as the content of its file.

    Without what is not written: empty texts, defaults.
    """
    content: dict[str, Any] = only_items(questionnaire, items).model_dump(
        mode="json", exclude_defaults=True
    )
    for kind in ("themes", "hats"):
        field = kind[:-1]
        used = {item.get(field) for block in content["blocks"] for item in block["items"]}
        left = {name: text for name, text in content.get(kind, {}).items() if name in used}
        content.pop(kind, None)
        if left:
            content[kind] = left
    content["title"] = {
        language: f"{text} ({word('short_form', language)})"
        for language, text in content["title"].items()
    }
    content["languages"] = list(questionnaire.languages)
    return content


def scoring_sheet(model: Mapping[str, Any], questionnaire: Questionnaire, language: str) -> str:
    """Return the scoring of the short form on paper, as Markdown.

    How to score, how often the result is right, and a table: one row an answer, one column a type.
    """
    form = model["short_form"]
    names = class_names(model, language)
    parts = [word("short_form_how", language)]
    if model["simulated"]:
        parts.insert(0, f"**{word('simulated_warning', language)}**")
    parts.append(accuracy_sentence(model, language))
    columns = [escape_markdown(name) for name in names.values()]
    lines = [["", *columns], [":---", *["---:"] * len(columns)]]
    lines.append([word("short_form_start", language), *map(str, form["start"])])
    for place, item in enumerate(form["items"], start=1):
        asked = questionnaire.items[item["item"]].in_(language)
        lines.append([f"**{place}. {escape_markdown(asked)}**", *[""] * len(columns)])
        scale = questionnaire.scale_of(item["item"])
        for code, points in zip(item["codes"], item["points"], strict=True):
            lines.append([escape_markdown(scale.label(code, language)), *map(str, points)])
    lines.append([f"**{word('short_form_total', language)}**", *[""] * len(columns)])
    parts.append("\n".join(f"| {' | '.join(line)} |" for line in lines))
    return "\n\n".join(parts) + "\n"
