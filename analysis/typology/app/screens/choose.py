"""Choose: axes, classes, missing answers, weights, what describes; what each choice does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from typology.app.editing.drafts import CHOOSE, ScreenForm, together
from typology.app.editing.fields import shown
from typology.app.preview import CRITERIA_FIGURES, Preview, made_preview
from typology.app.received import current
from typology.app.screens.mend import said
from typology.app.visits import HEADERS, Visit
from typology.exhibits.labels import Labels
from typology.files.yaml_files import load_mapping
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire
from typology.study import Study, load_study
from typology.study.axis_rules import AXIS_RATES
from typology.study.sections import CLASS_NUMBER_CRITERIA, MISSING_RULES
from typology.types.tables import types_table
from typology.words.number_conventions import study_line

_WHOLE = ("passive_below", "seed")
_SHARES = (60, 70, 80, 90, 95)


def choose(visit: Visit) -> Response:
    """Show the choices and what they do; write those that were made."""
    study = visit.opened
    if visit.asks:
        return _asked(visit) or visit.go("choose")
    try:
        loaded = study.load()
    except InputError as error:
        return visit.page("choose.html", screen="choose", choices=None, problems=error.problems)
    questionnaire = study.questionnaire()
    if questionnaire is None:
        return visit.go("questionnaire")
    received = current(loaded)
    made, refused = _previewed(visit, loaded)
    return visit.page(
        "choose.html", screen="choose", choices=loaded.choices, problems=refused,
        draft=_draft(visit, loaded, questionnaire), rates=AXIS_RATES, shares=_SHARES,
        criteria=CLASS_NUMBER_CRITERIA, missing_rules=MISSING_RULES, questionnaire=questionnaire,
        labels=Labels(questionnaire, visit.language), weights_in_file=_weights_in_file(loaded),
        characteristics=_characteristics(questionnaire),
        headers=[] if received is None else received.headers,
        said=said(study), preview=made, figures=tuple(CRITERIA_FIGURES),
        types=None if made is None else types_table(made.tables, made.spoken(visit.language)),
    )  # fmt: skip


def preview(visit: Visit) -> Response:
    """Write the choices, then show what they give, without resampling anything."""
    if not visit.asks:
        return visit.go("choose")
    left = _asked(visit, previews=True)
    if left is not None:
        return left
    study = visit.opened
    try:
        visit.site.previews[study.name] = made_preview(study.load())
    except InputError as error:
        visit.site.previews[study.name] = error
    return visit.to(f"/s/{study.name}/choose#preview")


def _asked(visit: Visit, *, previews: bool = False) -> Response | None:
    """Write the choices that were made, or keep them; return where to go, None to preview them."""
    study = visit.opened
    loaded, questionnaire = study.load(), study.questionnaire()
    if questionnaire is None:
        return visit.go("questionnaire")
    draft = _draft(visit, loaded, questionnaire)
    if visit.text("act") == "discard":
        draft.forget()
        return visit.go("choose", visit.say("discarded"))
    if visit.text("former") not in ("", draft.mark):
        draft.refuse(visit.sent)
        return visit.go("choose", visit.say("changed_elsewhere"))
    try:
        written = _save(visit)
    except InputError as error:
        draft.refuse(visit.sent, error.problems)
        return visit.go("choose")
    draft.forget()
    if previews:
        return None
    told = visit.say("lines_written", lines="  ".join(written)) if written else ""
    return visit.go("choose", told or visit.say("nothing_changed"))


def _previewed(visit: Visit, study: Study) -> tuple[Preview | None, Sequence[Problem]]:
    """Return the preview of the choices of now; or why there is none, which is told once."""
    made = visit.site.previews.get(visit.opened.name)
    if isinstance(made, InputError):
        del visit.site.previews[visit.opened.name]
        return None, made.problems
    if made is not None and made.fitted.study.settings() != study.settings():
        return None, ()
    return made, ()


def _characteristics(questionnaire: Questionnaire) -> list[str]:
    return [each.id for each in questionnaire.respondent if each.type in ("single", "number")]


def _draft(visit: Visit, study: Study, questionnaire: Questionnaire) -> ScreenForm:
    """Return the form of the choices: as the study file says them, as they were made since."""
    choices, rule = study.choices, study.axis_rule
    by_number = not isinstance(choices.classes, str)
    asked = _characteristics(questionnaire)
    compared = choices.models.characteristics
    saved = {
        "active": together(each.id for each in questionnaire.blocks if each.id in choices.active),
        "block_weights": "equal" if choices.block_weights == "equal" else "",
        "axes_by": rule.rate or "number",
        "axes_number": shown(rule.number or 2),
        "axes_share": shown(float(rule.threshold if rule.rate else 90)),
        "classes_by": "number" if by_number else choices.classes,
        "classes_number": shown(choices.classes if by_number else 3),
        "consolidate": shown(choices.consolidate),
        "missing": choices.missing,
        "passive_below": shown(choices.passive_below),
        "max_missing_share": shown(float(choices.exclusions.max_missing_share)),
        "straight_liners": shown(choices.exclusions.straight_liners),
        "duplicates": shown(choices.exclusions.duplicates),
        "smallest_cell": shown(choices.disclosure.smallest_cell),
        "seed": shown(choices.seed),
        "characteristics": together(
            each for each in asked if compared is None or each in compared
        ),
    }  # fmt: skip
    if not _weights_in_file(study):
        column = choices.weight_column or ""
        saved |= {"weights": "column" if column else str(choices.weights), "weight_column": column}
    return visit.draft(CHOOSE, saved)


def preview_figure(visit: Visit) -> Response:
    """Draw a figure of the preview."""
    made: Preview | None = visit.site.previews.get(visit.opened.name)
    name = visit.request.path_params["figure"]
    if made is None or name not in CRITERIA_FIGURES:
        raise HTTPException(404)
    content = made.drawn(name, visit.language)
    return Response(content, media_type="image/svg+xml", headers=HEADERS)


def unsaved_choices(visit: Visit, study: Study) -> bool:
    """Return whether choices were made that the study file does not say."""
    questionnaire = visit.opened.questionnaire()
    return questionnaire is not None and _draft(visit, study, questionnaire).unsaved


def _weights_in_file(study: Study) -> bool:
    """Return whether the study file says more of the weights than the form shows."""
    choices = study.choices
    column = choices.weight_column
    return column is not None and bool(choices.frequencies or choices.sampling_columns)


def _save(visit: Visit) -> list[str]:
    """Write what differs from the study file, if it can be read then; return the lines."""
    study = visit.opened
    with study.alone():
        declared = load_mapping(study.path)
        former = study.load().choices.model_dump(mode="json")
        former["axes"], former["classes"] = declared.get("axes"), declared.get("classes")
        former["weights"] = declared.get("weights", "none")
        changed = {key: value for key, value in _wished(visit).items() if _at(former, key) != value}
        before = study.path.read_bytes()
        study.change(study.path, changed)
        try:
            load_study(study.path, for_checking=True)
        except InputError:
            study.write(study.path, before)
            raise
    return [study_line(key.rpartition("/")[2], value) for key, value in changed.items()]


def _at(choices: Mapping[str, Any], key: str) -> Any:
    """Return what choices say under a key, which may be within another."""
    within, _, name = key.rpartition("/")
    return ((choices.get(within) or {}) if within else choices).get(name)


def _wished(visit: Visit) -> dict[str, Any]:
    """Return the choices of the form, each under its place in the study file."""
    wished: dict[str, Any] = {
        "active": visit.texts("active"),
        "axes": _axes(visit),
        "classes": _classes(visit),
        "missing": visit.text("missing"),
        "weights": _weights(visit),
        "block_weights": visit.text("block_weights") or "none",
        "consolidate": bool(visit.text("consolidate")),
        "exclusions/max_missing_share": _number(visit.text("max_missing_share")),
        "exclusions/straight_liners": bool(visit.text("straight_liners")),
        "exclusions/duplicates": bool(visit.text("duplicates")),
        "disclosure/smallest_cell": _number(visit.text("smallest_cell")),
    }
    wished |= {key: _number(visit.text(key)) for key in _WHOLE}
    compared = visit.texts("characteristics")
    if visit.text("characteristics_shown"):
        every = compared == visit.texts("every_characteristic")
        wished["models/characteristics"] = None if every else compared
    return {key: value for key, value in wished.items() if value not in ("", [], None)
            or key == "models/characteristics"}  # fmt: skip


def _axes(visit: Visit) -> int | str:
    if visit.text("axes_by") in AXIS_RATES:
        share = _number(visit.text("axes_share")) or 90
        return f"{visit.text('axes_by')} >= {share / 100:.10g}"
    return int(_number(visit.text("axes_number")) or 2)


def _classes(visit: Visit) -> int | str:
    by = visit.text("classes_by")
    return (
        by
        if by in ("auto", *CLASS_NUMBER_CRITERIA)
        else int(_number(visit.text("classes_number")) or 3)
    )


def _weights(visit: Visit) -> object:
    by = visit.text("weights")
    if by == "column":
        return {"column": visit.text("weight_column")} if visit.text("weight_column") else None
    return by or None  # what is said of strata, clusters and replicates stays in the file


def _number(text: str) -> float | int | None:
    """Return a number that was typed; None for none."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return int(value) if value.is_integer() else value
