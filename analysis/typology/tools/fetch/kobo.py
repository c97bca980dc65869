"""The submissions of a form of KoboToolbox, through its second interface."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from typology.files.csv_tables import as_text
from typology.tools.fetch.access import Access
from typology.tools.fetch.exchange import BoundedSession
from typology.tools.fetch.sources import AnswerSource

_PAGE = 1000
"""Submissions asked for at once."""

_WITHOUT_ANSWERS = {"note", "begin_group", "end_group", "begin_repeat", "end_repeat"}


def export(source: AnswerSource, access: Access, survey: str) -> bytes:
    """Return the submissions of a form as a CSV, with a column for every question of the form."""
    (token,) = access.secrets.values()
    with BoundedSession(source) as session:
        session.headers["Authorization"] = f"Token {token}"
        form = f"{access.url}/api/v2/assets/{survey}/"
        asked = session.get(form, params={"format": "json"}).json()
        rows: list[dict[str, str]] = []
        while True:
            page = {"format": "json", "start": str(len(rows)), "limit": str(_PAGE)}
            read = session.get(f"{form}data/", params=page).json()
            rows += [_row(each) for each in read["results"]]
            if not read["results"] or len(rows) >= int(read["count"]):
                return _csv(_questions(asked["content"]["survey"]), rows)


def _questions(lines: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the path of every question: "group/question"."""
    groups: list[str] = []
    for line in lines:
        kind = str(line.get("type", ""))
        name = str(line.get("name") or line.get("$autoname") or "")
        if kind == "begin_group":
            groups.append(name)
        elif kind == "end_group":
            groups.pop()
        if name and kind not in _WITHOUT_ANSWERS:
            yield "/".join([*groups, name])


def _row(submission: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells of a submission; of what is no text, its id, or nothing."""
    return {name: _cell(value) for name, value in submission.items()}


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("uid") or "")
    return "" if value is None or isinstance(value, list) else str(value)


def _csv(questions: Iterator[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    columns = dict.fromkeys([*questions, *(name for row in rows for name in row)])
    written = StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(map(as_text, columns))
    for row in rows:
        table.writerow(as_text(row.get(name, "")) for name in columns)
    return written.getvalue().encode()
