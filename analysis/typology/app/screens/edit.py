"""What is asked of the form of a part: keep what is typed, a row more or less, write it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from typology.app.editing.drafts import DRAFTED, draft_key
from typology.app.editing.fields import number_typed, row_up, rows, with_row, without_row
from typology.app.editing.kept_forms import REMOVE, SAVE
from typology.app.editing.scale_form import FEWEST_SHOWN, prepared_points, with_category
from typology.app.editing.writing import write_questionnaire
from typology.app.screens.edited_part import EditedPart, looked_at_part
from typology.app.screens.part_page import part_page
from typology.app.visits import HEADERS, Visit
from typology.problems import InputError
from typology.questionnaire.file import questionnaire_from_mapping
from typology.tools.new.answer_scales import MOST_POINTS, kinds
from typology.words.visible_text import one_line

_KEEP, _DISCARD = "keep", "discard"
_NOT_TYPED = ("act", "former", "turn", "kind", "number")


def edit(visit: Visit) -> Response:
    """Show a part in its form; keep what is typed into it, write it when asked."""
    if not visit.asks:
        return part_page(looked_at_part(visit))
    with visit.opened.alone():
        part, fields = looked_at_part(visit), _typed(visit)
        if visit.text("act") == _KEEP:
            return _kept(part, fields)
        if visit.text("former") in ("", part.mark):
            return _done(part, fields)
        part.keep(fields)
        return part.here(visit.say("changed_elsewhere"))


def keep_draft(visit: Visit) -> Response:
    """Keep what is typed into a form of another screen; that of no study is of the first page."""
    key = draft_key("" if visit.study is None else visit.study.name, visit.text("form"))
    if key[1] not in DRAFTED:
        raise HTTPException(404)
    visit.site.kept.keep_typed(key, visit.sent, turn=visit.text("turn"))
    return JSONResponse({"reads": False}, headers=HEADERS)


def _typed(visit: Visit) -> dict[str, str]:
    return {
        name: one_line(visit.text(name))
        for name, value in visit.form.items()
        if isinstance(value, str) and name not in _NOT_TYPED
    }


def _kept(part: EditedPart, fields: dict[str, str]) -> Response:
    """Keep what is typed, unless a button was pressed meanwhile; tell whether it reads."""
    if part.visit.text("former") == part.mark:
        part.keep_typed(fields)
    try:
        questionnaire_from_mapping(part.edited(fields).content)
    except InputError:
        return JSONResponse({"reads": False}, headers=HEADERS)
    return JSONResponse({"reads": True}, headers=HEADERS)


def _done(part: EditedPart, fields: dict[str, str]) -> Response:
    """Do what a button asks."""
    visit = part.visit
    act, _, rest = visit.text("act").partition("/")
    if act == _DISCARD:
        part.forget()
        return part.here(visit.say("discarded"))
    if act == "prepare":
        part.keep(_prepared(visit, fields), focus=_begin(part, "points", 0))
        return part.here()
    if act in ("add", "out", "up"):
        changed, focus = _other_rows(part, act, rest, fields)
        part.keep(changed, focus=focus)
        return part.here()
    return _written(part, fields, REMOVE if act == REMOVE else SAVE)


def _written(part: EditedPart, fields: dict[str, str], asked: str) -> Response:
    """Write a part into the file or take it out; or keep its form, to say what is wrong in it."""
    visit = part.visit
    typed = part.counted(fields)
    removes = asked == REMOVE and part.name
    content = (
        part.form.without_part(part.content, part.name) if removes else part.edited(typed).content
    )
    try:
        file = write_questionnaire(visit.opened, content)
    except InputError:
        part.keep(typed, asked=asked)
        return part.here()
    part.forget()
    return visit.go("questionnaire", visit.say("removed" if removes else "saved", file=file))


def _prepared(visit: Visit, fields: dict[str, str]) -> dict[str, str]:
    """Return the fields with the points of the usual scale that was chosen, and its name."""
    number = number_typed(visit.text("number"))
    points = min(max(number, FEWEST_SHOWN), MOST_POINTS) if isinstance(number, int) else 0
    kind = visit.text("kind") if visit.text("kind") in kinds() else ""
    called = kinds()[kind]["names"][visit.language] if kind else ""
    named = {**fields, "name": fields.get("name", "") or called}
    return prepared_points(named, kind, points or FEWEST_SHOWN)


def _other_rows(
    part: EditedPart, act: str, rest: str, fields: dict[str, str]
) -> tuple[dict[str, str], str]:
    """Return the fields with a row more, less or higher, and the field to go on with."""
    name, _, row = (rest, "", "") if act == "add" else rest.rpartition("/")
    at = int(row) if row.isdecimal() else 0
    if name not in part.form.lists:
        return fields, ""
    if act == "add":
        empty = part.form.lists[name]
        new = with_category(fields) if name == "merge" else with_row(fields, name, empty)
        return new, _begin(part, name, rows(fields, name))
    if act == "up":
        return row_up(fields, name, at), _begin(part, name, max(0, at - 1))
    left = without_row(fields, name, at)
    last = rows(left, name) - 1
    return left, _begin(part, name, min(at, last)) if last >= 0 else f"add/{name}"


def _begin(part: EditedPart, name: str, at: int) -> str:
    """Return the first field of a row."""
    row = f"{name}/{at}"
    return row if "" in part.form.lists[name] else f"{row}/{part.asked.languages[0]}"
