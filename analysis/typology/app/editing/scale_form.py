"""The form of a scale: its points, the answer beside them, the categories that merge points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from typology.app.editing.fields import (
    TICKED,
    Fields,
    number_typed,
    rows,
    shown,
    texts_shown,
    texts_typed,
    with_row,
)
from typology.app.editing.part_form import AskedContent, Edited, joined_place
from typology.questionnaire import LANGUAGES
from typology.tools.new.answer_scales import AnswerScale
from typology.tools.new.draft import name_of

FEWEST_SHOWN = 3
USUAL_POINTS = 5
_BESIDE = "no_opinion"
_EMPTY = dict.fromkeys(map(str, LANGUAGES), "")


class ScaleForm:
    """Scales; points are numbered from the first of them, ``first``, in the order of the rows."""

    key = "scales"
    lists: Mapping[str, Mapping[str, str]] = {
        "points": {**_EMPTY, "stance": ""},
        "merge": {**_EMPTY, "last": ""},
    }
    blank_rows = ()

    def names(self, content: AskedContent) -> list[str]:
        """Return the names of the scales."""
        return [str(each) for each in content.get("scales") or {}]

    def fields(self, content: AskedContent, name: str) -> dict[str, str]:
        """Return the fields of a scale."""
        if not name:
            return {"name": "", "first": "1", **beside_fields(None), **_empty_points(USUAL_POINTS)}
        scale = content["scales"][name]
        whole = scale if isinstance(scale, Mapping) else {"points": scale}
        points = whole["points"]
        fields = {"first": shown(points[0]["code"]), **beside_fields(whole.get(_BESIDE))}
        for at, point in enumerate(points):
            fields |= texts_shown(f"points/{at}", point)
            fields[f"points/{at}/stance"] = shown(point.get("stance"))
        codes = [point["code"] for point in points]
        for at, merged in enumerate(whole.get("merge") or ()):
            fields |= texts_shown(f"merge/{at}", merged)
            fields[f"merge/{at}/last"] = shown(codes.index(merged["codes"][-1]))
        return fields

    def edited(self, content: AskedContent, name: str, fields: Fields) -> Edited:
        """Return the questionnaire with a scale as it was typed, given to the blocks ticked."""
        scales = dict(content.get("scales") or {})
        called = name or name_of(fields.get("name", ""), list(scales), otherwise="scale")
        former = scales.get(name)
        scales[called] = scale_typed(fields, as_list=not isinstance(former, Mapping))
        blocks = [
            {**each, "scale": called} if fields.get(f"blocks/{each['id']}") else each
            for each in content["blocks"]
        ]
        return Edited({**content, "scales": scales, "blocks": blocks}, called, ("scales", called))

    def without_part(self, content: AskedContent, name: str) -> dict[str, Any]:
        """Return the questionnaire without a scale."""
        scales = {key: scale for key, scale in content["scales"].items() if key != name}
        return {**content, "scales": scales}

    def field(self, place: Sequence[str | int]) -> str:
        """Return the field of a place: what is wrong with all points stands above them."""
        if not place:
            return "points"
        if place[0] == "points" and place[-1] == "code":
            return "first"
        if place[0] == "merge" and "codes" in place:
            return joined_place((*place[:2], "last"))
        return joined_place(place)


def scale_typed(fields: Fields, *, as_list: bool) -> Any:
    """Return a scale as it was typed: a list of points where it has nothing else, if asked."""
    first = number_typed(fields.get("first", ""))
    count = rows(fields, "points")
    codes = [first + at if isinstance(first, int) else first for at in range(count)]
    points = [
        {"code": code, **texts_typed(fields, f"points/{at}"), **_if("stance", fields, at)}
        for at, code in enumerate(codes)
    ]
    scale: dict[str, Any] = {"points": points}
    if fields.get(_BESIDE):
        scale[_BESIDE] = {
            "code": number_typed(fields.get(f"{_BESIDE}/code", "")),
            **texts_typed(fields, _BESIDE),
            "counts_as": fields.get(f"{_BESIDE}/counts_as") or "missing",
        }
    if rows(fields, "merge"):
        scale["merge"] = _merged(fields, codes)
    return points if as_list and len(scale) == 1 else scale


def _if(key: str, fields: Fields, at: int) -> dict[str, str]:
    said = fields.get(f"points/{at}/{key}", "")
    return {key: said} if said else {}


def _merged(fields: Fields, codes: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the categories: each goes from the point after the last of the one above it."""
    merged, begin = [], 0
    for at in range(rows(fields, "merge")):
        last = number_typed(fields.get(f"merge/{at}/last", ""))
        end = last + 1 if isinstance(last, int) else begin
        merged.append({"codes": list(codes[begin:end]), **texts_typed(fields, f"merge/{at}")})
        begin = max(begin, end)
    return merged


def prepared_points(fields: Fields, kind: str, points: int) -> dict[str, str]:
    """Return the fields with the points of a usual scale, or empty ones where ``kind`` is ""."""
    kept = {key: each for key, each in fields.items() if not key.startswith(("points/", "merge/"))}
    if not kind:
        return {**kept, **_empty_points(points)}
    content = AnswerScale(kind, points).content(LANGUAGES)
    kept["first"] = shown(content[0]["code"])
    for at, point in enumerate(content):
        kept |= {**texts_shown(f"points/{at}", point), f"points/{at}/stance": ""}
    return kept


def with_category(fields: Fields) -> dict[str, str]:
    """Return the fields with a category more; the first time two, which share the points."""
    last = rows(fields, "points") - 1
    new = {**_EMPTY, "last": shown(last)}
    if not rows(fields, "merge"):
        half = with_row(fields, "merge", {**_EMPTY, "last": shown(max(0, (last - 1) // 2))})
        return with_row(half, "merge", new)
    return with_row(fields, "merge", new)


def beside_fields(beside: Any) -> dict[str, str]:
    """Return the fields of the answer beside a scale."""
    said = beside if isinstance(beside, Mapping) else {}
    return {
        _BESIDE: TICKED if said else "",
        f"{_BESIDE}/code": shown(said.get("code", 99)),
        f"{_BESIDE}/counts_as": shown(said.get("counts_as", "missing")),
        **texts_shown(_BESIDE, said),
    }


def _empty_points(count: int) -> dict[str, str]:
    fields: dict[str, str] = {}
    for _ in range(count):
        fields = with_row(fields, "points", ScaleForm.lists["points"])
    return fields
