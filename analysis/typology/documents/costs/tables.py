"""Tables of what the statistics cost."""

from __future__ import annotations

from math import isnan, log10

import pandas as pd

from typology.documents.costs.measured import (
    MEASURED,
    OWN,
    R_OPENBLAS,
    TARGETS,
    TIMED_STEPS,
    Measured,
    R,
)
from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.words import number, word
from typology.words.catalogue import has_entry
from typology.words.numbers import MISSING_NUMBER

_UNTIMED = ("not installed", "not timed", "failed")
"""Why a program has no time."""
_IN_PARTS = "Parquet"
_TOLD = ("processor", "family", "cores", "memory_gigabytes", "load", "system", "reference BLAS")
"""What is known of a machine besides the names of libraries."""


def cost_ratios_table(measured: Measured, language: str) -> PaperTable:
    """Return how many times the time of rfree R and the fastest Python program take."""
    beside_r = word("cost_spanner", language, "r")
    beside_peer = word("cost_spanner", language, "peer")
    columns = (
        Column(word("cost_column", language, "answers"), "left"),
        Column(word("cost_column", language, "table")),
        Column(word("cost_column", language, "distinct_rows")),
        Column(word("cost_column", language, "seconds")),
        Column(word("cost_column", language, "reference"), spanner=beside_r),
        Column("OpenBLAS", spanner=beside_r),
        Column(word("cost_column", language, "target"), spanner=beside_r),
        Column(word("cost_column", language, "ratio"), spanner=beside_peer),
        Column(word("cost_column", language, "target"), spanner=beside_peer),
    )
    rows = [_ratios(measured, answers, language) for answers in measured.answers]
    return PaperTable(columns, (RowGroup("", tuple(rows)),), (word("cost_ratios_note", language),))


def _ratios(measured: Measured, answers: str, language: str) -> tuple[str, ...]:
    own, beside = (measured.of_program(answers, program) for program in (OWN, R))
    peer = measured.fastest_peer(answers)
    return (
        answers_name(answers, language),
        f"{number(own['respondents'], language, 0)} × {own['questions']}",
        number(own["distinct_rows"], language, 0),
        seconds(own["processor_seconds"], language),
        times(beside["ratio"], language),
        times(measured.of_program(answers, R_OPENBLAS)["ratio"], language),
        aim(beside["ratio"], beside["target"], language),
        *(
            (MISSING_NUMBER, MISSING_NUMBER)
            if peer is None
            else (
                f"{times(peer['ratio'], language)} ({program_name(peer['program'], language)})",
                aim(peer["ratio"], peer["target"], language),
            )
        ),
    )


def programs_table(measured: Measured, language: str) -> PaperTable:
    """Return the times of every program on every table, and how far it found the same."""
    keys = (
        "program",
        "processor_seconds",
        "ratio",
        "least_most",
        "eigenvalues",
        "classes",
        "rand",
        "within",
    )
    columns = tuple(
        Column(word("cost_column", language, key), "right" if place else "left")
        for place, key in enumerate(keys)
    )
    groups = tuple(
        RowGroup(
            answers_name(answers, language),
            tuple(
                _program(row, language)
                for _, row in measured.programs[measured.programs["answers"] == answers].iterrows()
            ),
        )
        for answers in measured.answers
    )
    return PaperTable(columns, groups, (word("cost_programs_note", language),))


def _program(row: pd.Series, language: str) -> tuple[str, ...]:
    name = program_name(row["program"], language)
    if row["state"] in _UNTIMED:
        return (name, word("cost_state", language, row["state"]), *[MISSING_NUMBER] * 6)
    return (
        name,
        seconds(row["processor_seconds"], language),
        times(row["ratio"], language),
        _range_of_rounds(row, language),
        *_found(row, language),
    )


def _range_of_rounds(row: pd.Series, language: str) -> str:
    if isnan(row["ratio_least"]):
        return MISSING_NUMBER
    low, high = (times(row[f"ratio_{each}"], language) for each in ("least", "most"))
    return word("paper_range", language, low=low, high=high)


