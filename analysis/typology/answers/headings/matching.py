"""Which column of an answer file holds the answers to which question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from typology.answers.headings.column_problems import (
    column_not_found,
    columns_of_one,
    left_again_notices,
    misspelt_headers,
    never_both,
    says_nothing_more,
    shared_notices,
    to_simulate_again,
    two_columns,
    two_questions,
    unknown_absent,
    unknown_and_missing,
    whole_and_parts,
)
from typology.answers.headings.no_answer_columns import derived_only
from typology.answers.headings.other_questionnaire import other_questionnaire
from typology.answers.headings.other_words import find_other_words
from typology.answers.headings.proposed_columns import (
    declared_columns,
    declared_problems,
    proposals,
)
from typology.answers.headings.sorted_headers import SAMPLING, SortedHeaders, sort_headers
from typology.answers.platforms import AnswerTable
from typology.answers.platforms.own_form import own_form
from typology.answers.platforms.recognised import recognised_platform
from typology.answers.simulation_mark import says_simulated
from typology.problems.problem import Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.header_names import KnownNames, fold_wording, is_words_key, rank_key
from typology.words.phrases import few, phrase
from typology.words.spelling import nearest

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
    headers = sort_headers(table, names, form, apart=apart, ignore=ignore, platform=platform)
    find_other_words(table, questionnaire, headers)
    found = headers.found
    missing = _missing(questionnaire, names, found.keys() | headers.claimed, absent)
    instead = _derived_instead(headers, missing)
    again = _leave_repeated(table, found)
    shared = _shared(table, found)
    empty = [] if missing else _empty(table, headers.unknown)
    misspelt = _meant(headers, id_column)
    unknown = [header for header in headers.unknown
               if header not in empty and (not misspelt or header != misspelt)]  # fmt: skip
    lacking = [key for key in missing if key not in instead.values()]
    told, unknown, lacking = proposals(
        table.name, questionnaire, names, unknown=unknown, missing=lacking, declared=declared
    )
    left_out = [table.headers[number] for number in headers.derived if number not in instead]
    return ColumnMatch(
        columns={key: at[0] for key, at in found.items()},
        identifier=headers.identifiers[0] if headers.identifiers else None,
        weight=headers.weights[0] if headers.weights else None,
        sampling={use: tuple(numbers) for use, numbers in headers.sampling.items()},
        ignored=(*headers.ignored, *left_out, *empty),
        problems=(
            *(two_questions(table.name, *pair) for pair in headers.ambiguous),
            *([derived_only(table, names, headers.derived, instead)] if instead else []),
            *_problems_apart(table, headers, apart),
            *columns_of_one(table, _in_conflict(found, shared), ignore),
            *whole_and_parts(table, questionnaire, found),
            *declared_problems(table, names, declared),
            *told,
            *_left_over(
                table,
                questionnaire,
                names,
                unknown=unknown,
                missing=lacking,
                found=found.keys() | headers.claimed,
                ignored=ignore,
                absent=absent,
            ),
            *unknown_absent(questionnaire, absent),
        ),
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


def _left_over(
    table: AnswerTable,
    questionnaire: Questionnaire,
    names: KnownNames,
    *,
    unknown: Sequence[str],
    missing: Sequence[str],
    found: Set[str],
    ignored: Sequence[str],
    absent: Sequence[str],
) -> list[Problem]:
    """Return what is wrong with columns that name nothing, and with what has no column."""
    simulated = says_simulated(table)
    misspelt = misspelt_headers(names, unknown, missing)
    other = other_questionnaire(
        questionnaire,
        unknown=[header for header in unknown if header not in misspelt],
        missing=[key for key in missing if key not in misspelt.values()],
        found=found | set(misspelt.values()),
        absent=absent,
        where=table.name,
    )
    if other is not None:
        return [to_simulate_again(other) if simulated else other]
    return unknown_and_missing(
        questionnaire,
        names,
        unknown=unknown,
        missing=missing,
        where=table.name,
        ignored=ignored,
        absent=absent,
        simulated=simulated,
    )


def _derived_instead(headers: SortedHeaders, missing: Sequence[str]) -> dict[int, str]:
    """Return the columns made from what has no column of answers, and what they are made from."""
    return {
        number: key
        for number, derived in headers.derived.items()
        for key in missing
        if any(each in (key, key.partition(":")[0]) or each.partition(":")[0] == key
               for each in derived.keys)
    }  # fmt: skip


def _meant(headers: SortedHeaders, id_column: str | None) -> str:
    """Return the header that the declared column of identifiers perhaps is, misspelt."""
    return nearest(id_column, headers.unknown) if id_column and not headers.identifiers else ""


def _problems_apart(
    table: AnswerTable, headers: SortedHeaders, apart: Mapping[str, str | None]
) -> list[Problem]:
    """Return what is wrong with the columns that are no answers: identifiers, weights, consents.

    ``apart`` are their names in the study file, by their use.
    """
    problems: list[Problem] = []
    if (id_column := apart["identifiers"]) and (near := _meant(headers, id_column)):
        problems.append(column_not_found(table, "respondent_column", id_column, near))
    if len(headers.identifiers) > 1:
        problems.append(two_columns(table, "", headers.identifiers))
    sampled = {use: (f"weights › {use}", headers.sampling[use]) for use in apart if use in SAMPLING}
    for use, (key, own) in {"weights": ("weights", headers.weights), **sampled}.items():
        name = apart[use]
        if name and not own:
            problems.append(column_not_found(table, key, name, nearest(name, table.headers)))
        if len(own) > 1 and use != "replicates":
            problems.append(two_columns(table, name or "", own))
    if (consent := apart["consents"]) and not headers.consents:
        problems.append(
            column_not_found(table, "consent", consent, nearest(consent, table.headers))
        )
    return problems


def _shared(table: AnswerTable, found: Mapping[str, list[int]]) -> dict[str, tuple[int, ...]]:
    """Return the columns of one thing of which each respondent answered one at most."""
    return {
        key: tuple(at)
        for key, at in found.items()
        if len(at) > 1 and not _labelled(table, at) and (is_words_key(key) or never_both(table, at))
    }


def _in_conflict(
    found: Mapping[str, list[int]], shared: Mapping[str, tuple[int, ...]]
) -> dict[str, list[int]]:
    """Return the columns of one thing that cannot all be read."""
    return {key: at for key, at in found.items() if len(at) > 1 and key not in shared}


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
    table: AnswerTable, names: KnownNames, headers: SortedHeaders, id_column: str | None
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
    if headers.alone:
        listed = few([table.headers[number] for number in headers.alone])
        notices.append(
            phrase("Read as the choices of a question that stands above no column: {names}.",
                   names=listed)
        )  # fmt: skip
    if headers.specified:
        listed = few([table.headers[number] for number in headers.specified])
        notices.append(phrase("Read as the words of whoever chose 'Other': {names}.", names=listed))
    return tuple(notices)


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
