"""Choose: axes, classes, missing answers, weights, what describes; what each choice does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from typology.app.preview import CRITERIA_FIGURES, Preview, made_preview
from typology.app.received import current
from typology.app.screens.mend import said
from typology.app.visits import HEADERS, Visit
from typology.exhibits.labels import Labels
from typology.files.yaml_files import load_mapping
from typology.problems import InputError
from typology.study import load_study
from typology.study.axis_rules import AXIS_RATES
from typology.study.missing_rules import MISSING_RULES
from typology.study.sections import CLASS_NUMBER_CRITERIA
from typology.types.tables import types_table
from typology.words.number_conventions import study_line

_WHOLE = ("passive_below", "seed")
_SHARES = (60, 70, 80, 90, 95)


def choose(visit: Visit) -> Response:
    """Show the choices and what they do; write those that were made."""
    study = visit.opened
    if visit.asks:
        written = _save(visit)
        told = visit.say("lines_written", lines="  ".join(written)) if written else ""
        return visit.go("choose", told or visit.say("nothing_changed"))
    try:
        loaded = study.load()
    except InputError as error:
        return visit.page("choose.html", screen="choose", choices=None, problems=error.problems)
    questionnaire = study.questionnaire()
    if questionnaire is None:
        return visit.go("questionnaire")
    received = current(loaded)
    made: Preview | None = visit.site.previews.get(study.name)
    if made is not None and made.fitted.study.settings() != loaded.settings():
        made = None
    return visit.page(
        "choose.html", screen="choose", choices=loaded.choices, problems=(),
        axis_rule=loaded.axis_rule, rates=AXIS_RATES, shares=_SHARES,
        criteria=CLASS_NUMBER_CRITERIA, missing_rules=MISSING_RULES, questionnaire=questionnaire,
        labels=Labels(questionnaire, visit.language),
        characteristics=[each.id for each in questionnaire.respondent
                         if each.type in ("single", "number")],
        headers=[] if received is None else received.headers,
        said=said(study), preview=made, figures=tuple(CRITERIA_FIGURES),
        types=None if made is None else types_table(made.tables, made.spoken(visit.language)),
    )  # fmt: skip


def preview(visit: Visit) -> Response:
    """Write the choices, then show what they give, without resampling anything."""
    if not visit.asks:
        return visit.go("choose")
    _save(visit)
    visit.site.previews[visit.opened.name] = made_preview(visit.opened.load())
    return visit.to(f"/s/{visit.opened.name}/choose#preview")


def preview_figure(visit: Visit) -> Response:
    """Draw a figure of the preview."""
    made: Preview | None = visit.site.previews.get(visit.opened.name)
    name = visit.request.path_params["figure"]
    if made is None or name not in CRITERIA_FIGURES:
        raise HTTPException(404)
    content = made.drawn(name, visit.language)
    return Response(content, media_type="image/svg+xml", headers=HEADERS)


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
