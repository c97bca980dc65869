"""The verdict with its numbers, what it means, and why the usual criteria cannot tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from typology.exhibits.clauses import listed, quoted, type_name, with_count
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables
from typology.validity.notes import reasons
from typology.validity.readings import boundary_p
from typology.words.statistic_values import replicated_p, statistic_text

_CONTINUOUS = "continuous attitudes"
_WITH_GAPS = ("ordered groups", "groups")


def verdict_sentence(tables: Tables, labels: Labels) -> str:
    """Return what the types are, with the numbers that say so.

    Why there is no verdict, where the tables are absent. Uses ``verdict``, ``verdict_steps``,
    ``set_apart`` and ``classes``.
    """
    if "verdict" not in tables:
        return not_computed(tables, labels, "nulls")
    verdict = tables["verdict"].to_dict("records")[0]
    groups = verdict["n_groups"]
    return labels.word(
        "verdict",
        verdict["rung"],
        structure=labels.word("verdict_structure", **_compared(tables, labels, "structure")),
        directions=_directions(tables, labels, verdict),
        gaps=_gaps(tables, labels, verdict),
        groups="" if pd.isna(groups) else with_count(int(groups), labels.language),
        types=with_count(int(verdict["classes"]), labels.language),
    )


def verdict_meaning(tables: Tables, labels: Labels) -> str:
    """Return what the verdict means for whoever uses the types.

    Empty without a verdict. Uses ``verdict``.
    """
    if "verdict" not in tables:
        return ""
    return labels.word("verdict_meaning", tables["verdict"]["rung"].iloc[0])


def boundaries_sentence(tables: Tables, labels: Labels) -> str:
    """Return between which neighbouring types a gap is shown, each boundary by itself.

    Empty without boundaries. Uses ``boundaries``, ``null_tests`` and ``classes``.
    """
    if "boundaries" not in tables:
        return ""
    boundaries = tables["boundaries"]
    shown = boundaries[boundaries["has_gap"].astype(bool)]
    if shown.empty:
        which = "neither" if len(boundaries) == 2 else "none"
    else:
        which = "all" if len(shown) == len(boundaries) else "some"
    told = [
        labels.word(
            "boundary_between",
            first=type_name(tables, labels, int(row["class"])),
            second=type_name(tables, labels, int(row["neighbour"])),
            p=boundary_p(row, "p_holm", tables, labels),
        )
        for row in shown.to_dict("records")
    ]
    return labels.word(
        "boundaries_told",
        which,
        plural=len(shown) if which == "some" else len(boundaries),
        all=with_count(len(boundaries), labels.language),
        count=with_count(len(shown), labels.language),
        list=listed(told, labels.language) if told else "",
    )


def second_direction_sentence(tables: Tables, labels: Labels) -> str:
    """Return what the answers have in common beyond their main direction, and who shares nothing.

    Items that ask nearly the same, of which one counts, are named.

    Empty where it was not looked for. Uses ``second_direction`` and ``second_loadings``.
    """
    if "second_direction" not in tables:
        return ""
    found = tables["second_direction"].to_dict("records")[0]
    loadings = tables["second_loadings"]
    two = loadings.loc[loadings["second_loading"].abs().nlargest(2).index, "item"]
    told = [
        labels.word(
            "second_direction_told",
            found["second_kind"],
            share=labels.percent(100 * found["one_sign"], 0),
            list=_quoted_items(two, labels),
        )
    ]
    repeated = loadings.dropna(subset="counts_with")
    told += [
        labels.word("items_alike", list=_quoted_items([str(first), *others], labels))
        for first, others in repeated.groupby("counts_with", sort=False)["item"]
    ]
    if found["at_random"] > 0:
        share = labels.percent(100 * found["at_random"], 0)
        told.append(labels.word("answered_at_random", share=share))
    return " ".join(told)


def _quoted_items(items: Iterable[str], labels: Labels) -> str:
    return listed([quoted(labels.short(item), labels.language) for item in items], labels.language)


def choices_sentence(tables: Tables, labels: Labels) -> str:
    """Return whether the verdict is the same under other choices, and under which it is not.

    Empty where no other was tried. Uses ``verdict`` and ``verdict_choices``.
    """
    if "verdict" not in tables or not len(tables.get("verdict_choices", ())):
        return ""
    own, others = tables["verdict"]["rung"].iloc[0], tables["verdict_choices"]
    differing = others[others["rung"] != own]
    if differing.empty:
        return labels.word(
            "choices_told",
            "same",
            plural=len(others),
            count=with_count(len(others), labels.language),
        )
    told = [
        labels.word(
            "choice_told",
            rung=labels.word("rung", str(rung)),
            choices=listed(
                [_choice(row, tables, labels) for row in rows.to_dict("records")], labels.language
            ),
        )
        for rung, rows in differing.groupby("rung", sort=False)
    ]
    return labels.word("choices_told", "differs", list=listed(told, labels.language))


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
        classes=with_count(len(tables["classes"]), language),
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


def _compared(
    tables: Tables, labels: Labels, question: str, *, statistic: str | None = None
) -> dict[str, Any]:
    """Return the sample's value and that of the nearest population, as clauses have them.

    Of one of the statistics that the question asks, or of all.
    """
    steps, language = tables["verdict_steps"], labels.language
    asked = steps[steps["question"] == question]
    if statistic is not None:
        asked = asked[asked["statistic"] == statistic]
    # Of two as likely, the one whose replicates go further.
    step = asked.sort_values(["p_value", "null_high"], ascending=False, kind="stable").iloc[0]
    name = str(step["statistic"])
    return {
        "sample": statistic_text(name, step["sample"], language),
        "mean": statistic_text(name, step["null_mean"], language),
        "high": statistic_text(name, step["null_high"], language),
        "low": statistic_text(name, step["null_low"], language),
        "null": labels.word("null_phrase", step["null"]),
        "p": replicated_p(step["p_value"], language, int(step["replicates"])),
        "share": labels.percent(100 * tables["verdict"]["one_score"].iloc[0], 0),
    }


def _directions(tables: Tables, labels: Labels, verdict: dict[Any, Any]) -> str:
    """Return whether one score gives the types back, and what the answers have in common."""
    steps = tables["verdict_steps"].set_index(["question", "statistic"])["beaten"]
    statistic = "second_eigenvalue"
    if verdict["several_directions"]:
        which = "several"
    elif verdict["ordered"]:
        which = "one"
    elif not steps["directions", statistic]:
        which = "unshown"
    elif steps["directions"].all():
        which = "straight liners"
    else:
        which, statistic = "bend", "one_score"
    told = _compared(tables, labels, "directions", statistic=statistic)
    return labels.word("verdict_directions", which, **told)


def _gaps(tables: Tables, labels: Labels, verdict: dict[Any, Any]) -> str:
    """Return what the boundaries show, or what undoes it."""
    if verdict["rung"] in _WITH_GAPS:
        return labels.word("verdict_gaps", "everywhere", **_compared(tables, labels, "gaps"))
    stopped = [each for each in str(verdict["stopped_by"]).split(", ") if each]
    if stopped[:1] == ["recovery"]:
        lost = tables["set_apart"].loc[~tables["set_apart"]["comes_back"].astype(bool), "class"]
        names = [type_name(tables, labels, int(each)) for each in lost]
        return labels.word(
            "verdict_gaps", "recovery", plural=len(names), list=listed(names, labels.language)
        )
    if stopped == ["straight liners"]:
        count = int(verdict["straight_liners"])
        return labels.word("verdict_gaps", "straight liners", plural=count, count=count)
    return labels.word("verdict_gaps", "nowhere", **_compared(tables, labels, "gaps"))


def _choice(row: dict[Any, Any], tables: Tables, labels: Labels) -> str:
    """Return what another choice is: its missing rule, or its number of axes."""
    own_axes = int(tables["axes"]["kept"].sum())
    if int(row["axes"]) != own_axes:
        count = int(row["axes"])
        return labels.word("verdict_choice_axes", plural=count, count=count)
    rule = labels.word("missing_rule", row["missing"])
    return labels.word("verdict_choice_missing", rule=rule[:1].lower() + rule[1:])
