"""What each method says, and how clearly: a table with a row a method."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from typology.exhibits.run_tables import Tables

_GROUPS, CONTINUUM, UNCLEAR, NEITHER = "groups", "continuum", "unclear", "neither"
SAYS = (_GROUPS, CONTINUUM, UNCLEAR, NEITHER)
CLEARLY, BARELY, UNSAID = "clearly", "barely", "unsaid"
SURE = (CLEARLY, BARELY, UNSAID)
METHODS = (
    "verdict", "comparison curve", "answer models", "prediction strength", "class selection",
)  # fmt: skip
"""In the order of the table."""

LEAST_BIC, STRONG_BIC = 2.0, 10.0
"""Differences of BIC below the first are "not worth more than a bare mention", above the second
"very strong" (Kass & Raftery 1995)."""
CLEAR_P = 0.01
CUT_IN_TWO = 2
"""The halves of one continuum predict each other nearly always: two classes prove nothing."""

_OF_RUNGS = {
    "no structure": NEITHER, "slices": CONTINUUM, "regions": CONTINUUM, "ordered groups": _GROUPS,
    "groups": _GROUPS, "other groups": _GROUPS,
}  # fmt: skip


@dataclass(frozen=True)
class EvidenceReading:
    """What a method says: its value with its range, and the number of classes that it chooses."""

    says: str
    clear: bool | None
    value: float
    low: float = float("nan")
    high: float = float("nan")
    number: int | None = None


def evidence_readings(tables: Tables, n_classes: int) -> pd.DataFrame:
    """Return what the methods say that were computed.

    Columns: ``evidence`` (of ``METHODS``), ``says`` (of ``SAYS``), ``sure`` (of ``SURE``),
    ``value``, ``value_low``, ``value_high`` (verdict: highest p-value of the gaps; comparison
    curve: its index, and those of the two procedures; answer models: BIC of the best rival above
    the best; the others: strength and instability of the study's number of classes), ``number``
    (of classes that the method would choose).
    """
    readings = {
        "verdict": _verdict(tables) if "verdict" in tables else None,
        "comparison curve": _curve(tables) if "comparison_curve" in tables else None,
        "answer models": _models(tables["answer_models"]) if "answer_models" in tables else None,
        "prediction strength": _strength(tables["prediction_strength"], n_classes)
        if "prediction_strength" in tables
        else None,
        "class selection": _selection(tables["class_selection"], n_classes)
        if "class_selection" in tables
        else None,
    }
    rows = [
        (name, each.says, _sure(each), each.value, each.low, each.high, each.number)
        for name, each in readings.items()
        if each is not None
    ]
    names = ["evidence", "says", "sure", "value", "value_low", "value_high", "number"]
    return pd.DataFrame(rows, columns=names).astype({"number": "Int64"})


def model_says(answer_model: str, classes: int) -> str:
    """Return what a model would say, were it the best.

    Ordered classes take any distribution of one attitude, in lumps or not; two factors, few
    parameters for what groups in a plane have in common: neither tells.

    >>> model_says("latent classes", 1), model_says("latent classes", 3)
    ('neither', 'groups')
    >>> model_says("one factor", 0), model_says("two factors", 0), model_says("ordered classes", 3)
    ('continuum', 'unclear', 'unclear')
    """
    if answer_model == "latent classes":
        return NEITHER if classes == 1 else _GROUPS
    return CONTINUUM if answer_model == "one factor" else UNCLEAR


def _sure(reading: EvidenceReading) -> str:
    if reading.says == UNCLEAR or reading.clear is None:
        return UNSAID
    return CLEARLY if reading.clear else BARELY


def _verdict(tables: Tables) -> EvidenceReading:
    rung = str(tables["verdict"]["rung"].iloc[0])
    steps = tables["verdict_steps"]
    says = _OF_RUNGS[rung]
    asked = steps.loc[steps["question"] == ("structure" if says == NEITHER else "gaps"), "p_value"]
    highest = float(asked.max())
    clear: bool | None = None
    if says == _GROUPS and rung != "other groups":
        clear = highest <= CLEAR_P
    elif says == CONTINUUM:
        clear = not tables["boundaries"]["has_gap"].astype(bool).any()
    return EvidenceReading(says, clear, highest)


def _curve(tables: Tables) -> EvidenceReading:
    """Read the index on its marks; clearly where the data of the other kind do not reach it."""
    row = tables["comparison_curve"].iloc[0]
    procedures = sorted((float(row["mambac"]), float(row["l_mode"])))
    ccfi, low, high = float(row["ccfi"]), *procedures
    if ccfi < row["continuum_below"]:
        clear = high < row["continuum_below"] and ccfi < row["groups_low"]
        return EvidenceReading(CONTINUUM, bool(clear), ccfi, low, high)
    if ccfi > row["groups_above"]:
        clear = low > row["groups_above"] and ccfi > row["continuum_high"]
        return EvidenceReading(_GROUPS, bool(clear), ccfi, low, high)
    return EvidenceReading(UNCLEAR, None, ccfi, low, high)


def _models(models: pd.DataFrame) -> EvidenceReading:
    said = [
        model_says(str(row["answer_model"]), int(row["classes"]))
        for row in models.to_dict("records")
    ]
    best = int(models["bic"].to_numpy().argmin())
    others = models.loc[[each != said[best] for each in said], "bic"]
    ahead = float(others.min() - models["bic"].iloc[best]) if len(others) else float("nan")
    number = int(models["classes"].iloc[best]) or None
    if ahead < LEAST_BIC:
        return EvidenceReading(UNCLEAR, None, ahead, number=number)
    return EvidenceReading(said[best], ahead >= STRONG_BIC, ahead, number=number)


def _strength(strengths: pd.DataFrame, n_classes: int) -> EvidenceReading:
    """Say groups where the study's classes are predicted, a continuum where no classes are."""
    passing = strengths.loc[strengths["predicted"].astype(bool), "classes"]
    number = int(passing.max()) if len(passing) else 1
    own = strengths[strengths["classes"] == n_classes]
    if own.empty:
        return EvidenceReading(UNCLEAR, None, float("nan"), number=number)
    row = own.iloc[0]
    value, low, high = (float(row[name]) for name in
                        ("prediction_strength", "split_low", "split_high"))  # fmt: skip
    says, clear = UNCLEAR, None
    if number == 1:
        says, clear = CONTINUUM, bool((strengths["split_high"] <= row["threshold"]).all())
    elif row["predicted"] and n_classes > CUT_IN_TWO:
        says, clear = _GROUPS, bool(low > row["threshold"])
    return EvidenceReading(says, clear, value, low, high, number)


def _selection(selection: pd.DataFrame, n_classes: int) -> EvidenceReading:
    """Say which number comes back best; it is never one, so that it cannot tell."""
    steadiest = int(selection.loc[selection["steadiest"].astype(bool), "classes"].iloc[0])
    own = selection.loc[selection["classes"] == n_classes, "instability"]
    value = float(own.iloc[0]) if len(own) else float("nan")
    return EvidenceReading(UNCLEAR, None, value, number=steadiest)