def _found(row: pd.Series, language: str) -> tuple[str, ...]:
    classes = number(row["classes"], language, 0)
    if row["program"] == OWN:
        return (MISSING_NUMBER, classes, MISSING_NUMBER, MISSING_NUMBER)
    return (
        _digits_of(row["eigenvalues_apart"], language),
        classes,
        number(row["adjusted_rand"], language, 3),
        number(row["within_ratio"], language, 4),
    )


def _digits_of(apart: float, language: str) -> str:
    """Tell that two numbers are the same to so many digits.

    >>> _digits_of(3e-12, "en"), _digits_of(0.0, "en")
    ('11', '15')
    """
    if isnan(apart):
        return MISSING_NUMBER
    return number(min(15, int(-log10(max(apart, 1e-15)))), language, 0)


def sizes_table(measured: Measured, language: str) -> PaperTable:
    """Return what each size costs, and what the targets are."""
    spanner = word("cost_spanner", language, "seconds")
    columns = (
        Column(word("cost_column", language, "table"), "left"),
        Column(word("cost_column", language, "source"), "left"),
        *(Column(word("cost_step", language, step), spanner=spanner) for step in TIMED_STEPS),
        Column(word("cost_column", language, "memory")),
        Column(word("cost_column", language, "planted")),
    )
    rows = [
        (
            f"{number(row['respondents'], language, 0)} × {row['questions']}",
            word("cost_source", language, "parts" if row["source"] == _IN_PARTS else "held"),
            *(seconds(row[name], language) for name in MEASURED.values()),
            number(row["adjusted_rand"], language, 3),
        )
        for _, row in measured.sizes.sort_values(["questions", "respondents"]).iterrows()
    ]
    aimed = measured.aimed
    rows.append((
        word("cost_aimed", language, respondents=number(aimed["respondents"], language, 0)),
        "",
        *(f"≤\u00a0{seconds(aimed[name], language)}" for name in TARGETS.values()),
        f"≥\u00a0{number(aimed['rand_target'], language, 1)}",
    ))  # fmt: skip
    return plain_table(columns, rows)


def machine_table(measured: Measured, language: str) -> PaperTable:
    """Return what it was measured on."""
    columns = (
        Column(word("cost_column", language, "what"), "left"),
        Column(word("cost_column", language, "value"), "left"),
    )
    rows = [(_thing(row["what"], language), row["value"]) for _, row in measured.machine.iterrows()]
    return plain_table(columns, rows)


def answers_name(answers: str, language: str) -> str:
    """Return what a table of answers is called."""
    return word("cost_answers", language, answers)


def program_name(program: str, language: str) -> str:
    """Return what a program is called: its own name, where there is nothing to translate."""
    known = has_entry(("cost_program", program))
    return word("cost_program", language, program) if known else program


def seconds(value: float, language: str) -> str:
    """Write a time, or GB, with two digits that count.

    >>> seconds(0.0213, "en"), seconds(4.96, "en"), seconds(111.7, "en")
    ('0.021', '5.0', '112')
    """
    decimals = 3 if value < 0.1 else 2 if value < 1 else 1 if value < 10 else 0
    return number(value, language, decimals)


def times(ratio: float, language: str) -> str:
    """Write how many times as long something takes.

    >>> times(7.24, "en"), times(26.9, "en")
    ('7.2', '27')
    """
    return number(ratio, language, 1 if ratio < 10 else 0)


def aim(ratio: float, target: float, language: str) -> str:
    """Return a target, and whether it was met."""
    if isnan(ratio):  # it was not timed
        return MISSING_NUMBER
    met = "met" if ratio >= target else "missed"
    return word("cost_target", language, met, target=number(target, language, 0))


def _thing(what: str, language: str) -> str:
    return word("cost_machine", language, what) if what in _TOLD else what
