"""Headers of a file of answers, sorted by what they name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from typology.answers.platforms import AnswerTable
from typology.answers.platforms.administrative import is_administrative, platform_name
from typology.answers.platforms.own_form import OwnForm
from typology.questionnaire.derived_headings import Derived
from typology.questionnaire.header_names import KnownNames, fold_wording, is_words_key
from typology.words.phrases import phrase
from typology.words.spelling import fold

IDENTIFIER_NAMES = (
    *("respondent", "respondent id", "respondentid", "id respondent", "repondant"),
    *("id repondant", "identifiant", "identifiant repondant", "identifier", "participant"),
    *("participant id", "id", "response id", "responseid", "id de la reponse", "record id"),
    *("befragten id", "antwort id", "id du repondant", "cle"),
    *("numero", "n°", "no", "uuid", "sid", "serial", "key", "instanceid"),
    *("submission id", "contribution id", "case", "#"),
)
"""Folded names of the column that identifies respondents, the first found is used."""

_PLACED = re.compile(r"(?P<base>.+)\.\.\.(?P<place>\d+)", re.DOTALL)
_AGAIN = re.compile(r"(?P<base>.*[^\d\s.])[.\s]*\d{1,2}", re.DOTALL)
SAMPLING = ("strata", "clusters", "replicates")


@dataclass
class SortedHeaders:
    """The headers of a table, or their places in it, sorted by what they name."""

    found: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    claimed: set[str] = field(default_factory=set)  # by the ambiguous ones
    ambiguous: list[tuple[str, set[str]]] = field(default_factory=list)
    derived: dict[int, Derived] = field(default_factory=dict)  # made from something asked
    identifiers: list[int] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)
    sampling: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    consents: list[int] = field(default_factory=list)
    of_form: set[int] = field(default_factory=set)
    specified: list[int] = field(default_factory=list)  # read as the words of "Other"
    alone: list[int] = field(default_factory=list)  # choices without their question above
    left: list[int] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def set_apart(self, number: int, uses: Sequence[str]) -> bool:
        """Keep a column for what it is used for; return whether it is used for anything."""
        for use in uses:
            own = self.sampling[use] if use in SAMPLING else getattr(self, use)
            own.append(number)
        return bool(uses)


def sort_headers(
    table: AnswerTable,
    names: KnownNames,
    form: OwnForm,
    *,
    apart: Mapping[str, str | None],
    ignore: Sequence[str],
    platform: str,
) -> SortedHeaders:
    """Sort the headers; ``apart`` are those of the study file that are no answers, by their use."""
    headers = SortedHeaders()
    unmatched: list[int] = []
    for number, header in enumerate(_as_asked(table.headers, names)):
        if headers.set_apart(number, _uses(header, apart)):
            continue
        if _is_ignored(header, ignore):
            headers.ignored.append(header)
            headers.left.append(number)
            continue
        if number in form.keys:
            headers.found[form.keys[number]].append(number)
            headers.of_form.add(number)
            continue
        derived = names.derived(header) or names.derived(table.description(number))
        if derived and not names.find(header):
            headers.derived[number] = derived
            continue
        keys = names.find(header) | names.find_label(table.description(number))
        keys -= {key.partition(":")[0] for key in keys if ":" in key}
        if len(keys) > 1:
            headers.ambiguous.append((header, keys))
            headers.claimed |= keys
        elif keys:
            headers.found[keys.pop()].append(number)
        else:
            unmatched.append(number)
    unmatched = _by_neighbours(table, names, headers, unmatched)
    unmatched = _by_choices_alone(table, names, headers, unmatched)
    usual = _usual_identifiers(table, unmatched)
    if not headers.identifiers:
        headers.identifiers = [n for n in usual if _same_header(table, n, usual[0])]
    for number in unmatched:
        header = table.headers[number]
        if number in headers.identifiers:
            continue
        left_out = number in usual or is_administrative(header, platform)
        name = phrase("(no header)") if _numbers_rows(table, number) else header
        (headers.ignored if left_out or name != header else headers.unknown).append(name)
        if left_out:
            headers.left.append(number)
    return headers


def _as_asked(headers: Sequence[str], names: KnownNames) -> list[str]:
    """Return the headings without the numbers that make each of them another one.

    Where two columns have one heading, Excel and Microsoft Forms write a number after the second
    ("Your age2"), pandas ".1", R the place of the column after both ("Your age...7").
    """
    folded = {fold_wording(header) for header in headers}
    plain = []
    for place, header in enumerate(headers, start=1):
        placed, again = _PLACED.fullmatch(header), _AGAIN.fullmatch(header)
        base = header
        if placed is not None and int(placed["place"]) == place:
            base = placed["base"].strip()
        elif again is not None and " " in (text := again["base"].strip()):
            base = text if fold_wording(text) in folded else header
        known = base == header or names.find(header) or not names.find(base)
        plain.append(header if known else base)
    return plain


def _by_neighbours(
    table: AnswerTable, names: KnownNames, headers: SortedHeaders, unmatched: Sequence[int]
) -> list[int]:
    """Find choices that stand alone above a column, below the question that they follow.

    So are headed, where labels are, the choices to rank and the words of whoever chose "Other".
    Returns the columns that are left.
    """
    asked = {at: key for key, numbers in headers.found.items() for at in numbers}
    left, last = [], ""
    for number in range(len(table.headers)):
        if number in asked:
            last = asked[number].partition(":")[0]
        if number not in unmatched:
            continue
        alone = {
            key
            for key in names.of_choice_alone(table.headers[number], last)
            if key not in headers.found or is_words_key(key)
        }
        if len(alone) == 1:
            headers.found[(key := alone.pop())].append(number)
            last = key.partition(":")[0]
        else:
            left.append(number)
    return left


def _by_choices_alone(
    table: AnswerTable, names: KnownNames, headers: SortedHeaders, unmatched: Sequence[int]
) -> list[int]:
    """Find the choices of a question that has no column, under their words side by side.

    So Typeform writes them. Returns the columns that are left.
    """
    texts = [table.headers[at] if at in unmatched else "" for at in range(len(table.headers))]
    asked = {key.partition(":")[0] for key in (*headers.found, *headers.claimed)}
    for number, key in names.of_choices_alone(texts).items():
        if key.partition(":")[0] not in asked:
            headers.found[key].append(number)
            headers.alone.append(number)
    return [number for number in unmatched if number not in headers.alone]


def _numbers_rows(table: AnswerTable, column: int) -> bool:
    """Return whether a column numbers the rows, as R and pandas write them, without a title."""
    if table.headers[column]:
        return False
    texts = table.cells[column].tolist()
    return any(texts == [str(at) for at in range(start, start + len(texts))] for start in (0, 1))


def _uses(header: str, apart: Mapping[str, str | None]) -> list[str]:
    """Return what a column that is no answer is used for, replicates being named by a pattern."""
    return [
        use
        for use, name in apart.items()
        if name
        and (
            _is_ignored(header, [name])
            if use == "replicates"
            else fold_wording(header) == fold_wording(name)
        )
    ]


def _is_ignored(header: str, patterns: Sequence[str]) -> bool:
    folded = fold_wording(header)
    return any(
        fold_wording(pattern) == folded
        or fnmatchcase(header.casefold(), pattern.strip().casefold())
        or fnmatchcase(folded, fold(pattern))
        for pattern in patterns
    )


def _usual_identifiers(table: AnswerTable, unmatched: list[int]) -> list[int]:
    """Return the columns that have an identifier's usual name, the likeliest first."""
    names = {n: _spaced(platform_name(table.headers[n])) for n in unmatched}
    return [n for name in IDENTIFIER_NAMES for n in unmatched if names[n] == name]


def _spaced(name: str) -> str:
    return re.sub(r"[_.\s-]+", " ", name).strip()


def _same_header(table: AnswerTable, one: int, other: int) -> bool:
    return fold_wording(table.headers[one]) == fold_wording(table.headers[other])
