"""Table 1 of a study: who the respondents are, overall and by class, and what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.base.multiple_tests import adjusted_p_values
from rfree.description.characteristics import characteristics_table
from rfree.description.group_tests import MANY_REPLICATES, compare_categories, compare_quantities
from rfree.items.concordance import kendall_w
from typology.questionnaire import Question, Questionnaire
from typology.questionnaire.characteristics import NO_ANSWER, characteristic_categories

_COUNTED = ("category", "choice", "ordered", "bands", "periods")
"""Kinds of characteristics that are told by counts; the others are told by mean and quartiles."""
_NOT_TESTED = ("bands", "periods")
"""The same answers as those of a number or of a date, which are tested."""
BY_CATEGORY = ("category", "choice")
"""Kinds whose test is one of categories; the others are compared by their ranks."""
MOST_JUDGES = 30
"""With more respondents, Friedman's chi-squared stands for the orders that they could give."""
FRIEDMAN = {
    "chi-squared": "friedman",
    "exact": "friedman_exact",
    "permutation": "friedman_permutation",
}
"""The test of an order, by how `rfree.items.concordance.kendall_w` makes its p-value."""

_TEST_COLUMNS = [
    "variable", "kind", "n", "missing", "test", "test_reason", "statistic", "df", "df_denominator",
    "p_value", "p_value_error", "p_holm", "p_bh", "effect_name", "effect", "categories",
    "smallest_expected", "share_expected_below_5", "replicates",
]  # fmt: skip


@dataclass(frozen=True)
class Characteristic:
    """What is known of the respondents from one question, or from one choice of a question.

    ``variable`` is the question, or "question:choice"; ``kind`` one of category, choice, ordered,
    bands, quantity, rank, periods, date (in days from 1970); ``answers`` are categories, or
    numbers, missing where there is no answer.
    """

    variable: str
    kind: str
    answers: pd.Series


def characteristic_tables(
    questionnaire: Questionnaire,
    respondent: pd.DataFrame,
    labels: pd.Series,
    *,
    sample_weight: FloatArray,
    seed: int,
    replicates: int = MANY_REPLICATES,
) -> dict[str, pd.DataFrame]:
    """Describe the respondents overall and by class, and test every characteristic once.

    Whoever weighs zero is left out. The seed is that of the ``replicates`` tables drawn for each
    Fisher-Freeman-Halton test. Empty when no question can be counted or measured. What does not
    exist is NaN.

    ``characteristics``, by question, category and class (0: all): ``variable``, ``kind``,
    ``category`` ("" for a number), ``class``, ``n`` (respondents), ``share`` (percent of those of
    the class who answered), ``mean``, ``sd``, ``median``, ``q1``, ``q3``, ``missing`` (respondents
    of the class without answer).

    ``characteristic_tests``, a row a characteristic: ``variable``, ``kind``, ``n``, ``missing``,
    ``test``, ``test_reason`` (code of the choice of the test), ``statistic``, ``df``,
    ``df_denominator`` (of an F), ``p_value``, ``p_value_error`` (Monte Carlo; 0 when exact),
    ``p_holm``, ``p_bh``, ``effect_name`` ("cramers_v", "epsilon_squared"), ``effect``,
    ``categories`` (in use), ``smallest_expected``, ``share_expected_below_5`` (percent of cells),
    ``replicates``.

    ``characteristic_dates``, where a date was asked, by question and class (0: all): ``variable``,
    ``class``, ``n``, ``earliest``, ``latest`` (year-month-day, "" where nobody answered).

    ``rank_agreement``, where choices were ranked, a row a question: ``variable``, ``n``
    (respondents who ranked a choice), ``choices``, ``kendalls_w``, ``test`` (how `FRIEDMAN`'s
    p-value was made), ``statistic`` (his chi-squared, corrected for ties), ``df``, ``p_value``.

    Notes
    -----
    Every characteristic is tested once, so that the corrections count each once; they are over the
    whole table, whatever the tests.

    - Single choice: chi-squared, or Fisher-Freeman-Halton (`rfree.description.group_tests`).
    - Multiple choice: each choice is a characteristic, chosen or not.
    - Ordered choices (``ordered: true``): compared by their ranks, Kruskal-Wallis, since
      chi-squared would not see the order that the questionnaire declares.
    - Number: Kruskal-Wallis on the numbers. Its bands are counted for the reader but not tested:
      they are the same answers, cut, with less in them.
    - Date: Kruskal-Wallis on the days; its months, or years, are counted but not tested.
    - Rank: each choice is a characteristic, Kruskal-Wallis on the ranks given. Whether the
      respondents order the choices alike, whatever their type, is another question: Kendall's W
      over all of them, each counting once; choices that they did not rank share the last places.
    - Text: each theme that it was coded under is a characteristic, as a choice; else left out.

    A missing answer is no category: it is counted in ``missing`` and takes no part in the test of
    its characteristic. With weights that differ, ``n`` and ``missing`` still count respondents;
    shares, means and quartiles are weighted; tests are those of Rao & Scott and of Lumley & Scott;
    epsilon squared is that of the respondents, unweighted.
    """
    counted = np.asarray(sample_weight > 0)
    asked = list(_characteristics(questionnaire, respondent.loc[counted]))
    if not asked:
        return {}
    classes = labels.to_numpy()[counted]
    weights = sample_weight[counted] if np.ptp(sample_weight[counted]) > 0 else None
    tables = {
        "characteristics": _described(asked, classes, weights),
        "characteristic_tests": _tested(asked, classes, weights, seed=seed, replicates=replicates),
    }
    if dates := [each for each in asked if each.kind == "date"]:
        tables["characteristic_dates"] = _dates(dates, classes)
    ranked = _rank_agreement(questionnaire, respondent.loc[counted], seed)
    return tables if ranked.empty else tables | {"rank_agreement": ranked}


