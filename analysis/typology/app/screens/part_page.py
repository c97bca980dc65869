"""The page of one part of the questionnaire: its form, what is wrong in it, its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from typology.app.editing.fields import Fields, number_typed, rows, without_row
from typology.app.editing.kept_forms import REMOVE, KeptForm
from typology.app.editing.part_form import Edited, Faults, sorted_faults
from typology.app.editing.question_form import FIRST, QUESTION_KINDS
from typology.app.editing.scale_form import FEWEST_SHOWN
from typology.app.editing.writing import check_questionnaire
from typology.app.screens.edited_part import EditedPart
from typology.app.visits import Visit
from typology.problems import InputError, Problem
from typology.questionnaire import LANGUAGES, Questionnaire
from typology.questionnaire.answer_scale import CountsAs
from typology.questionnaire.questionnaire import DateFormat
from typology.questionnaire.scales import Stance
from typology.tools.new.answer_scales import MOST_POINTS, kinds
from typology.tools.new.explained_yaml import named_lines

_DIRECTIONS = ("favourable", "unfavourable", "neutral")
_STANCES: tuple[Stance, ...] = ("disagree", "neutral", "agree")
_ROLES: tuple[CountsAs, ...] = ("missing", "passive", "category")
_DATE_FORMATS: Mapping[DateFormat, str] = {
    "dd/mm/yyyy": "day_first", "mm/dd/yyyy": "month_first", "yyyy-mm-dd": "year_first",
}  # fmt: skip
_WORDINGS = ("reported", "reconstructed")
_RARE = ("id", "short", "column", "source", "wording")


def part_page(part: EditedPart) -> Response:
    """Return the page: what was typed and is not in the file, or the file; what was refused."""
    visit = part.visit
    kept = part.kept()
    fields = _shown(part, kept)
    edited = part.edited(fields)
    faults = _faults(part, kept, edited)
    told = {
        field: [_sentence(each, visit.language) for each in found]
        for field, found in faults.by_field.items()
    }
    title = (
        visit.say(f"edit_{part.kind}", called=part.name)
        if part.name
        else visit.say(f"new_{part.kind}")
    )
    go_on = "" if kept is None else kept.focus
    return visit.page(
        f"edit_{part.kind}.html", screen="questionnaire", title=title, part=part.kind,
        name=part.name, fields=fields, faults=told, refused=bool(told or faults.others),
        others=[each.text(visit.language) for each in faults.others],
        focus=next((each for each in fields if each in told), go_on),
        former=part.mark, turn=part.turn,
        unsaved=kept is not None and part.is_unsaved(kept.fields), file=_lines(edited),
        count=lambda name: rows(fields, name), languages=part.asked.languages,
        unspoken=[each for each in LANGUAGES if each not in part.asked.languages],
        address=part.address, rare_faults=any(each.partition("/")[0] in _RARE for each in told),
        **_CHOICES[part.kind](part, fields),
    )  # fmt: skip


def _shown(part: EditedPart, kept: KeptForm | None) -> dict[str, str]:
    """Return the fields to show: those typed; a list has the rows that were typed alone."""
    if kept is None:
        return part.saved
    plain = part.saved
    for name in part.form.lists:
        for _ in range(rows(plain, name)):
            plain = without_row(plain, name, 0)
    ticked = dict.fromkeys(plain, "")  # what is not ticked is not sent
    return {**ticked, **kept.fields}


def _faults(part: EditedPart, kept: KeptForm | None, edited: Edited) -> Faults:
    """Return what keeps what was asked from being written, where something was."""
    if kept is None or not kept.asked:
        return Faults({}, ())
    removes = kept.asked == REMOVE and part.name
    content = part.form.without_part(part.content, part.name) if removes else edited.content
    try:
        check_questionnaire(part.visit.opened, content)
    except InputError as error:
        if removes:
            return Faults({}, error.problems)
        return sorted_faults(error.problems, part.form, edited.place, kept.fields)
    return Faults({}, ())


def _sentence(problem: Problem, language: str) -> str:
    """Return what is wrong with a field, which needs no place."""
    text = replace(problem, where="").text(language)
    return text[:1].upper() + text[1:]


def _lines(edited: Edited) -> str:
    """Return the lines of a part, as the file will say them."""
    key, at = str(edited.place[0]), edited.place[1]
    part = edited.content[key][at]
    if isinstance(at, str):
        return "\n".join([f"{key}:", *named_lines(at, part, 2)])
    return "\n".join(named_lines(key, [part]))


def _block_choices(part: EditedPart, _: Fields) -> dict[str, Any]:
    return {
        "direction_options": [(each, part.visit.say(f"direction_{each}")) for each in _DIRECTIONS],
        "scales": scale_labels(part.visit, part.asked),
    }


def _scale_choices(part: EditedPart, fields: Fields) -> dict[str, Any]:
    visit, asked = part.visit, part.asked
    titles = {each.id: each.title.in_(visit.language) for each in asked.blocks}
    having = [each.id for each in asked.blocks if each.scale == part.name]
    stances = [(each, visit.say(f"stance_{each}")) for each in _STANCES]
    return {
        "points": _points(fields, (visit.language, *asked.languages)), "most": MOST_POINTS,
        "stance_options": [("", visit.say("stance_by_place")), *stances],
        "counts_as_options": [(each, visit.say(f"counts_as_{each}")) for each in _ROLES],
        "numbers": range(FEWEST_SHOWN, MOST_POINTS + 1),
        "kinds": {kind: each["names"][visit.language] for kind, each in kinds().items()},
        "having": [titles[each] for each in having],
        "not_having": {each: title for each, title in titles.items() if each not in having},
    }  # fmt: skip


def _points(fields: Fields, languages: Sequence[str]) -> list[tuple[str, str]]:
    """Return the points that were typed: their rows, and their codes with their words."""
    first = number_typed(fields.get("first", ""))
    points = []
    for at in range(rows(fields, "points")):
        code = str(first + at) if isinstance(first, int) else str(at + 1)
        said = filter(None, (fields.get(f"points/{at}/{each}", "") for each in languages))
        points.append((str(at), " – ".join(filter(None, (code, next(said, ""))))))
    return points


def _question_choices(part: EditedPart, _: Fields) -> dict[str, Any]:
    visit = part.visit
    others = [each for each in part.asked.respondent if each.id != part.name]
    places = [
        (each.id, visit.say("place_after", called=each.short.in_(visit.language)))
        for each in others
    ]
    wordings = [(each, visit.say(f"wording_{each}")) for each in _WORDINGS]
    formats = [(each, visit.say(f"format_{name}")) for each, name in _DATE_FORMATS.items()]
    return {
        "kind_options": [(each, visit.say(f"kind_{each}")) for each in QUESTION_KINDS],
        "places": [(FIRST, visit.say("place_first")), *places],
        "format_options": [("", visit.say("format_any")), *formats],
        "wording_options": [("", "–"), *wordings],
    }


_CHOICES = {"block": _block_choices, "scale": _scale_choices, "question": _question_choices}


def scale_labels(visit: Visit, asked: Questionnaire) -> dict[str, str]:
    """Return each scale with its number of points and its ends, by name."""
    language = visit.language
    return {
        name: visit.say(
            "scale_ends", called=name, count=len(scale.points),
            least=scale.points[0].in_(language), most=scale.points[-1].in_(language),
        )
        for name, scale in asked.scales.items()
    }  # fmt: skip
