"""What the page on costs says of its tables."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from typology.documents.costs.measured import (
    MEASURED,
    OWN,
    R_OPENBLAS,
    TARGETS,
    Measured,
    R,
    read_measured,
)
from typology.documents.costs.tables import answers_name, seconds, times
from typology.exhibits.canvas.style import apart
from typology.exhibits.clauses import listed
from typology.words import number, word

if TYPE_CHECKING:
    from typology.documents.document import Document

_MANY = 10_000
"""Respondents from which on cost is told to grow in proportion, or not."""


def cost_beside_sentence(document: Document) -> str:
    """Return how much longer the others take, and which targets are missed."""
    measured, language = read_measured(document), document.language
    if measured is None:
        return word("costs_absent", language)
    told = []
    for key, program in (("reference", R), ("openblas", R_OPENBLAS)):
        timed = [measured.of_program(each, program)["ratio"] for each in measured.answers]
        ratios = [ratio for ratio in timed if not isnan(ratio)]
        if ratios:
            low, high = (times(each(ratios), language) for each in (min, max))
            told.append(word("cost_beside", language, key, low=low, high=high))
    return " ".join([*told, _beside_targets(measured, language)])


def _beside_targets(measured: Measured, language: str) -> str:
    missed = []
    for answers in measured.answers:
        beside, peer = measured.of_program(answers, R), measured.fastest_peer(answers)
        for key, row in (("r", beside), ("peer", peer)):
            if row is not None and row["ratio"] < row["target"]:
                missed.append(
                    word(
                        "cost_missed", language, key,
                        answers=answers_name(answers, language),
                        ratio=times(row["ratio"], language),
                        target=number(row["target"], language, 0),
                    )
                )  # fmt: skip
    if not missed:
        return word("cost_all_met", language)
    return word("cost_some_missed", language, missed=apart(missed, language))


def cost_growth_sentence(document: Document) -> str:
    """Return how many times more the most respondents cost, beside how many more they are."""
    measured, language = read_measured(document), document.language
    if measured is None:
        return ""
    growing = measured.growing
    first, last = growing[growing["respondents"] >= _MANY].iloc[0], growing.iloc[-1]
    grown: dict[str, Any] = {
        step: number(last[column] / first[column], language, 0) for step, column in MEASURED.items()
    }
    return word(
        "cost_growth", language,
        first=number(first["respondents"], language, 0),
        last=number(last["respondents"], language, 0),
        respondents=number(last["respondents"] / first["respondents"], language, 0),
        **grown,
    )  # fmt: skip


def cost_million_sentence(document: Document) -> str:
    """Return what the size with targets costs, and whether they are met."""
    measured, language = read_measured(document), document.language
    if measured is None:
        return ""
    aimed = measured.aimed
    missed = [
        word("cost_step", language, step)
        for step, column in MEASURED.items()
        if aimed[column] > aimed[TARGETS[step]]
    ]
    if aimed["adjusted_rand"] < aimed["rand_target"]:
        missed.append(word("cost_step", language, "planted"))
    costs: dict[str, Any] = {
        step: seconds(aimed[column], language) for step, column in MEASURED.items()
    }
    told = word(
        "cost_aimed_told", language,
        respondents=number(aimed["respondents"], language, 0),
        questions=int(aimed["questions"]),
        **costs,
    )  # fmt: skip
    if not missed:
        return f"{told} {word('cost_aims_met', language)}"
    return f"{told} {word('cost_aims_missed', language, missed=listed(missed, language))}"


def cost_machine_sentence(document: Document) -> str:
    """Return on what it was measured, and what kind of time that is."""
    measured, language = read_measured(document), document.language
    if measured is None:
        return ""
    return word(
        "cost_machine_told", language,
        cores=measured.known_of("cores"),
        processor=measured.known_of("processor"),
        load=round(float(measured.known_of("load"))),
        rounds=int(measured.of_program(measured.answers[0], OWN)["rounds"]),
    )  # fmt: skip
