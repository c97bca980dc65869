"""The verdict with its numbers, what it means, and why the usual criteria cannot tell."""

from __future__ import annotations

import pandas as pd

from typology.findings import Tables
from typology.labels import Labels
from typology.narrative_phrases import counted
from typology.statistic_values import replicated_p, statistic_text
from typology.validity_notes import reasons
from typology.words import number, percent, word

_CONTINUOUS = "continuous attitudes"


def verdict_sentence(tables: Tables, labels: Labels) -> str:
    """Return what the types are: nothing, slices, regions or groups, with the numbers that say so.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``verdict`` and ``verdict_steps``.
    labels : Labels

    Returns
    -------
    str
        Why there is no verdict, where the tables are absent.
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
    return word(
        f"verdict_{reached}",
        language,
        beaten=_clauses(beaten, "beaten", language),
        failed=_clauses(failed, "not", language),
    )


def verdict_meaning(tables: Tables, labels: Labels) -> str:
    """Return what the verdict means for whoever uses the types.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``verdict``.
    labels : Labels

    Returns
    -------
    str
        Empty without a verdict.
    """
    if "verdict" not in tables:
        return ""
    return word(f"verdict_meaning_{tables['verdict']['rung'].iloc[0]}", labels.language)


def usual_criteria_sentence(tables: Tables, labels: Labels) -> str:
    """Return what stability, silhouette and the tree say of continuous attitudes without groups.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``null_descriptions`` and ``classes``.
    labels : Labels

    Returns
    -------
    str
        Empty where no population of continuous attitudes was drawn.
    """
    if "null_descriptions" not in tables:
        return ""
    described = tables["null_descriptions"].set_index("null")
    numbers = ["mean_jaccard", "jaccard_low", "jaccard_high", "silhouette", "suggested_as_many"]
    if _CONTINUOUS not in described.index or described.loc[_CONTINUOUS, numbers].isna().any():
        return ""
    language = labels.language
    null, sample = (described.loc[each].astype(float).to_dict() for each in (_CONTINUOUS, "sample"))
    return word(
        "usual_criteria",
        language,
        jaccard=number(null["mean_jaccard"], language, 2),
        jaccard_low=number(null["jaccard_low"], language, 2),
        jaccard_high=number(null["jaccard_high"], language, 2),
        jaccard_sample=number(sample["mean_jaccard"], language, 2),
        silhouette=number(null["silhouette"], language, 2),
        silhouette_sample=number(sample["silhouette"], language, 2),
        classes=counted(len(tables["classes"]), language),
        suggested=percent(null["suggested_as_many"], language, 0),
    )


def not_computed(tables: Tables, labels: Labels, part: str) -> str:
    """Return that a part was not computed, and why if the run said so.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``validity_notes``.
    labels : Labels
    part : str
        One of `typology.validity`.

    Returns
    -------
    str
    """
    language = labels.language
    name = word(f"part_{part}", language)
    told = " ".join(reasons(tables, part, language))
    if told:
        return word("not_computed", language, part=name, reason=told)
    return word("not_computed_here", language, part=name)


def _clauses(steps: pd.DataFrame, ending: str, language: str) -> str:
    """Return a clause a statistic, with its value in the sample and under each null."""
    clauses = []
    for statistic, rows in steps.groupby("statistic", sort=False):
        told = [
            word(
                "verdict_comparison" if place else "verdict_comparison_first",
                language,
                mean=statistic_text(str(statistic), row["null_mean"], language),
                null=word(f"null_phrase_{row['null']}", language),
                p=replicated_p(row["p_value"], language),
            )
            for place, row in enumerate(rows.to_dict("records"))
        ]
        clauses.append(
            word(
                f"verdict_{statistic}_{ending}",
                language,
                sample=statistic_text(str(statistic), rows["sample"].iloc[0], language),
                list=(" ; " if language == "fr" else "; ").join(told),
            )
        )
    return f" {word('narrative_and', language)} ".join(clauses)