def _characteristics(
    questionnaire: Questionnaire, respondent: pd.DataFrame
) -> Iterator[Characteristic]:
    """Yield what can be counted or measured, in the order of the questionnaire."""
    categories = characteristic_categories(questionnaire, respondent)
    for question in questionnaire.respondent:
        if question.type == "number" and question.id in respondent:
            yield Characteristic(question.id, "quantity", respondent[question.id])
        if question.type == "date" and question.id in respondent:
            yield Characteristic(question.id, "date", in_days(respondent[question.id]))
        for variable in _columns(question):
            if question.type == "rank" and variable in respondent:
                yield Characteristic(variable, "rank", respondent[variable])
            elif variable in categories:
                answers = categories[variable].cat
                known = answers.remove_categories(
                    [name for name in answers.categories if name == NO_ANSWER]
                )
                yield Characteristic(variable, _kind(question), known)


def _columns(question: Question) -> list[str]:
    if question.type in ("multiple", "rank") or question.themes:
        return [f"{question.id}:{part.code}" for part in question.parts]
    return [question.id]


def _kind(question: Question) -> str:
    if question.type == "single":
        return "ordered" if question.ordered else "category"
    if question.type == "date":
        return "periods"
    return "bands" if question.type == "number" else "choice"


def in_days(dates: pd.Series) -> pd.Series:
    """Return dates as days from 1970, floats."""
    return (pd.to_datetime(dates) - pd.Timestamp(1970, 1, 1)) / pd.Timedelta(days=1)


def _described(
    asked: list[Characteristic], classes: npt.NDArray[Any], weights: FloatArray | None
) -> pd.DataFrame:
    counts = [each for each in asked if each.kind in _COUNTED]
    measures = [each for each in asked if each.kind not in _COUNTED]
    X, Q = _joined(counts), _joined(measures)
    table = characteristics_table(X, Q, classes, sample_weight=weights)
    kinds = {
        "category": {each.variable: each.kind for each in counts},
        "quantity": {each.variable: each.kind for each in measures},
    }
    table["kind"] = [
        kinds[kind][variable]
        for kind, variable in zip(table["kind"], table["variable"], strict=True)
    ]
    place = {(each.variable, each.kind): at for at, each in enumerate(asked)}
    order = [place[pair] for pair in zip(table["variable"], table["kind"], strict=True)]
    return table.iloc[np.argsort(order, kind="stable")].reset_index(drop=True)


def _dates(asked: list[Characteristic], classes: npt.NDArray[Any]) -> pd.DataFrame:
    rows = []
    for each in asked:
        days = pd.Timestamp(1970, 1, 1) + pd.to_timedelta(each.answers, unit="D")
        for number in (0, *np.unique(classes)):
            own = days[(classes == number) | (number == 0)].dropna()
            ends = (
                [day.strftime("%Y-%m-%d") for day in (own.min(), own.max())]
                if len(own)
                else ["", ""]
            )
            rows.append((each.variable, int(number), len(own), *ends))
    return pd.DataFrame(rows, columns=["variable", "class", "n", "earliest", "latest"])


