"""The verdict with its numbers, what it means, and why the usual criteria cannot tell."""

from __future__ import annotations

import pandas as pd

from typology.exhibits.clauses import counted
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables
from typology.validity.notes import reasons
from typology.words import word
from typology.words.statistic_values import replicated_p, statistic_text

_CONTINUOUS = "continuous attitudes"


def verdict_sentence(tables: Tables, labels: Labels) -> str:
    """Return what the types are: nothing, slices, regions or groups, with the numbers that say so.

    Why there is no verdict, where the tables are absent. Uses ``verdict`` and ``verdict_steps``.
    """
    if "verdict" not in tables:
        return not_computed(tables, labels, "nulls")
    steps = tables["verdict_steps"]
    reached = str(tables["verdict"]["rung"].iloc[0])
    rungs = list(dict.fromkeys(steps["rung"]))
    following = rungs.index(reached) + 1 if reached in rungs else 0
    beaten = steps[steps["rung"] == reached]
    failed = pd.DataFrame(columns=steps.columns)
    if following < len(rungs):
        failed = steps[(steps["rung"] == rungs[following]) & ~steps["beaten"].astype(bool)]
    language = labels.language
    return labels.word(
        "verdict",
        reached,
        beaten=_clauses(beaten, "beaten", language),
        failed=_clauses(failed, "not", language),
    )


def verdict_meaning(tables: Tables, labels: Labels) -> str:
    """Return what the verdict means for whoever uses the types.

    Empty without a verdict. Uses ``verdict``.
    """
    if "verdict" not in tables:
        return ""
    return labels.word("verdict_meaning", tables["verdict"]["rung"].iloc[0])


def usual_criteria_sentence(tables: Tables, labels: Labels) -> str:
    """Return what stability, silhouette and the tree say of continuous attitudes without groups.

    Empty where no population of continuous attitudes was drawn. Uses ``null_descriptions`` and
    ``classes``.
    """
    if "null_descriptions" not in tables:
        return ""
    described = tables["null_descriptions"].set_index("null")
    numbers = ["mean_jaccard", "jaccard_low", "jaccard_high", "silhouette", "suggested_as_many"]
    if _CONTINUOUS not in described.index or described.loc[_CONTINUOUS, numbers].isna().any():
        return ""
    language = labels.language
    null, sample = (described.loc[each].astype(float).to_dict() for each in (_CONTINUOUS, "sample"))
    return labels.word(
        "usual_criteria",
        jaccard=labels.number(null["mean_jaccard"], 2),
        jaccard_low=labels.number(null["jaccard_low"], 2),
        jaccard_high=labels.number(null["jaccard_high"], 2),
        jaccard_sample=labels.number(sample["mean_jaccard"], 2),
        silhouette=labels.number(null["silhouette"], 2),
        silhouette_sample=labels.number(sample["silhouette"], 2),
        classes=counted(len(tables["classes"]), language),
        suggested=labels.percent(null["suggested_as_many"], 0),
    )


def not_computed(tables: Tables, labels: Labels, part: str) -> str:
    """Return that a part of the validity was not computed, and why if the run said so.

    Uses ``validity_notes``.
    """
    language = labels.language
    name = labels.word("part", part)
    told = " ".join(reasons(tables, part, language))
    if told:
        return labels.word("not_computed", part=name, reason=told)
    return labels.word("not_computed_here", part=name)


def _clauses(steps: pd.DataFrame, ending: str, language: str) -> str:
    """Return a clause a statistic, with its value in the sample and under each null."""
    clauses = []
    for statistic, rows in steps.groupby("statistic", sort=False):
        told = [
            word(
                "verdict_comparison" if place else "verdict_comparison_first",
                language,
                mean=statistic_text(str(statistic), row["null_mean"], language),
                null=word("null_phrase", language, row["null"]),
                p=replicated_p(row["p_value"], language),
            )
            for place, row in enumerate(rows.to_dict("records"))
        ]
        clauses.append(
            word(
                "verdict_clause",
                language,
                str(statistic),
                ending,
                sample=statistic_text(str(statistic), rows["sample"].iloc[0], language),
                list=(" ; " if language == "fr" else "; ").join(told),
            )
        )
    return f" {word('narrative_and', language)} ".join(clauses)
