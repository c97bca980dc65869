"""How good the answers are, and who is left out of the analysis: counted, never silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.answers.responses import Responses
from typology.problems import InputError, Problem
from typology.problems.causes import one_a_cause
from typology.questionnaire.item_answers import degrees, no_opinions, offers_no_opinion
from typology.words.phrases import phrase


@dataclass(frozen=True)
class Quality:
    """Quality of the answers and the flow of respondents; shares are in percent.

    - ``missing_by_item``: block, item, missing, share: answers missing to each item; no_opinion,
      no_opinion_share: "don't know", where the scale offers it beside its points.
    - ``missing_by_respondent``: respondent, missing, share: active items not answered; no_opinion:
      those answered "don't know".
    - ``straight_lining``: respondent, blocks ("expectations + fears"), items (answered), answer
      (the code most given, the lowest if tied), share (of the answers that are this code),
      longest_run (successive items, in the questionnaire's order, with one answer),
      straight_liner.
    - ``duplicates``: respondent, group (1, 2, ...), first: respondents whose answers to all the
      items and questions are the same, at least one item being answered; without those left out
      by name.
    - ``flow``: step_id, excluded, remaining: how many respondents each rule leaves out, in order.
    - ``kept``: the respondents analysed, in the order of the responses.
    - ``excluded_by``: the step that leaves each of the others out, indexed by respondent.
    """

    missing_by_item: pd.DataFrame
    missing_by_respondent: pd.DataFrame
    straight_lining: pd.DataFrame
    duplicates: pd.DataFrame
    flow: pd.DataFrame
    kept: pd.Index[str]
    excluded_by: pd.Series

    def kept_but_for(self, *steps: str) -> pd.Index[str]:
        """Return who would be analysed if some steps left nobody out."""
        others = self.excluded_by.index[self.excluded_by.isin(steps)]
        return self.missing_by_respondent.set_index("respondent").index.intersection(
            self.kept.union(others), sort=False
        )


def assess_quality(
    responses: Responses,
    *,
    active_items: Sequence[str],
    excluded_respondents: Sequence[str] = (),
    excluded_in_collection: Sequence[tuple[str, npt.NDArray[np.bool_]]] = (),
    max_missing_share: float = 100.0,
    exclude_straight_liners: bool = False,
    exclude_duplicates: bool = False,
    complete_cases: bool = False,
) -> Quality:
    """Return the quality of the answers, and who is analysed under the rules declared.

    Left out are respondents named (names that nobody has are passed over), those of each step of
    ``excluded_in_collection`` (its name, whom it leaves out), those who left more than
    ``max_missing_share`` percent of the active items unanswered, those who gave one same answer to
    every active item, all but the first of identical respondents, whoever left an active item
    unanswered. The flow has the steps "read", "named" (where respondents are named), "zero weight"
    (where a column of weights is read), "no answer" (nobody can be placed without an answer), "no
    opinion" (where a scale offers "don't know": nothing else, where it makes no axis), "too many
    missing", then "straight-liners", "duplicates" and "incomplete" where declared, and "analysed".

    "Don't know" places nobody unless it is a category that makes axes: it counts towards
    ``max_missing_share`` as an answer that is missing does. A respondent is incomplete where it
    counts as missing, not where it is a category, passive or not.

    Straight-lining is one same answer to all the active items answered, at least two, and is judged
    on the active blocks taken together, as they were asked and not recoded. Within a block of
    expectations, "agree" everywhere is an opinion; the same answer to expectations and to fears,
    which speak against each other, is a way of getting through a questionnaire (Curran 2016,
    "Methods for the detection of carelessly invalid responses in survey data"). A neutral point
    given everywhere may still be a sincere answer, hence nobody is excluded unless declared.
    """
    _check_rules(responses, active_items, max_missing_share)
    questionnaire = responses.questionnaire
    raw = responses.items[list(active_items)]
    active = degrees(raw, questionnaire)
    codes = active.to_numpy(dtype=float, na_value=np.nan)
    offered = offers_no_opinion(questionnaire)
    unsure = no_opinions(raw, questionnaire).to_numpy()
    placing = no_opinions(raw, questionnaire, counted_as=["category"]).to_numpy()
    kept_apart = no_opinions(raw, questionnaire, counted_as=["category", "passive"]).to_numpy()
    missing = np.isnan(codes).sum(axis=1) - unsure.sum(axis=1)
    unplaced = (np.isnan(codes) & ~placing).sum(axis=1)
    straight = _straight_lining(responses, active, codes)
    named = responses.named(excluded_respondents)
    duplicates = _duplicates(responses.of(active.index[~named]))
    repeats = duplicates.loc[~duplicates["first"], "respondent"]
    rules = [
        *([("named", named)] if excluded_respondents else []),
        *excluded_in_collection,
        *_weighing_nothing(responses),
        ("no answer", missing == codes.shape[1]),
        *([("no opinion", unplaced == codes.shape[1])] if offered else []),
        ("too many missing", unplaced > max_missing_share / 100 * codes.shape[1] + 1e-9),
    ]
    if exclude_straight_liners:
        rules.append(("straight-liners", straight["straight_liner"].to_numpy(dtype=bool)))
    if exclude_duplicates:
        rules.append(("duplicates", active.index.isin(repeats)))
    if complete_cases:
        rules.append(("incomplete", (np.isnan(codes) & ~kept_apart).any(axis=1)))
    flow, steps = _flow(rules, len(active))
    excluded_by = pd.Series(steps, index=active.index, dtype="object")
    return Quality(
        missing_by_item=_missing_by_item(responses),
        missing_by_respondent=pd.DataFrame(
            {
                "respondent": active.index,
                "missing": missing,
                "share": 100 * missing / codes.shape[1],
                **({"no_opinion": unsure.sum(axis=1)} if offered else {}),
            }
        ),
        straight_lining=straight,
        duplicates=duplicates,
        flow=flow,
        kept=active.index[steps == ""],
        excluded_by=excluded_by[excluded_by != ""],
    )


def active_problems(items: pd.DataFrame) -> list[Problem]:
    """Return why the codes of the respondents kept cannot make axes.

    Too few respondents; items without any answer; items to which all gave one answer.

    >>> items = pd.DataFrame({"E01": [1, 2, 1], "E02": [3, 3, pd.NA]}, dtype="Int64")
    >>> print(active_problems(items)[0])
    column E02: found the answer 3 from all who answered, expected ...
    """
    if len(items) < 2:
        return [
            Problem(
                row="",
                column="",
                value=phrase("{count} respondent(s) left to analyse", count=len(items)),
                expected=phrase("at least two"),
                remedy=phrase("Check the answers and the exclusions of the study file."),
                where=phrase("answers"),
            )
        ]
    answers = items.nunique()
    problems = []
    for item in answers.index[answers < 2]:
        given = items[item].dropna()
        problems.append(
            Problem(
                row="",
                column=str(item),
                value=phrase("the answer {answer} from all who answered", answer=given.iloc[0])
                if len(given)
                else phrase("no answer from anybody"),
                expected=phrase("at least two different answers to an active item"),
                remedy=phrase("Take the item out of the questionnaire, or check its column."),
            )
        )
    return problems


def check_active(items: pd.DataFrame) -> None:
    """Raise `InputError` with everything `active_problems` finds, once for each cause."""
    problems = one_a_cause(active_problems(items))
    if problems:
        raise InputError(problems)


def _check_rules(
    responses: Responses, active_items: Sequence[str], max_missing_share: float
) -> None:
    unknown = [item for item in active_items if item not in responses.items.columns]
    if unknown:
        raise ValueError(f"active_items has items without answers: {', '.join(unknown)}.")
    if not active_items:
        raise ValueError("active_items is empty: name at least one item.")
    if not 0 <= max_missing_share <= 100:
        raise ValueError(f"max_missing_share is {max_missing_share}; expected 0 to 100 (percent).")


def _weighing_nothing(responses: Responses) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    if responses.weights is None:
        return []
    return [("zero weight", responses.weights.to_numpy() == 0)]


def _missing_by_item(responses: Responses) -> pd.DataFrame:
    missing = responses.items.isna().sum()
    blocks = [responses.questionnaire.block_of(item).id for item in missing.index]
    unsure = no_opinions(responses.items, responses.questionnaire).sum()
    n = max(len(responses.items), 1)
    table = pd.DataFrame(
        {
            "block": blocks,
            "item": missing.index,
            "missing": missing.to_numpy(),
            "share": 100 * missing.to_numpy() / n,
        }
    )
    if not offers_no_opinion(responses.questionnaire):
        return table
    shares = 100 * unsure.to_numpy() / n
    return table.assign(no_opinion=unsure.to_numpy(), no_opinion_share=shares)


def _straight_lining(
    responses: Responses, active: pd.DataFrame, codes: npt.NDArray[np.float64]
) -> pd.DataFrame:
    answered = (~np.isnan(codes)).sum(axis=1)
    values = np.unique(codes[~np.isnan(codes)])
    if len(values) == 0:
        values = np.array([0.0])
    counts = np.stack([(codes == value).sum(axis=1) for value in values], axis=1)
    most = counts.max(axis=1)
    answer = pd.array(values[counts.argmax(axis=1)], dtype="Int64")
    answer[answered == 0] = pd.NA
    share = np.divide(100.0 * most, answered, out=np.full(len(codes), np.nan), where=answered > 0)
    blocks = dict.fromkeys(responses.questionnaire.block_of(item).id for item in active.columns)
    return pd.DataFrame(
        {
            "respondent": active.index,
            "blocks": " + ".join(blocks),
            "items": answered,
            "answer": answer,
            "share": share,
            "longest_run": _longest_runs(codes),
            "straight_liner": (answered >= 2) & (most == answered),
        }
    )


def _longest_runs(codes: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return each row's longest run of one code; a missing answer ends a run."""
    run = np.zeros(len(codes), dtype=np.int64)
    longest = run.copy()
    before = np.full(len(codes), np.nan)
    for column in codes.T:
        run = np.where(np.isnan(column), 0, np.where(column == before, run + 1, 1))
        longest = np.maximum(longest, run)
        before = column
    return longest


def _duplicates(responses: Responses) -> pd.DataFrame:
    """Return the respondents whose answers are all the same as another's; of a row, the first."""
    answered = responses.items.notna().any(axis=1).to_numpy()
    if responses.row_names is not None:
        answered = answered & ~responses.row_names.duplicated().to_numpy()
    everything = pd.concat([responses.items, responses.respondent], axis=1).loc[answered]
    same = everything.duplicated(keep=False).to_numpy()
    repeated = everything.loc[same]
    groups = repeated.groupby(list(repeated.columns), dropna=False, sort=False)
    return pd.DataFrame(
        {
            "respondent": repeated.index,
            "group": groups.ngroup().to_numpy() + 1,
            "first": ~repeated.duplicated().to_numpy(dtype=bool),
        }
    )


def _flow(
    rules: Sequence[tuple[str, npt.NDArray[np.bool_]]], read: int
) -> tuple[pd.DataFrame, npt.NDArray[np.object_]]:
    """Apply the rules in order; each counts only those whom none before it excluded."""
    excluded_by = np.full(read, "", dtype=object)
    steps = [("read", 0, read)]
    for step, excluded in rules:
        leaving = (excluded_by == "") & excluded
        excluded_by[leaving] = step
        steps.append((step, int(leaving.sum()), int((excluded_by == "").sum())))
    steps.append(("analysed", 0, steps[-1][2]))
    return pd.DataFrame(steps, columns=["step_id", "excluded", "remaining"]), excluded_by
