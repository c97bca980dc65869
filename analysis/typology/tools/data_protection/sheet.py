"""The data protection sheet: what is asked, what is kept where and how long, what is to be written.

It is made of the study and its questionnaire, whether there are answers or not. What only the
authors know shows as "[to write: ...]".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from typology.answers.pseudonyms import KEY, private_folder
from typology.exhibits.labels import Labels
from typology.files.output_places import PRIVATE_FOLDER
from typology.questionnaire import Questionnaire
from typology.study import Study
from typology.study.paths import project_folder
from typology.words import word
from typology.words.markdown import escape_markdown

SECTIONS = ("controller", "purpose", "basis", "people", "asked", "kept", "pseudonyms", "shown",
            "recipients", "rights", "security", "before")  # fmt: skip
SAID = ("pseudonyms", "recipients", "before")
"""Sections that say the same of every study."""
UNKNOWN = ("controller", "basis", "rights", "security")
"""Sections that only the authors can write."""


def data_protection_sheets(study: Study, questionnaire: Questionnaire) -> dict[str, str]:
    """Return the sheet in each language of the questionnaire, by the name of its file."""
    return {
        f"data_protection-{language}.md": data_protection_sheet(study, questionnaire, language)
        for language in questionnaire.languages
    }


def data_protection_sheet(study: Study, questionnaire: Questionnaire, language: str) -> str:
    """Return the sheet in one language, in Markdown."""
    labels = Labels(questionnaire, language, study.type_names)
    title = escape_markdown(questionnaire.title.in_(language))
    parts = [f"# {word('data_protection_title', language, title=title)}"]
    if study.choices.simulated:
        parts.append(f"**{word('data_protection_simulated', language)}**")
    for section in SECTIONS:
        parts.append(f"## {word('data_protection_section', language, section)}")
        parts += _said(section, study, labels)
    return "\n\n".join(parts) + "\n"


def _said(section: str, study: Study, labels: Labels) -> Iterator[str]:
    """Yield the paragraphs of a section; those that only the authors know are to be written."""
    language = labels.language
    own = study.parts.get(language, {})
    if section == "purpose":
        yield word("data_protection_purpose", language, title=labels.questionnaire.title.in_(
            language))  # fmt: skip
    elif section == "people":
        asked = study.choices.paper.respondents
        yield word(
            "data_protection_people",
            language,
            people=(asked and asked.in_(language)) or word("usual_people", language),
        )
    elif section == "asked":
        yield from _asked(labels)
    elif section == "kept":
        yield _kept(study, language)
    elif section == "shown":
        smallest = study.choices.disclosure.smallest_cell
        yield word("data_protection_shown", language, plural=min(smallest, 2), smallest=smallest)
    if section == "basis" and own.get("data_protection"):
        yield own["data_protection"]
    else:
        yield from (_to_write(part, language) for part in UNKNOWN if part == section)
    yield from (word("data_protection_said", language, part) for part in SAID if part == section)


def _asked(labels: Labels) -> Iterator[str]:
    language, questionnaire = labels.language, labels.questionnaire
    yield word("data_protection_items", language, count=len(questionnaire.items))
    if not questionnaire.respondent:
        return
    listed = [f"- {escape_markdown(labels.short(each.id))}" for each in questionnaire.respondent]
    yield word("data_protection_questions", language)
    yield "\n".join(listed)
    if any(each.type == "text" or each.worded_choices for each in questionnaire.respondent):
        yield word("data_protection_texts", language)


def _kept(study: Study, language: str) -> str:
    """Return the table of what is kept where, by whom it is seen and how long."""
    project = project_folder(study.path)
    private = private_folder(project)
    answers = study.responses_path
    places = {
        "platform": _to_write("platform", language),
        "answers": _place(answers, project) if answers else f"`{_place(private, project)}/`",
        "key": _place(private / KEY, project),
        "single": f"{_place(study.results_path, project)}/{PRIVATE_FOLDER}/",
        "results": f"{_place(study.results_path, project)}/",
    }
    head = [
        word("data_protection_column", language, key) for key in ("what", "where", "seen", "long")
    ]
    rows = [head, ["---"] * len(head)]
    for key, place in places.items():
        where = place if key == "platform" else f"`{place.strip('`')}`"
        known = key == "results"
        rows.append(
            [
                word("data_protection_kept", language, key),
                where,
                word("data_protection_seen", language, "everyone" if known else "authors"),
                word("data_protection_always", language)
                if known
                else _to_write("duration", language),
            ]
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _place(path: Path, project: Path) -> str:
    """Return a path from the folder of the project; of one elsewhere, its name alone."""
    inside = path.is_relative_to(project)
    return path.relative_to(project).as_posix() if inside else path.name


def _to_write(part: str, language: str) -> str:
    told = word("data_protection_to_write", language, part)
    return escape_markdown(word("to_write", language, part=told))
