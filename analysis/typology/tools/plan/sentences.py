"""What a plan answers, in words: how many respondents, and under which assumptions."""

from __future__ import annotations

import pandas as pd

from typology.tools.plan.measure import Grid
from typology.tools.plan.planted import Planted
from typology.tools.plan.samples import RESAMPLES
from typology.words import number, percent, word

FOUND = ("right", "rand", "stability")
"""What makes types found; the others say what else may be said of them."""
INDICES = {"rand", "stability"}


def answer(plan: pd.DataFrame, criteria: pd.DataFrame, language: str) -> list[str]:
    """Return the sentences that answer "how many respondents do I need?".

    First the size that reaches everything, or that none does; then each measure; then below which
    size the types are not found.
    """
    sizes = plan["respondents"]
    reached = criteria.set_index("measure")["respondents"]
    known = [str(each) for each in criteria["measure"] if each != "all"]
    largest = int(sizes.max())
    if pd.isna(reached["all"]):
        told = [word("plan_never_all", language, n=largest)]
    else:
        told = [word("plan_reached_all", language, n=int(reached["all"]))]
    asked = criteria.set_index("measure")["asked"]
    for measure in known:
        never = pd.isna(reached[measure])
        n = largest if never else int(reached[measure])
        values = {
            "n": n,
            "value": written(measure, value_at(plan, measure, n), language),
            "asked": written(measure, float(asked[measure]), language),
        }
        key = "plan_never" if never else "plan_reached"
        told.append(word(key, language, measure, **values))
    return [*told, *_below(plan, criteria, language)]


def _below(plan: pd.DataFrame, criteria: pd.DataFrame, language: str) -> list[str]:
    """Return from which size on the types are found, where smaller ones were tried."""
    found = criteria[criteria["measure"].isin(FOUND)]["respondents"]
    smallest = int(plan["respondents"].min())
    if found.isna().any():
        return [word("plan_not_found", language, n=int(plan["respondents"].max()))]
    needed = int(found.max())
    if needed == smallest:
        return [word("plan_found_everywhere", language, n=smallest)]
    return [word("plan_not_found_below", language, n=needed)]


def assumptions(planted: Planted, grid: Grid, changes: list[str], language: str) -> list[str]:
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


def value_at(plan: pd.DataFrame, measure: str, n: int) -> float:
    """Return a measure at a size."""
    at = plan[(plan["measure"] == measure) & (plan["respondents"] == n)]
    return float(at["value"].iloc[0])


def written(measure: str, value: float, language: str) -> str:
    """Write a measure: an index with two decimals, a percentage without."""
    if measure in INDICES:
        return number(value, language, 2)
    return number(value, language, 0)


def written_with_interval(row: pd.Series, language: str) -> str:
    """Write a measure with its interval."""
    measure = str(row["measure"])
    value = written(measure, float(row["value"]), language)
    if pd.isna(row["low"]):
        return value
    low, high = (written(measure, float(row[side]), language) for side in ("low", "high"))
    return word("plan_interval", language, value=value, low=low, high=high)
