"""What a plan answers, in words: how many respondents, and under which assumptions."""

from __future__ import annotations

from typing import Any

import pandas as pd

from typology.tools.plan.criteria import FOUND
from typology.tools.plan.measure import PlanGrid, sizes_of
from typology.tools.plan.planted import Planted
from typology.tools.plan.samples import RESAMPLES
from typology.words import number, percent, word

INDICES = {"rand", "stability"}


def answer(plan: pd.DataFrame, criteria: pd.DataFrame, language: str) -> list[str]:
    """Return the sentences that answer "how many respondents do I need?".

    The size from which on the types are found, what the next smaller one gives, then how often the
    tree suggests their number and the verdict shows groups.
    """
    asked = criteria.set_index("measure")["asked"]
    reached = criteria.set_index("measure")["respondents"]
    sizes = sizes_of(plan)
    needed = reached["found"]
    if pd.isna(needed):
        told = [_found("never", plan, asked, sizes[-1], language)]
    else:
        smaller = [size for size in sizes if size < needed]
        told = [_found("reached" if smaller else "smallest", plan, asked, int(needed), language)]
        if smaller:
            told.append(_found("below", plan, asked, smaller[-1], language))
    for measure in ("number", "groups"):
        if measure in asked:
            never = pd.isna(reached[measure])
            n = sizes[-1] if never else int(reached[measure])
            values: dict[str, Any] = {
                "n": n,
                "value": measure_text(measure, measure_at_size(plan, measure, n), language),
                "asked": measure_text(measure, float(asked[measure]), language),
            }
            key = "plan_never" if never else "plan_reached"
            told.append(word(key, language, measure, **values))
    return told


def _found(which: str, plan: pd.DataFrame, asked: pd.Series, n: int, language: str) -> str:
    """Return what is found of the types with n respondents."""
    values: dict[str, Any] = {
        each: measure_text(each, measure_at_size(plan, each, n), language) for each in FOUND
    }
    wanted: dict[str, Any] = {
        f"asked_{each}": measure_text(each, float(asked[each]), language) for each in FOUND
    }
    numbers = word("plan_found_numbers", language, **values)
    criteria = word("plan_found_asked", language, **wanted)
    return word("plan_found", language, which, n=n, numbers=numbers, asked=criteria)


def assumptions(planted: Planted, grid: PlanGrid, changes: list[str], language: str) -> list[str]:
    """Return what the numbers of a plan rest on; ``changes`` are those of `changes_told`."""
    design, choices = planted.design, planted.study.choices
    total = sum(each.size for each in design.types)
    names = planted.study.type_names
    listed = [
        word(
            "plan_type",
            language,
            name=names[each.id].in_(language) if each.id in names else each.id,
            share=percent(100 * each.size / total, language, 0),
        )
        for each in design.types
    ]
    origin = "declared" if planted.declared else "file" if planted.design_path else "usual"
    file = planted.study.path.name if planted.design_path is None else planted.design_path.name
    told = [
        word(
            "plan_planted",
            language,
            count=len(design.types),
            types=", ".join(listed),
            origin=word("plan_origin", language, origin, file=file),
        ),
        *changes,
        word("plan_population", language),
        word(
            "plan_chain",
            language,
            axes=str(choices.axes),
            classes=str(choices.classes),
            samples=grid.samples,
            resamples=RESAMPLES,
        ),
    ]
    if grid.judged:
        told.append(word("plan_verdict", language, count=grid.judged))
    return [*told, word("plan_real_answers", language)]


def changes_told(*, separation: float, missing: float | None, language: str) -> list[str]:
    """Return what was changed of the design that was planted."""
    told = []
    if separation != 1:
        told.append(word("plan_separation", language, factor=number(separation, language, 2)))
    if missing is not None:
        told.append(word("plan_missing", language, share=percent(missing, language)))
    return told


def measure_at_size(plan: pd.DataFrame, measure: str, n: int) -> float:
    """Return a measure at a size."""
    at = plan[(plan["measure"] == measure) & (plan["respondents"] == n)]
    return float(at["value"].iloc[0])


def measure_text(measure: str, value: float, language: str) -> str:
    """Write a measure: an index with two decimals, a percentage without."""
    if measure in INDICES:
        return number(value, language, 2)
    return number(value, language, 0)


def written_with_interval(row: pd.Series, language: str) -> str:
    """Write a measure with its interval."""
    measure = str(row["measure"])
    value = measure_text(measure, float(row["value"]), language)
    if pd.isna(row["low"]):
        return value
    low, high = (measure_text(measure, float(row[side]), language) for side in ("low", "high"))
    return word("plan_interval", language, value=value, low=low, high=high)
