"""Which column of an answer file holds the answers to which question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from types import MappingProxyType

from typology.answers.cells.texts import says_ticks_alone, says_words
from typology.answers.columns.column_problems import (
    column_not_found,
    columns_of_one,
    left_again_notices,
    never_both,
    says_nothing_more,
    shared_notices,
    two_columns,
    two_questions,
    unknown_absent,
    unknown_and_missing,
    whole_and_parts,
)
from typology.answers.columns.no_answer_columns import derived_only
from typology.answers.columns.proposed_columns import (
    declared_columns,
    declared_problems,
    proposals,
)
from typology.answers.platforms import AnswerTable
from typology.answers.platforms.administrative import is_administrative, platform_name
from typology.answers.platforms.own_form import OwnForm, own_form
from typology.answers.platforms.recognised import recognised_platform
from typology.answers.simulation_mark import says_simulated
from typology.problems.problem import Problem
from typology.questionnaire import Question, Questionnaire
from typology.questionnaire.derived_headings import Derived, asks_to_specify
from typology.questionnaire.header_names import (
    KnownNames,
    fold_wording,
    is_words_key,
    rank_key,
    words_key,
)
from typology.words.phrases import few, phrase
from typology.words.spelling import fold, nearest

IDENTIFIER_NAMES = (
    *("respondent", "respondent id", "respondentid", "id respondent", "repondant"),
    *("id repondant", "identifiant", "identifiant repondant", "identifier", "participant"),
    *("participant id", "id", "response id", "responseid", "id de la reponse", "record id"),
    *("befragten id", "antwort id", "id du repondant", "cle"),
    *("numero", "n°", "no", "uuid", "sid", "serial", "key", "instanceid"),
)
"""Folded names of the column that identifies respondents, the first found is used."""


_PLACED = re.compile(r"(?P<base>.+)\.\.\.(?P<place>\d+)", re.DOTALL)
_AGAIN = re.compile(r"(?P<base>.*[^\d\s.])[.\s]*\d{1,2}", re.DOTALL)
SAMPLING = ("strata", "clusters", "replicates")
NO_COLUMNS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class ColumnMatch:
    """Where each thing asked is in a table."""

    columns: dict[str, int]  # of each item id, question id, or "question:choice"
    identifier: int | None
    weight: int | None
    ignored: tuple[str, ...]  # headers of the columns that are not read
    problems: tuple[Problem, ...]  # unknown, missing and ambiguous columns
    notices: tuple[str, ...] = ()
    platform: str = ""  # the survey platform whose columns the table has
    # of a form made from the questionnaire: codes of the platform that are not its own
    form_answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    consent: int | None = None
    # where each respondent answered one of several columns, all of them
    shared: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    left: tuple[int, ...] = ()  # columns of the platform that hold no answers
    # of strata, clusters and replicate weights
    sampling: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def read(self) -> list[int]:
        """Return the columns that hold answers."""
        return [*self.columns.values(), *(at for each in self.shared.values() for at in each[1:])]


def match_columns(
    table: AnswerTable,
    questionnaire: Questionnaire,
    *,
    id_column: str | None = None,
    ignore: Sequence[str] = (),
    absent: Sequence[str] = (),
    weight_column: str | None = None,
    sampling_columns: Mapping[str, str] = NO_COLUMNS,
    consent_column: str | None = None,
    declared: Mapping[str, str] = MappingProxyType({}),
) -> ColumnMatch:
    """Match the columns of a table with the questionnaire, as `read_responses` is told to.

    A header is tried, in this order, as: an id (or the ``column`` of the questionnaire,
    "question:choice", "question[choice]"); a wording or short label in any language; "Block
    [wording]", "Question [choice]" or "Question (choice=...)"; "id. wording", "id - wording" or
    "12. wording"; "group/id" or "group.id". SPSS and Stata variable labels are tried in the same
    way beside the variable's name. Before all that, the headings that a platform gives to a form
    made from the questionnaire are what the form makes of them; and before these, the headers that
    are ``declared`` of something asked.
    """
    names = KnownNames(questionnaire)
    platform = recognised_platform(table.headers)
    form = own_form(table.headers, questionnaire, platform)
    form = replace(form, keys={**form.keys, **declared_columns(table, names, declared)})
    apart = {"identifiers": id_column, "weights": weight_column, "consents": consent_column,
             **sampling_columns}  # fmt: skip
    headers = _sort_headers(table, names, form, apart=apart, ignore=ignore, platform=platform)
    _find_own_words(table, questionnaire, headers)
    found = headers.found
    missing = _missing(questionnaire, names, found.keys() | headers.claimed, absent)
    problems = [two_questions(table.name, *pair) for pair in headers.ambiguous]
    instead = {
        number: key
        for number, derived in headers.derived.items()
        for key in missing
        if any(each in (key, key.partition(":")[0]) or each.partition(":")[0] == key
               for each in derived.keys)
    }  # fmt: skip
    if instead:
        problems.append(derived_only(table, names, headers.derived, instead))
    near = "" if headers.identifiers or not id_column else nearest(id_column, headers.unknown)
    if id_column and near:
        problems.append(column_not_found(table, "respondent_column", id_column, near))
    if len(headers.identifiers) > 1:
        problems.append(two_columns(table, "", headers.identifiers))
    if weight_column and not headers.weights:
        near_weights = nearest(weight_column, table.headers)
        problems.append(column_not_found(table, "weights", weight_column, near_weights))
    if len(headers.weights) > 1:
        problems.append(two_columns(table, weight_column or "", headers.weights))
    for use, name in sampling_columns.items():
        if not headers.sampling[use]:
            near_name = nearest(name, table.headers)
            problems.append(column_not_found(table, f"weights › {use}", name, near_name))
        elif use != "replicates" and len(headers.sampling[use]) > 1:
            problems.append(two_columns(table, name, headers.sampling[use]))
    if consent_column and not headers.consents:
        near_consent = nearest(consent_column, table.headers)
        problems.append(column_not_found(table, "consent", consent_column, near_consent))
    again = _leave_repeated(table, found)
    several = {key: at for key, at in found.items() if len(at) > 1}
    shared = {
        key: tuple(at)
        for key, at in several.items()
        if not _labelled(table, at) and (is_words_key(key) or never_both(table, at))
    }
    both = {key: at for key, at in several.items() if key not in shared}
    problems += columns_of_one(table, both, ignore)
    problems += whole_and_parts(table, questionnaire, found)
    problems += declared_problems(table, names, declared)
    empty = [] if missing else _empty(table, headers.unknown)
    unknown = [header for header in headers.unknown
               if header not in empty and (not near or header != near)]  # fmt: skip
    lacking = [key for key in missing if key not in instead.values()]
    told, unknown, lacking = proposals(
        table.name, questionnaire, names, unknown=unknown, missing=lacking, declared=declared
    )
    problems += told
    problems += unknown_and_missing(
        questionnaire,
        names,
        unknown=unknown,
        missing=lacking,
        where=table.name,
        ignored=ignore,
        absent=absent,
        simulated=says_simulated(table),
    )
    problems += unknown_absent(questionnaire, absent)
    left_out = [table.headers[number] for number in headers.derived if number not in instead]
    return ColumnMatch(
        columns={key: at[0] for key, at in found.items()},
        identifier=headers.identifiers[0] if headers.identifiers else None,
        weight=headers.weights[0] if headers.weights else None,
        sampling={use: tuple(numbers) for use, numbers in headers.sampling.items()},
        ignored=(*headers.ignored, *left_out, *empty),
        problems=tuple(problems),
        shared=shared,
        notices=(
            *_notices(table, names, headers, id_column),
            *left_again_notices(table, again),
            *shared_notices(table, shared),
        ),
        platform=platform,
        form_answers=form.answers,
        consent=headers.consents[0] if headers.consents else None,
        left=tuple(headers.left),
    )


def _leave_repeated(table: AnswerTable, found: dict[str, list[int]]) -> list[int]:
    """Take from what was found the columns that add nothing; return them."""
    again: list[int] = []
    for key, columns in found.items():
        if len(columns) > 1:
            left = says_nothing_more(table, columns)
            found[key] = [at for at in columns if at not in left]
            again += left
    return sorted(set(again))


def _empty(table: AnswerTable, headers: Sequence[str]) -> list[str]:
    """Return the headings under which nobody has said anything."""
    said = {
        table.headers[number] for number in range(len(table.headers)) if table.filled(number).any()
    }
    return [header for header in headers if header and header not in said]


def _labelled(table: AnswerTable, columns: Sequence[int]) -> bool:
    """Return whether codes have labels, as in statistics files: such columns stay apart."""
    return any(number in table.value_labels for number in columns)


def _notices(
    table: AnswerTable, names: KnownNames, headers: _Headers, id_column: str | None
) -> tuple[str, ...]:
    """Return which column identifies the respondents instead of the one declared, and groups."""
    notices: list[str] = []
    header = table.headers[headers.identifiers[0]] if headers.identifiers else ""
    if id_column and header and fold_wording(header) != fold_wording(id_column):
        notices.append(
            phrase(
                "The file has no column '{declared}', which the study file names under "
                "'respondent_column': '{header}' identifies the respondents.",
                declared=id_column,
                header=header,
            )
        )
    elif id_column and not header:
        notices.append(
            phrase(
                "The file has no column '{declared}', which the study file names under "
                "'respondent_column'.",
                declared=id_column,
            )
        )
    grouped = [
        f"{table.headers[at[0]]} = {key}"
        for key, at in headers.found.items()
        if at[0] not in headers.of_form and names.is_in_group(table.headers[at[0]])
    ]
    if grouped:
        notices.append(
            phrase("Columns read without the group before their name: {names}.",
                   names=few(grouped))
        )  # fmt: skip
    if headers.specified:
        listed = few([table.headers[number] for number in headers.specified])
        notices.append(phrase("Read as the words of whoever chose 'Other': {names}.", names=listed))
    return tuple(notices)


@dataclass
class _Headers:
    """Headers sorted by what they name."""

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
    left: list[int] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def set_apart(self, number: int, uses: Sequence[str]) -> bool:
        """Keep a column for what it is used for; return whether it is used for anything."""
        for use in uses:
            own = self.sampling[use] if use in SAMPLING else getattr(self, use)
            own.append(number)
        return bool(uses)


def _sort_headers(
    table: AnswerTable,
    names: KnownNames,
    form: OwnForm,
    *,
    apart: Mapping[str, str | None],
    ignore: Sequence[str],
    platform: str,
) -> _Headers:
    """Sort the headers; ``apart`` are those of the study file that are no answers, by their use."""
    headers = _Headers()
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
    table: AnswerTable, names: KnownNames, headers: _Headers, unmatched: Sequence[int]
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


def _find_own_words(table: AnswerTable, questionnaire: Questionnaire, headers: _Headers) -> None:
    """Find the words of whoever chose "Other" in columns that are named otherwise.

    "tools_other" holds them beside "tools/other", and beside "tools" that lists the choices. Named
    so for a question with a single answer, a column of ticks is none of its answers. Where no
    column has the words, the one that asks to specify a question is read so, and told.
    """
    for question in questionnaire.respondent:
        codes = [choice.code for choice in question.worded_choices]
        for code in codes:
            words, choice = words_key(question.id, code), f"{question.id}:{code}"
            if question.type == "single":
                _leave_ticks(table, headers, words, code)
            elif words not in headers.found:
                _part_words(table, headers, question, words=words, choice=choice)
        if len(codes) == 1 and words_key(question.id, codes[0]) not in headers.found:
            _read_specified(table, headers, question.id, words_key(question.id, codes[0]))


def _leave_ticks(table: AnswerTable, headers: _Headers, words: str, code: str) -> None:
    """Take the columns of ticks, such as "place_other", from those of the words."""
    named = headers.found.pop(words, [])
    ticks = [
        at
        for at in named
        if fold_wording(table.headers[at]).endswith(fold_wording(code))  # not "..._text"
        and says_ticks_alone(_texts(table, at))
    ]
    headers.unknown += [table.headers[at] for at in ticks]
    if left := [at for at in named if at not in ticks]:
        headers.found[words] = left


def _part_words(
    table: AnswerTable, headers: _Headers, question: Question, *, words: str, choice: str
) -> None:
    """Tell the column of the words from that of the choice, where both have the name of "other"."""
    named = headers.found.get(choice, [])
    worded = [at for at in named if says_words(_texts(table, at), question)]
    parts = {key for key in headers.found if key.partition(":")[0] == question.id}
    if len(worded) == 1 and (len(named) > 1 or parts == {question.id, choice}):
        headers.found[words] = worded
        del headers.found[choice]
        if left := [at for at in named if at not in worded]:
            headers.found[choice] = left


def _read_specified(table: AnswerTable, headers: _Headers, question: str, words: str) -> None:
    """Read the columns that ask to specify a question as the words of "Other"."""
    asking = [
        number
        for number, derived in headers.derived.items()
        if {key.partition(":")[0] for key in derived.keys} == {question}
        and asks_to_specify(table.headers[number], table.description(number))
    ]
    if asking:
        headers.found[words] = asking
        headers.specified += asking
        for number in asking:
            del headers.derived[number]


def _numbers_rows(table: AnswerTable, column: int) -> bool:
    """Return whether a column numbers the rows, as R and pandas write them, without a title."""
    if table.headers[column]:
        return False
    texts = table.cells[column].tolist()
    return any(texts == [str(at) for at in range(start, start + len(texts))] for start in (0, 1))


def _texts(table: AnswerTable, column: int) -> list[str]:
    return [str(text) for text in table.cells[column].unique()]


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


def _missing(
    questionnaire: Questionnaire,
    names: KnownNames,
    found: Set[str],
    absent: Sequence[str],
) -> list[str]:
    """Return the keys that should have a column and have none."""
    missing = [
        item.id
        for block in questionnaire.blocks
        if block.id not in absent
        for item in block.items
        if item.id not in found
    ]
    for question in questionnaire.respondent:
        if question.id in found or question.id in absent:
            continue
        if rank_key(question.id, 1) in found:
            continue
        parts = [key for key in names.wordings if key.startswith(f"{question.id}:")]
        said = {key.removesuffix(":text") for key in found if is_words_key(key)}
        lacking = [key for key in parts if key not in found and key not in said]
        missing += lacking if len(lacking) < len(parts) else [question.id]
    return missing
