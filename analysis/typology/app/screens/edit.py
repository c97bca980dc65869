"""One part of the questionnaire in a form: a scale, a question, a block; how it looks beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from typology.app.editing.block_form import BlockForm
from typology.app.editing.fields import (
    Fields,
    number_typed,
    row_up,
    rows,
    with_row,
    without_blank_rows,
    without_row,
)
from typology.app.editing.kept_forms import REMOVE, SAVE, KeptForm
from typology.app.editing.part_form import Edited, PartForm, mark_of, sorted_faults
from typology.app.editing.question_form import FIRST, QUESTION_KINDS, QuestionForm
from typology.app.editing.scale_form import FEWEST_SHOWN, ScaleForm, prepared_points, with_category
from typology.app.editing.writing import check_questionnaire, write_questionnaire
from typology.app.visits import HEADERS, SELF_CONTAINED, Visit, alone
from typology.files.yaml_files import load_mapping
from typology.problems import InputError, Problem
from typology.questionnaire import LANGUAGES, Questionnaire
from typology.questionnaire.answer_scale import CountsAs
from typology.questionnaire.file import questionnaire_from_mapping
from typology.questionnaire.forms.form import make_form
from typology.questionnaire.questionnaire import DateFormat
from typology.questionnaire.scales import Stance
from typology.tools.forms.platforms import PLATFORMS
from typology.tools.new.answer_scales import MOST_POINTS, kinds
from typology.tools.new.explained_yaml import named_lines
from typology.words.visible_text import one_line

DIRECTIONS = ("favourable", "unfavourable", "neutral")
EDITED_PARTS: Mapping[str, PartForm] = {
    "block": BlockForm(), "scale": ScaleForm(), "question": QuestionForm(),
}  # fmt: skip
"""The parts of a questionnaire that have a form."""

_STANCES: tuple[Stance, ...] = ("disagree", "neutral", "agree")
_ROLES: tuple[CountsAs, ...] = ("missing", "passive", "category")
_DATE_FORMATS: tuple[DateFormat, ...] = ("dd/mm/yyyy", "mm/dd/yyyy", "yyyy-mm-dd")
_WORDINGS = ("reported", "reconstructed")
_RARE = ("id", "short", "column", "source", "wording")
_NOT_TYPED = ("act", "former", "kind", "number")


@dataclass(frozen=True)
class _Edit:
    """A part of the questionnaire of a study, looked at by somebody."""

    visit: Visit
    part: str
    name: str  # "" for one that is to be made

    @property
    def form(self) -> PartForm:
        return EDITED_PARTS[self.part]

    @property
    def own(self) -> tuple[str, str, str]:
        return self.visit.opened.name, self.part, self.name

    @cached_property
    def content(self) -> dict[str, Any]:
        return load_mapping(self.visit.opened.load().questionnaire_path)

    @cached_property
    def asked(self) -> Questionnaire:
        path = self.visit.opened.load().questionnaire_path
        return questionnaire_from_mapping(self.content, where=path.name)

    @cached_property
    def mark(self) -> str:
        return mark_of(self.form, self.content, self.name)

    def saved(self) -> dict[str, str]:
        return self.form.fields(self.content, self.name)

    def edited(self, fields: Fields) -> Edited:
        return self.form.edited(self.content, self.name, fields)

    def keep(self, fields: Fields, *, asked: str = "", focus: str = "") -> None:
        self.visit.site.kept.keep(*self.own, KeptForm(fields, asked, focus))

    def is_unsaved(self, fields: Fields) -> bool:
        """Return whether something in a form is not as the file says it."""
        said, typed = (
            {name: value for name, value in each.items() if value}
            for each in (self.saved(), fields)
        )
        return said != typed

    def forget(self) -> None:
        self.visit.site.kept.forget(*self.own)

    def here(self, *told: str) -> Response:
        return self.visit.go("/".join(filter(None, ("edit", self.part, self.name))), *told)


def edit(visit: Visit) -> Response:
    """Show a part in its form; keep what is typed into it, write it when asked."""
    looked_at = _looked_at(visit)
    if not visit.asks:
        return _form(looked_at)
    act, _, rest = visit.text("act").partition("/")
    fields = _typed(visit)
    if act == "keep":
        return _kept(looked_at, fields)
    if act == "discard":
        looked_at.forget()
        return looked_at.here(visit.say("discarded"))
    if visit.text("former") not in ("", looked_at.mark):
        looked_at.keep(fields)
        return looked_at.here(visit.say("changed_elsewhere"))
    if act == REMOVE:
        return _removed(looked_at, fields)
    if act in _ROW_ACTS:
        changed, focus = _with_rows_changed(looked_at, act, rest, fields)
        looked_at.keep(changed, focus=focus)
        return looked_at.here()
    return _written(looked_at, fields)


def seen(visit: Visit) -> Response:
    """Show a part as the form that is answered shows it, as far as it was typed."""
    looked_at = _looked_at(visit)
    kept = visit.site.kept.get(*looked_at.own, keep_focus=True)
    asked, name = looked_at.asked, looked_at.name
    if kept is not None:
        edited = looked_at.edited(_without_blanks(looked_at.form, kept.fields))
        try:
            asked, name = questionnaire_from_mapping(edited.content), edited.name
        except InputError:
            name = looked_at.name
    whole = make_form(asked)
    grids = [each for each in whole.grids
             if name and name == (each.scale if looked_at.part == "scale" else each.id)]  # fmt: skip
    questions = [each for each in whole.questions if each.id == name]
    of_part = (grids, []) if looked_at.part in ("scale", "block") else ([], questions)
    if not any(of_part):
        unseen = "scale_unseen" if looked_at.part == "scale" and name else "unseen"
        return visit.page("seen_nothing.html", sentence=visit.say(unseen))
    shown = replace(whole, about=None, grids=tuple(of_part[0]), questions=tuple(of_part[1]))
    written = PLATFORMS["html"].write(shown).files
    spoken = visit.language if visit.language in written else asked.languages[0]
    return alone(written[spoken].decode(), SELF_CONTAINED)


def _looked_at(visit: Visit) -> _Edit:
    part = visit.request.path_params["part"]
    name = visit.request.path_params.get("name", "")
    if part not in EDITED_PARTS:
        raise HTTPException(404)
    looked_at = _Edit(visit, part, name)
    if looked_at.asked and name and name not in looked_at.form.names(looked_at.content):
        raise HTTPException(404)
    return looked_at


def _typed(visit: Visit) -> dict[str, str]:
    return {
        name: one_line(visit.text(name))
        for name, value in visit.form.items()
        if isinstance(value, str) and name not in _NOT_TYPED
    }


def _without_blanks(form: PartForm, fields: Fields) -> dict[str, str]:
    kept = dict(fields)
    for each in form.blank_rows:
        kept = without_blank_rows(kept, each)
    return kept


def _kept(looked_at: _Edit, fields: Fields) -> Response:
    """Keep what is typed, unless it was written meanwhile; tell whether it reads."""
    if looked_at.visit.text("former") != looked_at.mark:
        return JSONResponse({"reads": False}, headers=HEADERS)
    former = looked_at.visit.site.kept.get(*looked_at.own, keep_focus=True)
    if former is None and not looked_at.is_unsaved(fields):
        return JSONResponse({"reads": True}, headers=HEADERS)
    looked_at.keep(fields, asked="" if former is None else former.asked)
    try:
        questionnaire_from_mapping(
            looked_at.edited(_without_blanks(looked_at.form, fields)).content
        )
    except InputError:
        return JSONResponse({"reads": False}, headers=HEADERS)
    return JSONResponse({"reads": True}, headers=HEADERS)


def _written(looked_at: _Edit, fields: Fields) -> Response:
    """Write a part into the file, or keep its form, to be shown with what is wrong in it."""
    visit = looked_at.visit
    typed = _without_blanks(looked_at.form, fields)
    try:
        file = write_questionnaire(visit.opened, looked_at.edited(typed).content)
    except InputError:
        looked_at.keep(typed, asked=SAVE)
        return looked_at.here()
    looked_at.forget()
    return visit.go("questionnaire", visit.say("saved", file=file))


def _removed(looked_at: _Edit, fields: Fields) -> Response:
    visit = looked_at.visit
    try:
        without = looked_at.form.without_part(looked_at.content, looked_at.name)
        file = write_questionnaire(visit.opened, without)
    except InputError:
        looked_at.keep(fields, asked=REMOVE)
        return looked_at.here()
    looked_at.forget()
    return visit.go("questionnaire", visit.say("removed", file=file))


_ROW_ACTS = ("add", "out", "up", "prepare")


def _with_rows_changed(
    looked_at: _Edit, act: str, rest: str, fields: Fields
) -> tuple[dict[str, str], str]:
    """Return the fields with a row more or less, or another order, and the field to go on with."""
    form, visit = looked_at.form, looked_at.visit
    first = next(each for each in LANGUAGES if each in looked_at.asked.languages)

    def begin(name: str, at: int) -> str:
        return f"{name}/{at}" if "" in form.lists[name] else f"{name}/{at}/{first}"

    if act == "prepare":
        number = number_typed(visit.text("number"))
        kind = visit.text("kind") if visit.text("kind") in kinds() else ""
        wanted = number if isinstance(number, int) else FEWEST_SHOWN
        points = min(max(wanted, FEWEST_SHOWN), MOST_POINTS)
        called = kinds()[kind]["names"][visit.language] if kind else ""
        named = {**fields, "name": fields.get("name", "") or called}
        return prepared_points(named, kind, points), begin("points", 0)
    name, _, row = rest.rpartition("/") if act != "add" else (rest, "", "")
    at = int(row) if row.isdecimal() else 0
    if name not in form.lists:
        return dict(fields), ""
    if act == "add":
        new = with_category(fields) if name == "merge" else with_row(fields, name, form.lists[name])
        return new, begin(name, rows(fields, name))
    if act == "up":
        return row_up(fields, name, at), begin(name, max(0, at - 1))
    left = without_row(fields, name, at)
    return left, begin(name, min(at, rows(left, name) - 1)) if rows(left, name) else f"add/{name}"


def _form(looked_at: _Edit) -> Response:
    visit, form = looked_at.visit, looked_at.form
    kept = visit.site.kept.get(*looked_at.own)
    saved = looked_at.saved()
    fields = saved if kept is None else {**saved_plain(saved, form), **kept.fields}
    problems: tuple[Problem, ...] = ()
    edited = looked_at.edited(_without_blanks(form, fields))
    if kept is not None and kept.asked:
        content = edited.content
        if kept.asked == REMOVE:
            content = form.without_part(looked_at.content, looked_at.name)
        try:
            check_questionnaire(visit.opened, content)
        except InputError as error:
            problems = error.problems
    place = edited.place if kept is None or kept.asked != REMOVE else ("",)
    faults = sorted_faults(problems, form, place, fields)
    told = {
        field: [_sentence(replace(each, where=""), visit.language) for each in found]
        for field, found in faults.by_field.items()
    }
    focus = next((each for each in fields if each in told), "") or next(iter(told), "")
    title = visit.say(f"new_{looked_at.part}")
    if looked_at.name:
        title = visit.say(f"edit_{looked_at.part}", called=looked_at.name)
    return visit.page(
        f"edit_{looked_at.part}.html", screen="questionnaire", title=title, part=looked_at.part,
        name=looked_at.name, fields=fields, faults=told, refused=bool(problems),
        others=[_sentence(each, visit.language) for each in faults.others],
        focus=focus or ("" if kept is None else kept.focus), former=looked_at.mark,
        unsaved=kept is not None and looked_at.is_unsaved(kept.fields),
        count=lambda name: rows(fields, name), languages=looked_at.asked.languages,
        unspoken=[each for each in LANGUAGES if each not in looked_at.asked.languages],
        asked=looked_at.asked, content=looked_at.content, file=_lines(edited),
        address="/".join(filter(None, (looked_at.part, looked_at.name))),
        rare_faults=any(field.partition("/")[0] in _RARE for field in told),
        **_choices_of(looked_at, fields),
    )  # fmt: skip


def saved_plain(saved: Fields, form: PartForm) -> dict[str, str]:
    """Return the fields of a form without the rows of its lists."""
    plain = dict(saved)
    for name in form.lists:
        for _ in range(rows(plain, name)):
            plain = without_row(plain, name, 0)
    return plain


def _sentence(problem: Problem, language: str) -> str:
    text = problem.text(language)
    return text[:1].upper() + text[1:]


def _lines(edited: Edited) -> str:
    """Return the lines of a part, as the file will say them."""
    key, at = edited.place[0], edited.place[1]
    part = edited.content[str(key)][at]
    return "\n".join(
        [f"{key}:", *named_lines(str(at), part, 2)] if isinstance(at, str)
        else named_lines(str(key), [part])
    )  # fmt: skip


def _choices_of(looked_at: _Edit, fields: Fields) -> dict[str, Any]:
    """Return what can be chosen in the form of a part."""
    visit, asked = looked_at.visit, looked_at.asked
    if looked_at.part == "block":
        return {
            "direction_options": _named(visit, "direction", DIRECTIONS),
            "scales": scale_labels(visit, asked),
        }
    if looked_at.part == "scale":
        first = number_typed(fields.get("first", ""))
        points = []
        for at in range(rows(fields, "points")):
            code = str(first + at) if isinstance(first, int) else str(at + 1)
            said = [fields.get(f"points/{at}/{each}", "") for each in
                    (visit.language, *asked.languages)]  # fmt: skip
            points.append((str(at), " – ".join(filter(None, [code, next(filter(None, said), "")]))))
        titles = {each.id: each.title.in_(visit.language) for each in asked.blocks}
        having = [each.id for each in asked.blocks if each.scale == looked_at.name]
        return {
            "points": points, "most": MOST_POINTS,
            "stance_options": [("", visit.say("stance_by_place")),
                               *_named(visit, "stance", _STANCES)],
            "counts_as_options": _named(visit, "counts_as", _ROLES),
            "numbers": range(FEWEST_SHOWN, MOST_POINTS + 1),
            "kinds": {kind: each["names"][visit.language] for kind, each in kinds().items()},
            "having": [titles[each] for each in having],
            "not_having": {each: title for each, title in titles.items() if each not in having},
        }  # fmt: skip
    others = [each for each in asked.respondent if each.id != looked_at.name]
    return {
        "kind_options": _named(visit, "kind", QUESTION_KINDS),
        "places": [(FIRST, visit.say("place_first"))]
        + [(e.id, visit.say("place_after", called=e.short.in_(visit.language))) for e in others],
        "format_options": [("", visit.say("format_any")),
                           *((each, visit.say(f"format_{each[:2]}")) for each in _DATE_FORMATS)],
        "wording_options": [("", "–"), *_named(visit, "wording", _WORDINGS)],
    }  # fmt: skip


def _named(visit: Visit, family: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [(each, visit.say(f"{family}_{each}")) for each in values]


def scale_labels(visit: Visit, asked: Questionnaire) -> dict[str, str]:
    """Return each scale with its number of points and its ends, by name."""
    return {
        name: visit.say(
            "scale_ends", called=name, count=len(scale.points),
            least=scale.points[0].in_(visit.language), most=scale.points[-1].in_(visit.language),
        )
        for name, scale in asked.scales.items()
    }  # fmt: skip
