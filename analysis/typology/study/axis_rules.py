"""How many axes a study keeps, as its study file says it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from typology.words.phrases import phrase

AXIS_RATES = ("benzecri", "greenacre", "percent")
"""Rates of inertia a rule may accumulate."""


@dataclass(frozen=True)
class AxisRule:
    """How many axes to keep: a number, or the fewest that reach a cumulated rate."""

    number: int | None = None
    rate: str | None = None  # one of ``AXIS_RATES``
    threshold: float = 0.0  # in percent

    def __str__(self) -> str:
        return str(self.number) if self.rate is None else f"{self.rate} >= {self.threshold:g} %"


def parse_axis_rule(rule: int | str) -> AxisRule:
    """Read "5" or "greenacre >= 0.8" (or "greenacre >= 80 %"); ValueError if it is neither.

    >>> parse_axis_rule("greenacre >= 0.8")
    AxisRule(number=None, rate='greenacre', threshold=80.0)
    """
    text = str(rule).strip()
    if re.fullmatch(r"\d+", text) and int(text) >= 1:
        return AxisRule(number=int(text))
    found = re.fullmatch(rf"({'|'.join(AXIS_RATES)})\s*>=\s*(\d+(?:\.\d+)?)\s*(%?)", text)
    if found is None:
        raise ValueError(
            phrase(
                "a number from 1, or a rule like 'greenacre >= 0.8' ({rates})",
                rates=", ".join(AXIS_RATES),
            )
        )
    value = float(found[2])
    threshold = value if found[3] or value > 1 else 100 * value
    if not 0 < threshold <= 100:
        raise ValueError(phrase("a rate above 0 and up to 1 (or 100 %)"))
    return AxisRule(rate=found[1], threshold=threshold)