def _rank_agreement(
    questionnaire: Questionnaire, respondent: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Return how far respondents put the choices of each question in one order."""
    rows = []
    for question in questionnaire.respondent:
        names = [name for name in _columns(question) if name in respondent]
        if question.type != "rank" or len(names) < 2:
            continue
        ranks = respondent[names].astype("Float64").astype(float).dropna(how="all")
        if len(ranks) < 2:
            continue
        found = kendall_w(ranks, rng=np.random.default_rng(seed), most_judges=MOST_JUDGES)
        rows.append(
            {
                "variable": question.id, "n": found.judges, "choices": found.objects,
                "kendalls_w": found.w, "test": FRIEDMAN[found.method], "statistic": found.chi2,
                "df": found.df, "p_value": found.p_value,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _tested(
    asked: list[Characteristic],
    classes: npt.NDArray[Any],
    weights: FloatArray | None,
    *,
    seed: int,
    replicates: int,
) -> pd.DataFrame:
    tested = [each for each in asked if each.kind not in _NOT_TESTED]
    X = _joined([each for each in tested if each.kind in BY_CATEGORY])
    Q = _joined([_by_position(each) for each in tested if each.kind not in BY_CATEGORY])
    parts = []
    if X is not None:
        compared = compare_categories(
            X, classes, sample_weight=weights, replicates=replicates, seed=seed
        )
        parts.append(_of_categories(compared, replicates))
    if Q is not None:
        compared = compare_quantities(Q, classes, sample_weight=weights)
        values = [Q[name].nunique() for name in Q.columns]
        parts.append(_of_quantities(compared.assign(categories=values)))
    table = pd.concat(parts, ignore_index=True).set_index("variable")
    table = table.loc[[each.variable for each in tested]].reset_index()
    table["kind"] = [each.kind for each in tested]
    table["test_reason"] = [_reason(row) for row in table.to_dict("records")]
    table["test"] = table["test"].where(table["p_value"].notna(), "none")
    made = table["p_value"].notna().to_numpy()
    p_values = table["p_value"].to_numpy(dtype=float)[made]
    table.loc[made, "p_holm"] = adjusted_p_values(p_values, "holm")
    table.loc[made, "p_bh"] = adjusted_p_values(p_values, "bh")
    return table[_TEST_COLUMNS]


def _joined(characteristics: list[Characteristic]) -> pd.DataFrame | None:
    if not characteristics:
        return None
    return pd.DataFrame({each.variable: each.answers for each in characteristics})


def _by_position(characteristic: Characteristic) -> Characteristic:
    """Turn ordered choices into their positions; numbers and ranks stay as they are."""
    if characteristic.kind != "ordered":
        return characteristic
    codes = characteristic.answers.cat.codes.astype(float)
    return Characteristic(characteristic.variable, "ordered", codes.where(codes >= 0))


def _of_categories(compared: pd.DataFrame, replicates: int) -> pd.DataFrame:
    """Put the test retained of each category characteristic in the columns of all."""
    table = compared.copy()
    weighted, fisher = table["test"] == "Rao-Scott", table["test"] == "Fisher-Freeman-Halton"
    table["statistic"] = table["chi2"].mask(weighted, table["f"]).mask(fisher)
    table["df"] = table["df"].astype(float).mask(weighted, table["f_df"]).mask(fisher)
    table["df_denominator"] = table["f_df_denominator"]
    table["p_value_error"] = table["p_fisher_error"].where(fisher)
    drawn = fisher & (table["fisher_method"] == "monte carlo")
    table["replicates"] = np.where(drawn, float(replicates), np.nan)
    return table.assign(effect_name="cramers_v", effect=table["cramers_v"])


def _of_quantities(compared: pd.DataFrame) -> pd.DataFrame:
    """Put the test of each number in the columns of all."""
    table = compared.copy()
    weighted = table["test"] == "Lumley-Scott"
    table["statistic"] = table["h"].mask(weighted, table["f"])
    table["df"] = table["df"].astype(float).mask(weighted, table["f_df"])
    table["df_denominator"] = table["f_df_denominator"]
    for name in ("p_value_error", "smallest_expected", "share_expected_below_5", "replicates"):
        table[name] = np.nan
    return table.assign(effect_name="epsilon_squared", effect=table["epsilon_squared"])


def _reason(row: dict[Any, Any]) -> str:
    """Return the code of why a test was chosen, or of why there is none."""
    if np.isnan(row["p_value"]):
        if row["n"] == 0:
            return "nobody_answered"
        return "same_answer" if row["categories"] < 2 else "not_comparable"
    by_test = {
        "chi-squared": "expected_large",
        "Fisher-Freeman-Halton": "expected_small",
        "Rao-Scott": "weighted",
        "Lumley-Scott": "weighted",
    }
    return by_test.get(row["test"], f"kind_{row['kind']}")
