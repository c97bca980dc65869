"""Answers of respondents, read from a file and checked against the questionnaire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.answers.cells.answer_cells import AnswerColumns
from typology.answers.columns.answer_file import AnswerFile
from typology.answers.columns.identifiers import read_identifiers
from typology.answers.columns.item_columns import read_item, read_question
from typology.answers.columns.unread_answers import answer_problems
from typology.answers.columns.weight_column import (
    counted_rows,
    read_sampling_columns,
    read_weight_column,
)
from typology.answers.headings.matching import NO_COLUMNS, ColumnMatch, match_columns
from typology.answers.headings.no_answer_columns import no_column
from typology.answers.platforms import AnswerTable, read_tables
from typology.answers.platforms.collected import Collected, collected, collected_notices
from typology.answers.pseudonyms import Pseudonyms
from typology.answers.simulation_mark import is_mark, says_simulated
from typology.answers.unused_points import unused_point_notices
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.header_names import KnownNames
from typology.words.number_conventions import AnswerWords, Conventions
from typology.words.phrases import few, joined, phrase
from typology.words.written_numbers import Mark


@dataclass(frozen=True)
class Responses:
    """Validated answers, in two tables indexed by respondent.

    ``items`` holds "Int64" codes on the scale of each item, <NA> for no answer. ``respondent``
    holds the questions on the respondent: "string" codes of single choices and "string" texts,
    "Float64" numbers; "boolean" columns "question:choice" of multiple choices, and "Int64" ones of
    ranks, 1 the first. ``weights`` and ``row_names`` have the same index.
    """

    questionnaire: Questionnaire
    items: pd.DataFrame
    respondent: pd.DataFrame
    source: str = ""  # name of the file
    # what the reader decided: columns left out, encoding, identifiers given
    notices: tuple[str, ...] = ()
    # where the file has a column of weights that was asked for
    weights: pd.Series[Any] | None = None
    # where it says how respondents were drawn: "strata", "clusters", replicate weights
    sampling: pd.DataFrame | None = None
    # if not, or if a column holds e-mail addresses, respondents are numbered
    identified: bool = True
    simulated: bool = False  # the file says so of its answers
    # the row that each respondent stands in, where one may stand for several
    row_names: pd.Series[Any] | None = None
    # the pseudonyms that respondents have, where the file names them otherwise
    pseudonyms: Pseudonyms | None = None
    # how the answers were collected, as the platform's own columns tell
    collected: Collected = field(default_factory=Collected)

    def of(self, respondents: pd.Index[Any]) -> Responses:
        """Return the answers of some of the respondents."""
        weights = None if self.weights is None else self.weights.loc[respondents]
        row_names = None if self.row_names is None else self.row_names.loc[respondents]
        return replace(
            self,
            items=self.items.loc[respondents],
            respondent=self.respondent.loc[respondents],
            weights=weights,
            sampling=None if self.sampling is None else self.sampling.loc[respondents],
            row_names=row_names,
            collected=self.collected.at(self.items.index.get_indexer(respondents), respondents),
        )

    def named(self, names: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Return which respondents have one of these names, or stand in a row that has."""
        given = list(names)
        if self.pseudonyms is not None:
            given += map(self.pseudonyms.pseudonym, names)
        index: npt.NDArray[np.bool_] = self.items.index.isin(given)
        return index if self.row_names is None else index | self.row_names.isin(given).to_numpy()


NO_WORDS: AnswerWords = MappingProxyType({})


def counted_respondents(responses: Responses) -> Responses:
    """Return answers in which a row stands for one respondent, without weights.

    The weights are how many respondents gave the answers of each row. The respondents of row "R7",
    if there are three, are "R7 (1/3)", "R7 (2/3)" and "R7 (3/3)"; "R7" names them all.
    """
    assert responses.weights is not None
    rows, names = counted_rows(responses.weights)
    index = pd.Index(names, name="respondent", dtype="object")
    notice = phrase(
        "{rows} rows stand for {count} respondents.", rows=len(responses.items), count=len(index)
    )
    return replace(
        responses,
        items=responses.items.iloc[rows].set_axis(index),
        respondent=responses.respondent.iloc[rows].set_axis(index),
        weights=None,
        row_names=pd.Series(responses.items.index.to_numpy()[rows], index=index),
        collected=responses.collected.at(rows, index),
        notices=(*responses.notices, notice),
    )


