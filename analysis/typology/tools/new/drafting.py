"""A study drafted from what was wished of it: whatever was not said is as usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from typology.questionnaire.cross_checks import RESERVED_IDS
from typology.tools.new.answer_scales import AnswerScale, scale_names
from typology.tools.new.draft import Draft, in_languages, name_of
from typology.tools.new.expected_types import types_of
from typology.tools.new.item_list import ListedBlock, read_item_list
from typology.tools.new.short_labels import with_short_labels
from typology.tools.new.templates import DEFAULT_TEMPLATE, template_draft, usual_questions
from typology.tools.new.wished.wishes import BlockWish, Wishes
from typology.words import word
from typology.words.visible_text import one_line

_USUAL_TYPES = ("opposed", "reserved", "open", "convinced")
_USUAL_BLOCKS = {"expectations": "favourable", "fears": "unfavourable"}


def drafted(wishes: Wishes, *, language: str) -> Draft:
    """Return the study that is wished for; ``language`` is that of who makes it.

    `InputError` is raised with what is wrong in what it is made from. An example is no draft: it is
    copied (`typology.tools.new.example`).
    """
    unsaid = not (wishes.titles or wishes.blocks or wishes.scale or wishes.items)
    if wishes.template is not None or unsaid:
        languages = wishes.languages or (language,)
        draft = template_draft(wishes.template or DEFAULT_TEMPLATE, languages)
    elif wishes.items is not None:
        draft = _of_list(wishes, language)
    else:
        draft = _of_blocks(wishes, wishes.languages or (language,))
    return _completed(draft, wishes)


def _completed(draft: Draft, wishes: Wishes) -> Draft:
    """Return a study with its own title and types, in its languages alone, with short labels."""
    content = dict(in_languages(draft.questionnaire, draft.languages))
    if wishes.titles:
        content["title"] = _texts(wishes.titles, draft.languages)
    content["blocks"] = [
        {**block, "items": with_short_labels(block["items"])} for block in content["blocks"]
    ]
    content["respondent"] = with_short_labels(content["respondent"])
    types = tuple(in_languages(list(draft.types), draft.languages))
    if wishes.types is not None:
        taken = [block["id"] for block in draft.blocks]
        types = types_of(wishes.types, draft.languages, where="--types", taken=taken)
    if all(block["direction"] == "neutral" for block in draft.blocks):
        types = ()
    return replace(draft, questionnaire=content, types=types)


def usual_blocks(languages: Sequence[str]) -> tuple[BlockWish, ...]:
    """Return the blocks of a study of which nothing is said."""
    return tuple(
        BlockWish(tuple(word("usual_block", each, name) for each in languages), direction)
        for name, direction in _USUAL_BLOCKS.items()
    )


def usual_types(languages: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the names of the types of a study of which nothing is said."""
    return tuple(
        tuple(word("usual_type", each, name) for each in languages) for name in _USUAL_TYPES
    )


def _of_blocks(wishes: Wishes, languages: Sequence[str]) -> Draft:
    """Return a study whose items are still to be worded."""
    wished = wishes.blocks or usual_blocks(languages)
    names: list[str] = []
    initials: list[str] = []
    blocks = []
    for wish in wished:
        title = _texts(wish.titles, languages)
        taken = [*names, *RESERVED_IDS, *_question_names()]
        names.append(name_of(title.get("en") or title["fr"], taken, otherwise="block"))
        initials.append(_initial(names[-1], initials))
        ids = [f"{initials[-1]}{at:02d}" for at in range(1, wish.items + 1)]
        items = [
            {"id": name, **{each: word("item_to_write", each, block=title[each], name=name)
                            for each in languages}}
            for name in ids
        ]  # fmt: skip
        scale = wish.scale or wishes.scale or AnswerScale()
        blocks.append((names[-1], title, wish.direction, scale, items))
    return _with_usual_parts(blocks, _texts(wishes.titles, languages), languages)


def _of_list(wishes: Wishes, language: str) -> Draft:
    """Return a study of the items that a spreadsheet lists."""
    assert wishes.items is not None
    listed = read_item_list(
        wishes.items, languages=wishes.languages, language=language, usual_scale=wishes.scale
    )
    names: list[str] = []
    own = [item["id"] for block in listed.blocks for item in block.items if item["id"]]
    initials: list[str] = []
    blocks = []
    for block in listed.blocks:
        taken = [*names, *own, *RESERVED_IDS, *_question_names()]
        spoken = block.titles["en"] if "en" in block.titles else block.titles["fr"]
        names.append(name_of(spoken, taken, otherwise="block"))
        initials.append(_initial(names[-1], initials))
        items = _with_ids(block, initials[-1], own)
        blocks.append((names[-1], dict(block.titles), block.direction, block.scale, items))
    title = _texts((one_line(wishes.items.stem.replace("_", " ")),), listed.languages)
    draft = _with_usual_parts(blocks, title, listed.languages)
    content = dict(draft.questionnaire)
    if listed.themes:
        content = {**content, "themes": dict(listed.themes)}
    return replace(draft, questionnaire=content, notices=listed.notices)


def _with_ids(block: ListedBlock, initial: str, own: list[str]) -> list[dict[str, Any]]:
    """Return the items of a block, those without an id numbered."""
    items = []
    for at, item in enumerate(block.items, start=1):
        name = item["id"] or name_of(f"{initial}{at:02d}", [each.lower() for each in own])
        name = item["id"] or name[:1].upper() + name[1:]
        own.append(name)
        items.append({**item, "id": name})
    return items


def _with_usual_parts(
    blocks: Sequence[tuple[str, Mapping[str, str], str, AnswerScale, list[dict[str, Any]]]],
    title: Mapping[str, str],
    languages: Sequence[str],
) -> Draft:
    scales = scale_names([scale for _, _, _, scale, _ in blocks])
    taken = {name for name, *_ in blocks} | {item["id"] for *_, items in blocks for item in items}
    questionnaire = {
        "title": title,
        "languages": list(languages),
        "scales": {name: scale.content(languages) for scale, name in scales.items()},
        "blocks": [
            {"id": name, "title": texts, "scale": scales[scale], "direction": way, "items": items}
            for name, texts, way, scale, items in blocks
        ],
        "respondent": [each for each in usual_questions() if each["id"] not in taken],
    }
    names = usual_types(languages)
    types = types_of(names, languages, where="types", taken=[name for name, *_ in blocks])
    return Draft(questionnaire, types)


def _texts(texts: Sequence[str], languages: Sequence[str]) -> dict[str, str]:
    """Return a text in each language, the first one where there are not enough of them."""
    filled = [one_line(text) for text in texts if text.strip()] or [
        word("usual_title", languages[0])
    ]
    return dict(zip(languages, [*filled, *[filled[0]] * len(languages)], strict=False))


def _question_names() -> list[str]:
    return [str(each["id"]) for each in usual_questions()]


def _initial(name: str, taken: Sequence[str]) -> str:
    """Return the letters with which the ids of a block begin, none of them those of another."""
    for length in range(1, len(name) + 1):
        initial = name[:length].replace("_", "").upper()
        if initial not in taken:
            return initial
    return f"{name[:1].upper()}{len(taken) + 1}_"
