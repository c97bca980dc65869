"""Who is in both of two files, by identifiers as people write them; and whether to trust it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from typology.answers.responses import Responses
from typology.problems import Problem
from typology.questionnaire import Questionnaire
from typology.words.phrases import Phrase, phrase
from typology.words.spelling import fold

FEWEST_IN_PANEL = 2
"""Respondents that a panel needs."""

ENOUGH_SHARED = 0.5
"""Share of the smaller file that is in the other one when the files are clearly of one panel."""

_ROW_NUMBERS = 0.9  # of the numbers from 1 to the largest that are identifiers of the file
_LONGEST_ROW_NUMBER = 9
_FEWEST_COMPARED = 5
_TOO_COMMON = 0.95  # agreement by chance above which a characteristic says nothing
_SAME_PEOPLE, _SAME_ANSWER, _SAME_PERSON = 0.5, 0.2, 0.75
# What does not change between two waves, as questionnaires name it.
_LASTING = {"sex", "sexe", "gender", "genre", "age", "birth", "born", "naissance"}
_NUMBER = re.compile(r"0*(\d+)(?:[.,]0+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+")


@dataclass(frozen=True)
class Matched:
    """Respondents whose identifiers are the same in two files.

    ``pairs`` has ``first`` and ``second``: the identifier of the same person in each file;
    ``rewritten`` those pairs that are not written alike.

    ``agreement`` is of the characteristics that both files ask: ``question``, ``n`` (pairs who
    answered twice), ``same`` (percent of them who gave the same answer), ``beyond_chance`` (Cohen's
    kappa, or of a number Pearson's correlation), ``lasting`` (whether it is age or sex).

    ``row_numbers`` says whether the identifiers run from 1 in both files, ``smaller`` how many
    respondents the smaller file has. ``alike`` is as ``pairs``, where more would match if signs,
    accents and zeros within did not count, or only the last number of an identifier did ("001" and
    "R001"); empty otherwise.
    """

    pairs: pd.DataFrame
    rewritten: pd.DataFrame
    agreement: pd.DataFrame
    row_numbers: bool
    alike: pd.DataFrame
    smaller: int

    @property
    def doubts(self) -> tuple[Phrase, ...]:
        """Return why the matched respondents may be other people, none when they are clearly not.

        A panel is clear where at least half of the smaller file is in the other one, and their
        characteristics agree; without characteristics, where identifiers are no row numbers.
        """
        told = []
        if len(self.alike):
            first, second = self.alike.iloc[0]
            alike = phrase("'{first}' and '{second}'", first=first, second=second)
            told.append(phrase("identifiers look alike ({example})", example=alike))
        if not len(self.pairs):
            return tuple(told)
        if len(self.pairs) < max(FEWEST_IN_PANEL, ENOUGH_SHARED * self.smaller):
            told.append(phrase("they are few"))
        if self.row_numbers and not len(self.agreement):
            told.append(phrase("identifiers run from 1 in both files, as row numbers do"))
        other = self._unlike()
        if len(other):
            worst = other.sort_values(["lasting", "beyond_chance"], ascending=[False, True]).iloc[0]
            told.append(
                phrase(
                    "of the matched respondents, {share}% gave the same answer to '{question}'",
                    share=round(worst["same"]), question=worst["question"],
                )
            )  # fmt: skip
            if self.row_numbers:
                told.append(phrase("identifiers run from 1 in both files, as row numbers do"))
        return tuple(told)

    def _unlike(self) -> pd.DataFrame:
        """Return the characteristics that the same people would have answered alike."""
        table = self.agreement
        if not len(table):
            return table
        least = np.where(table["lasting"], _SAME_PERSON, _SAME_ANSWER)
        if table["beyond_chance"].mean() < _SAME_PEOPLE:
            least = np.maximum(least, _SAME_PEOPLE)
        return table[table["beyond_chance"] < least]


def normalised(identifier: Hashable) -> str:
    """Return an identifier as it is compared between files.

    Without case, spaces around and doubled, an apostrophe before; a number without zeros before it,
    decimals that are zero and spaces between thousands.

    >>> [normalised(each) for each in ("001", "1.0", " 1", "'01", "R 7", "r  7", "1 024")]
    ['1', '1', '1', '1', 'r 7', 'r 7', '1024']
    """
    text = " ".join(unicodedata.normalize("NFKC", str(identifier)).casefold().split())
    bare = text.removeprefix("'").strip()
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(" ", "")
    found = _NUMBER.fullmatch(bare)
    return found[1] if found else bare


def repeated_identifiers(responses: Responses) -> list[Problem]:
    """Return a problem for each identifier that several respondents of a file have."""
    written = pd.Series(responses.items.index.astype(str))
    groups = written.groupby(written.map(normalised), sort=False)
    return [
        Problem(
            "", "", ", ".join(names),
            phrase("one identifier a respondent: these are the same but for zeros, case or spaces"),
            phrase("Correct one of them, or use the option --independent."), responses.source,
        )
        for _, names in groups
        if len(names) > 1
    ]  # fmt: skip


def match_respondents(first: Responses, second: Responses) -> Matched:
    """Match the respondents of two files by their identifiers, which are not repeated in either."""
    indexes = (first.items.index, second.items.index)
    pairs = _paired(indexes, normalised)
    smaller = min(map(len, indexes))
    alike = _alike(indexes, ENOUGH_SHARED * smaller)
    alike = alike if len(pairs) < ENOUGH_SHARED * smaller else alike.head(0)
    return _matched(first, second, pairs, alike)


def match_alike(first: Responses, second: Responses, matched: Matched) -> Matched:
    """Match the respondents of a panel by identifiers that only look alike, where more do."""
    if len(matched.alike) <= len(matched.pairs):
        return matched
    return _matched(first, second, matched.alike, matched.alike.head(0))


def _matched(
    first: Responses, second: Responses, pairs: pd.DataFrame, alike: pd.DataFrame
) -> Matched:
    indexes = (first.items.index, second.items.index)
    smaller = min(map(len, indexes))
    rewritten = pairs[pairs["first"].astype(str) != pairs["second"].astype(str)]
    row_numbers = all(_run_from_one(index) for index in indexes)
    agreement = _agreement(first, second, pairs)
    return Matched(pairs, rewritten, agreement, row_numbers, alike, smaller)


def _alike(indexes: Sequence[pd.Index], enough: float) -> pd.DataFrame:
    """Return who would be in both files by the looser of two keys, nobody if they are few."""
    loose = _paired(indexes, _loose)
    if len(loose) >= enough:
        same = loose["first"].map(normalised) == loose["second"].map(normalised)
        return loose.loc[same.sort_values(kind="stable").index]
    numbers = _paired(indexes, _last_number)
    numbers = numbers[numbers["first"].map(_last_number) != ""]
    bare = any(index.map(normalised).str.isdecimal().all() for index in indexes)
    # Where each file has letters of its own, they tell its people from the others'.
    return numbers if bare and len(numbers) >= max(enough, FEWEST_IN_PANEL) else numbers.head(0)


def _last_number(identifier: Hashable) -> str:
    """Return the last number of an identifier, without zeros before it, "" where it has none."""
    runs = re.findall(r"\d+", fold(str(identifier)))
    return (runs[-1].lstrip("0") or "0") if runs else ""


def _paired(indexes: Sequence[pd.Index], key: Callable[[Hashable], str]) -> pd.DataFrame:
    """Return who has the same key in both files, in the order of the first."""
    first, second = (
        pd.DataFrame({name: index, "key": [key(each) for each in index]}).drop_duplicates("key")
        for name, index in zip(("first", "second"), indexes, strict=True)
    )
    return first.merge(second, on="key", how="inner")[["first", "second"]]


def _loose(identifier: Hashable) -> str:
    """Return the letters and figures of an identifier, without zeros before figures."""
    runs = re.findall(r"[a-z]+|\d+", fold(str(identifier)))
    return " ".join(run.lstrip("0") or "0" if run.isdigit() else run for run in runs)


def _run_from_one(index: pd.Index) -> bool:
    names = [normalised(each) for each in index]
    if not all(name.isdecimal() and len(name) <= _LONGEST_ROW_NUMBER for name in names):
        return False
    numbers = [int(name) for name in names]
    return min(numbers) <= 1 and len(numbers) >= _ROW_NUMBERS * max(numbers)


def _agreement(first: Responses, second: Responses, pairs: pd.DataFrame) -> pd.DataFrame:
    """Compare the characteristics that tell people apart between the two answers of each pair."""
    rows = []
    for question in first.questionnaire.respondent:
        if question.type not in ("single", "number"):
            continue
        if question.id not in first.respondent or question.id not in second.respondent:
            continue
        one = first.respondent.loc[pairs["first"], question.id].reset_index(drop=True)
        two = second.respondent.loc[pairs["second"], question.id].reset_index(drop=True)
        known = (one.notna() & two.notna()).to_numpy()
        measured = _beyond_chance(one[known], two[known], number=question.type == "number")
        if known.sum() < _FEWEST_COMPARED or np.isnan(measured):
            continue
        rows.append(
            {
                "question": question.id,
                "n": int(known.sum()),
                "same": 100 * float((one[known] == two[known]).mean()),
                "beyond_chance": measured,
                "lasting": _is_lasting(first.questionnaire, question.id),
            }
        )
    return pd.DataFrame(rows, columns=["question", "n", "same", "beyond_chance", "lasting"])


def _beyond_chance(one: pd.Series, two: pd.Series, *, number: bool) -> float:
    """Return Cohen's kappa or a correlation, NaN where the answers hardly vary."""
    if not len(one):
        return np.nan
    if number:
        first, second = (each.to_numpy(dtype=float) for each in (one, two))
        if min(np.ptp(first), np.ptp(second)) == 0:
            return np.nan
        return float(np.corrcoef(first, second)[0, 1])
    shares = [each.astype(str).value_counts(normalize=True) for each in (one, two)]
    by_chance = float(shares[0].mul(shares[1], fill_value=0.0).sum())
    if by_chance > _TOO_COMMON:
        return np.nan
    same = float((one.astype(str) == two.astype(str)).mean())
    return (same - by_chance) / (1 - by_chance)


def _is_lasting(questionnaire: Questionnaire, question: str) -> bool:
    asked = questionnaire.question(question)
    words = re.split(
        r"[^a-z]+", fold(f"{question} {asked.short.in_('fr')} {asked.short.in_('en')}")
    )
    return bool(_LASTING & set(words))