def read_responses(
    path: Path | str,
    questionnaire: Questionnaire,
    *,
    id_column: str | None = None,
    ignore: Sequence[str] = (),
    absent: Sequence[str] = (),
    no_answer: Sequence[str] = (),
    answer_words: AnswerWords = NO_WORDS,
    decimal_mark: Mark | None = None,
    weight_column: str | None = None,
    frequencies: bool = False,
    sampling_columns: Mapping[str, str] = NO_COLUMNS,
    consent_column: str | None = None,
    columns: Mapping[str, str] = MappingProxyType({}),
    pseudonyms: Pseudonyms | None = None,
) -> Responses:
    r"""Return the answers of a file, or raise with everything that is wrong in it.

    Parameters
    ----------
    path : Path or str
        CSV, Excel .xlsx, SPSS .sav, Stata .dta or Parquet.
    questionnaire : Questionnaire
        What was asked.
    id_column : str, optional
        Header of the respondents' identifiers; by default a usual name ("respondent", "id",
        "identifiant", ...); without any, respondents are numbered R1, R2, ... and told so.
    ignore : sequence of str
        Headers, or patterns with * and ?, of columns not to read.
    absent : sequence of str
        Blocks and questions on the respondent that this file does not hold: they get no column.
    no_answer : sequence of str
        Texts that mean "no answer" in this file, besides
        :data:`typology.answers.cells.code_books.MISSING_WORDS`.
    answer_words : mapping of str to str or to mapping
        Words of this file to the code or the words that they mean, for everything asked or under
        the id of a scale, a block, an item or a question.
    decimal_mark : {".", ","}, optional
        What stands before the decimals, where a number ("1,280") could be read with either.
    weight_column : str, optional
        Header of the respondents' weights.
    frequencies : bool
        Whether these weights say how many respondents a row stands for: the row is then there as
        many times.
    sampling_columns : mapping
        Headers of the "strata" and "clusters" that respondents were drawn from, and the header, or
        pattern of headers, of the "replicates" of their weights.
    consent_column : str, optional
        Header of what each respondent said when asked to consent.
    columns : mapping of str to str
        The header of the column of an item, of a question or of "question:choice", where it is
        declared.
    pseudonyms : Pseudonyms, optional
        What respondents are called where the file names them by personal data.

    Returns
    -------
    Responses
        In the order of the file; columns in the order of the questionnaire.

    Raises
    ------
    InputError
        With every problem of the file.

    Examples
    --------
    >>> import tempfile
    >>> questionnaire = Questionnaire.model_validate({
    ...     "title": {"en": "Coffee"},
    ...     "scales": {"yes": [{"code": 0, "en": "No"}, {"code": 1, "en": "Yes"}]},
    ...     "blocks": [{"id": "hopes", "title": {"en": "Hopes"}, "scale": "yes",
    ...                 "direction": "favourable", "items": [{"id": "H1", "en": "It is hot"}]}]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "answers.csv"
    ...     _ = path.write_text("id;It is hot!\nAnn;yes\nBob;0\nCyd;\n", encoding="utf-8")
    ...     read_responses(path, questionnaire).items
                  H1
    respondent
    Ann            1
    Bob            0
    Cyd         <NA>
    """
    tables = read_tables(path, recognise=KnownNames(questionnaire).find)
    matches = [
        match_columns(
            table,
            questionnaire,
            id_column=id_column,
            ignore=ignore,
            absent=absent,
            weight_column=weight_column,
            sampling_columns=sampling_columns,
            consent_column=consent_column,
            declared=columns,
        )
        for table in tables
    ]
    best = max(range(len(tables)), key=lambda i: len(matches[i].columns))
    table, match = tables[best], matches[best]
    if not match.columns:
        raise InputError(no_column(tables, questionnaire), notices=table.notices)
    signs = _answered_by_signs(table, questionnaire, match)
    conventions = Conventions(tuple(no_answer), answer_words, decimal_mark, signs)
    identified = read_identifiers(table, match.identifier, pseudonyms)
    notices = [*table.notices, *_column_notices(tables, best, match), *identified.notices]
    notices += _alike_notices(tables, matches, best)
    file = AnswerFile(table, match, identified.rows, _of_form(conventions, match))
    items, respondent = _read_columns(questionnaire, file)
    asked = [*items, *respondent]
    notices += [notice for column in asked for notice in column.notices]
    notices += _renumbered(asked)
    weights: pd.Series[Any] | None = None
    wrong: list[Problem] = []
    if match.weight is not None:
        weights, wrong, told = read_weight_column(
            table, match.weight, file.rows, declared=decimal_mark, frequencies=frequencies
        )
        notices += told
    sampling: pd.DataFrame | None = None
    if match.sampling:
        sampling, faults = read_sampling_columns(
            table, match.sampling, file.rows, declared=decimal_mark
        )
        wrong += faults
    problems = [
        *match.problems,
        *(() if _first_is_answered(table, match, asked) else identified.problems),
        *table.problems_of([*match.read, match.identifier, match.weight]),
        *answer_problems(
            (unread for column in asked for unread in column.unread),
            table=table,
            rows=file.rows,
            conventions=conventions,
            asked=_columns_of_scales(questionnaire, match),
        ),
        *(problem for column in asked for problem in column.problems),
        *wrong,
    ]
    if problems:
        raise InputError(problems, notices=notices)
    index = pd.Index(identified.names, name="respondent", dtype="object")
    collection = collected(table, match.left, match.consent, match.platform)
    notices += collected_notices(collection)
    answered = _joined(items, index)
    notices += unused_point_notices(
        answered, questionnaire, table=table, columns=_columns_of_scales(questionnaire, match)
    )
    responses = Responses(
        questionnaire=questionnaire,
        items=answered,
        respondent=_joined(respondent, index),
        source=table.name,
        notices=tuple(notices),
        weights=None if weights is None else weights.set_axis(index),
        sampling=None if sampling is None else sampling.set_axis(index),
        identified=identified.by_column,
        pseudonyms=pseudonyms if identified.personal else None,
        simulated=is_mark(match.ignored) and says_simulated(table),
        collected=collection.at(range(len(index)), index),
    )
    if frequencies and responses.weights is not None:
        return counted_respondents(responses)
    return responses


