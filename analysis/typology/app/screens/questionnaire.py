"""Questionnaire: its blocks, items, scales, questions and types, edited; its form beside."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from typology.app.received import as_file
from typology.app.shelf import OpenStudy
from typology.app.visits import Visit, alone, sent, sent_together
from typology.app.yaml_lines import YamlPlace, with_value
from typology.files.yaml_files import load_mapping
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire
from typology.questionnaire.forms.form import make_form
from typology.study import check_study
from typology.study.type_profiles import LEVELS
from typology.tools.forms.files import write_form
from typology.tools.forms.platforms import PLATFORMS
from typology.tools.new.draft import name_of
from typology.tools.new.short_labels import with_short_labels
from typology.words.visible_text import one_line

_DIRECTIONS = ("favourable", "unfavourable", "neutral")
BLANK_ROWS = 2
_Changes = list[tuple[YamlPlace, Any]]
_SELF_CONTAINED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-ancestors 'self'"
)


def questionnaire(visit: Visit) -> Response:
    """Show the questionnaire to be edited; write what was edited, if it can be read again."""
    study = visit.opened
    if visit.asks:
        saved = _SAVERS[visit.text("part")](visit) if visit.text("part") in _SAVERS else ""
        return visit.go("questionnaire", saved or visit.say("nothing_chosen"))
    try:
        loaded = study.load()
        path = loaded.questionnaire_path
        content = load_mapping(path)
        asked = load_questionnaire(path)
    except InputError as error:
        return _as_text(visit, error)
    return visit.page(
        "questionnaire.html", screen="questionnaire", asked=asked, content=content,
        languages=asked.languages, directions=_DIRECTIONS, levels=tuple(LEVELS), blanks=BLANK_ROWS,
        platforms=PLATFORMS, types=load_mapping(study.path).get("types") or [],
        active=loaded.choices.active, problems=(), files=_files(study, path),
    )  # fmt: skip


def blank(visit: Visit) -> Response:
    """Show the form as it is printed."""
    asked = visit.opened.questionnaire()
    if asked is None:
        return visit.page("sentence.html", sentence=visit.say("no_form_yet"))
    written = PLATFORMS["html"].write(make_form(asked)).files
    spoken = next((each for each in written if each == visit.language), asked.languages[0])
    return alone(written[spoken].decode(), _SELF_CONTAINED)


def form(visit: Visit) -> Response:
    """Send the form for a platform: one file, or a zip of those of its languages."""
    platform = visit.request.path_params["platform"]
    if platform not in PLATFORMS:
        raise HTTPException(404)
    with tempfile.TemporaryDirectory(prefix="typology-app-") as folder:
        write_form(visit.opened.path, platform=platform, output=Path(folder))
        paths = sorted(Path(folder).iterdir())
        if len(paths) == 1:
            return sent(paths[0].name, paths[0].read_bytes())
        return sent_together(f"questionnaire_{platform}.zip", ((path, path.name) for path in paths))


def _as_text(visit: Visit, error: InputError) -> Response:
    """Show both files as they are, where they cannot be shown otherwise."""
    try:
        path = visit.opened.load().questionnaire_path
    except InputError:
        path = visit.opened.path
    return visit.page(
        "questionnaire.html", screen="questionnaire", asked=None, problems=error.problems,
        files=_files(visit.opened, path), platforms=PLATFORMS,
    )  # fmt: skip


def _files(study: OpenStudy, questionnaire_path: Path) -> dict[str, str]:
    """Return both files as they are written, by name."""
    return {
        path.name: path.read_text(encoding="utf-8-sig")
        for path in dict.fromkeys((questionnaire_path, study.path))
        if path.is_file()
    }


def _save(visit: Visit, changes: _Changes) -> str:
    """Write changes of the questionnaire, all or none; return what is said of them."""
    study = visit.opened
    path = study.load().questionnaire_path
    with study.alone():
        text = path.read_text(encoding="utf-8-sig")
        new = text
        for place, value in changes:
            new = with_value(new, place, value)
        with as_file("questionnaire.yml", new.encode("utf-8")) as draft:
            asked = load_questionnaire(draft)
        check_study(study.load(), asked)
        study.write(path, new.encode("utf-8"))
    return visit.say("saved", file=path.name)


def _texts(visit: Visit, name: str, languages: Sequence[str]) -> dict[str, str]:
    """Return a text that was typed in each language; without those left empty."""
    typed = {each: one_line(visit.text(f"{name}/{each}")) for each in languages}
    return {each: text for each, text in typed.items() if text}


def _asked(visit: Visit) -> tuple[Mapping[str, Any], Questionnaire]:
    path = visit.opened.load().questionnaire_path
    return load_mapping(path), load_questionnaire(path)


def _save_title(visit: Visit) -> str:
    _, asked = _asked(visit)
    title = _texts(visit, "title", asked.languages)
    told = _save(visit, [(["title"], title)])
    visit.opened.change(visit.opened.path, {"title": title})
    return told


def _save_block(visit: Visit) -> str:
    """Write a block: its title, direction and scale, its items; one that is new without a name."""
    content, asked = _asked(visit)
    name = visit.text("block")
    former: Mapping[str, Any] = next(
        (each for each in content["blocks"] if each["id"] == name), {"items": []}
    )
    title = _texts(visit, "title", asked.languages)
    block = {
        **former,
        "id": name or name_of(" ".join(title.values()), _names(asked), otherwise="block"),
        "title": title, "scale": visit.text("scale"), "direction": visit.text("direction"),
        "items": _items(visit, former["items"], asked),
    }  # fmt: skip
    if visit.text("remove") == name and name:
        return _save(visit, [(["blocks"], [b for b in content["blocks"] if b["id"] != name])])
    if not name:
        return _save(visit, [(["blocks"], [*content["blocks"], block])])
    changed: _Changes = [
        (["blocks", name, key], value) for key, value in block.items() if former.get(key) != value
    ]
    return _save(visit, changed)


def _items(
    visit: Visit, former: Sequence[Mapping[str, Any]], asked: Questionnaire
) -> list[dict[str, Any]]:
    """Return the items of a block as they were typed: changed, taken out, new."""
    items = [_item(visit, str(each["id"]), each, asked.languages) for each in former
             if not visit.text(f"out/{each['id']}")]  # fmt: skip
    taken = _names(asked)
    for at in range(BLANK_ROWS):
        wording = _texts(visit, f"new{at}", asked.languages)
        if wording:
            own = visit.text(f"new{at}/id") or f"Q{len(taken) + 1}"
            taken.append(own)
            items.append(_item(visit, f"new{at}", {"id": own}, asked.languages))
    return [dict(each) for each in with_short_labels(items)]


def _item(
    visit: Visit, name: str, former: Mapping[str, Any], languages: Sequence[str]
) -> dict[str, Any]:
    short = _texts(visit, f"{name}/short", languages)
    item = {**former, **_texts(visit, name, languages)}
    for key, value in (("short", short), ("reversed", bool(visit.text(f"{name}/reversed")))):
        if value:
            item[key] = value
        else:
            item.pop(key, None)
    return item


def _names(asked: Questionnaire) -> list[str]:
    return [each.id for each in asked.blocks] + [*asked.items, *asked.questions]


def _save_scale(visit: Visit) -> str:
    """Write the words of a scale."""
    content, asked = _asked(visit)
    name = visit.text("scale")
    former = content["scales"][name]
    points = former["points"] if isinstance(former, Mapping) else former
    worded = [
        {**point, **_texts(visit, f"point/{point['code']}", asked.languages)} for point in points
    ]
    place = ["scales", name, "points"] if isinstance(former, Mapping) else ["scales", name]
    return _save(visit, [(place, worded)])


def _save_question(visit: Visit) -> str:
    """Write the words of a question on the respondent, and those of its choices."""
    content, asked = _asked(visit)
    name = visit.text("question")
    former = next(each for each in content["respondent"] if each["id"] == name)
    worded = {**former, **_texts(visit, "question", asked.languages)}
    if "choices" in former:
        worded["choices"] = [
            {**choice, **_texts(visit, f"choice/{choice['code']}", asked.languages)}
            for choice in former["choices"]
        ]
    changed: _Changes = [
        (["respondent", name, key], value)
        for key, value in worded.items()
        if former.get(key) != value
    ]
    if visit.text("remove"):
        kept = [each for each in content["respondent"] if each["id"] != name]
        changed = [(["respondent"], kept)]
    return _save(visit, changed)


def _save_types(visit: Visit) -> str:
    """Write the names of the types and the profile that each stands for."""
    study = visit.opened
    loaded = study.load()
    former = load_mapping(study.path).get("types") or []
    _, asked = _asked(visit)
    types = []
    for at in range(len(former) + 1):
        names = _texts(visit, f"type{at}", asked.languages)
        profile = {
            block: level
            for block in loaded.choices.active
            if (level := visit.text(f"type{at}/{block}"))
        }
        if names and profile:
            own = former[at]["id"] if at < len(former) else ""
            taken = [each["id"] for each in former]
            called = own or name_of(names.get("en") or names["fr"], taken, otherwise="type")
            types.append({"id": called, **names, "profile": profile})
    study.change(study.path, {"types": types or None})
    return visit.say("saved", file=study.path.name)


def _save_file(visit: Visit) -> str:
    """Write one of the two files as it was typed, whatever is wrong in it: the check tells."""
    study = visit.opened
    try:
        paths = [study.path, study.load().questionnaire_path]
    except InputError:
        paths = [study.path]
    named = next((path for path in paths if path.name == visit.text("file")), None)
    text = visit.text("text")
    if named is None or not text:
        return ""
    study.write(named, f"{text}\n".encode())
    return visit.say("saved", file=named.name)


_SAVERS = {
    "title": _save_title,
    "block": _save_block,
    "scale": _save_scale,
    "question": _save_question,
    "types": _save_types,
    "file": _save_file,
}
