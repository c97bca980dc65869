"""What was hidden of a run, and how well its respondents are hidden among one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pandas as pd

from rfree.disclosure.anonymity import anonymity, riskiest_questions
from typology.fit.fitted_typology import FittedTypology
from typology.questionnaire import Questionnaire
from typology.questionnaire.characteristics import NO_ANSWER, characteristic_categories

_COLUMNS = ["measure", "table", "variable", "merged", "value"]
QUESTIONS_JOINED = " + "
MOST_QUESTIONS = 3


def disclosure_table(
    fitted: FittedTypology,
    hidden_cells: Mapping[str, int],
    of_weights: Mapping[str, int] = MappingProxyType({}),
) -> pd.DataFrame:
    """Return the report of disclosure, a row a measure.

    Columns: ``measure``, ``table``, ``variable``, ``merged`` (answers), ``value``.
    Measures: *smallest_cell* (the rule), *hidden_cells* (in all, then of each table),
    *given_by_weights* (hidden numbers of a question that the weights made by it give back),
    *k_anonymity*, *l_diversity* (different types among the respondents of one combination),
    *unique_combinations* (respondents who alone have their answers to the questions on the
    respondents), *unique_without* (how many would be without one of the riskiest questions), and
    *unique_merged* (if two rare answers, neighbours where they have an order, were one).
    """
    rows = [
        ("smallest_cell", "", "", "", fitted.study.choices.disclosure.smallest_cell),
        ("hidden_cells", "", "", "", sum(hidden_cells.values())),
        *(("hidden_cells", name, "", "", count) for name, count in hidden_cells.items()),
        *(("given_by_weights", "", name, "", count) for name, count in of_weights.items()),
        *_anonymity(fitted),
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _anonymity(fitted: FittedTypology) -> Iterator[tuple[str, str, str, str, int]]:
    questions = characteristic_categories(fitted.questionnaire, fitted.respondent)
    if questions.empty:
        return
    texts = questions.astype("object").fillna("")
    found = anonymity(texts, fitted.classes.labels.to_numpy())
    yield "k_anonymity", "", "", "", found.k
    yield "l_diversity", "", "", "", found.diversity
    yield "unique_combinations", "", "", "", found.unique
    if not found.unique:
        return
    orders = _orders(fitted.questionnaire, questions)
    for row in riskiest_questions(texts, orders=orders, top=MOST_QUESTIONS).to_dict("records"):
        yield "unique_without", "", str(row["question"]), "", int(row["unique_without"])
        if row["merged"] is not None and row["unique_merged"] < found.unique:
            merged = QUESTIONS_JOINED.join(map(str, row["merged"]))
            yield "unique_merged", "", str(row["question"]), merged, int(row["unique_merged"])


def _orders(questionnaire: Questionnaire, questions: pd.DataFrame) -> dict[str, list[str]]:
    """Return the answers of the questions in which some touch: numbers, dates, degrees.

    Of two answers, or of a tick, nothing would be left if they were one: none of them touch.
    """
    ordered = {
        question.id
        for question in questionnaire.respondent
        if question.ordered or question.type in ("number", "date")
    }
    orders: dict[str, list[str]] = {}
    for name in map(str, questions.columns):
        answers = [str(each) for each in questions[name].cat.categories if each != NO_ANSWER]
        if len(answers) <= 2:
            orders[name] = []
        elif name in ordered:
            orders[name] = answers
    return orders