def inspect_responses(
    path: Path | str, questionnaire: Questionnaire, **options: Any
) -> tuple[Responses | None, tuple[Problem, ...], tuple[str, ...]]:
    """Return the answers of a file, None when there is a problem; the problems; the notices.

    The options are those of `read_responses`.
    """
    try:
        responses = read_responses(path, questionnaire, **options)
    except InputError as error:
        return None, error.problems, error.notices
    return responses, (), responses.notices


def _answered_by_signs(
    table: AnswerTable, questionnaire: Questionnaire, match: ColumnMatch
) -> bool:
    """Return whether some item or single choice is answered by "+" or "++"."""
    asked = {*questionnaire.items, *(each.id for each in questionnaire.respondent
                                     if each.type == "single")}  # fmt: skip
    return any(
        set(str(text).strip()) == {"+"}
        for key, at in match.columns.items()
        if key in asked
        for text in table.cells[at].unique()
    )


def _columns_of_scales(questionnaire: Questionnaire, match: ColumnMatch) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = {}
    for block in questionnaire.blocks:
        found = [match.columns[item.id] for item in block.items if item.id in match.columns]
        columns.setdefault(block.scale, []).extend(found)
    return columns


def _of_form(conventions: Conventions, match: ColumnMatch) -> Conventions:
    """Return how a file writes, with the codes of the form it answers; those declared come first.

    >>> match = ColumnMatch({}, None, None, (), (), form_answers={"sex": {"1": "f"}})
    >>> _of_form(Conventions(answer_words={"sex": {"W": "f"}}), match).answer_words
    {'sex': {'1': 'f', 'W': 'f'}}
    """
    words = dict(conventions.answer_words)
    for name, answers in match.form_answers.items():
        declared = words.get(name, {})
        words[name] = {**answers, **({} if isinstance(declared, str) else declared)}
    return replace(conventions, answer_words=words)


def _read_columns(
    questionnaire: Questionnaire, file: AnswerFile
) -> tuple[list[AnswerColumns], list[AnswerColumns]]:
    """Read the items, then the questions on the respondent."""
    items = [
        read_item(item, block, questionnaire.scales[block.scale], file)
        for block in questionnaire.blocks
        for item in block.items
        if item.id in file.match.columns
    ]
    return items, [read_question(question, file) for question in questionnaire.respondent]


def _joined(read: Sequence[AnswerColumns], index: pd.Index[Any]) -> pd.DataFrame:
    columns = {key: values for each in read for key, values in each.columns.items()}
    return pd.DataFrame(columns, index=range(len(index))).set_axis(index)


def _renumbered(columns: Sequence[AnswerColumns]) -> list[str]:
    keys = [key for column in columns for key in column.renumbered]
    if not keys:
        return []
    told = phrase(
        "{column}: the file numbers the answers otherwise than the questionnaire; "
        "they are read by their labels.",
        column=few(keys),
    )
    return [told]


def _first_is_answered(
    table: AnswerTable, match: ColumnMatch, asked: Sequence[AnswerColumns]
) -> bool:
    """Return whether the first column names no rows, but holds answers that are all read."""
    unread = {each.cells.column for column in asked for each in column.unread}
    return match.identifier is None and 0 in match.read and table.headers[0] not in unread


def _alike_notices(
    tables: Sequence[AnswerTable], matches: Sequence[ColumnMatch], best: int
) -> list[str]:
    """Return which other tables of a workbook answer the same questions, and are left."""
    return [
        phrase(
            "{other} answers the same questions as {name}, on {count} rows that are not read. If "
            "they are other respondents, put them all on one sheet.",
            other=tables[at].name,
            name=tables[best].name,
            count=len(tables[at].cells),
        )
        for at, match in enumerate(matches)
        if at != best
        and match.columns.keys() == matches[best].columns.keys()
        and len(tables[at].cells)
    ]


def _column_notices(tables: Sequence[AnswerTable], best: int, match: ColumnMatch) -> list[str]:
    notices = list(match.notices)
    if match.platform:
        notices.insert(0, phrase("An export of {platform}.", platform=match.platform))
    if len(tables) > 1:
        others = ", ".join(table.name for i, table in enumerate(tables) if i != best)
        notices.append(
            phrase(
                "Answers are read from {name}; not read: {others}.",
                name=tables[best].name,
                others=others,
            )
        )
    ignored = [header for header in match.ignored if not is_mark([header])]
    if ignored:
        notices.append(phrase("Columns not read: {names}.", names=joined(ignored, ", ")))
    return notices
