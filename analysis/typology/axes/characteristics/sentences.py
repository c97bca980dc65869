"""Sentences on subgroups and on two questions crossed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from typology.exhibits.clauses import capital, characteristic, inside, listed
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import LEVEL, Tables, has_rows
from typology.words.markdown import escape_markdown

NOTABLE = 0.4
"""Deviations from here on are told (Le Roux & Rouanet 2010)."""
_SAME_AXIS, _NEAR_AXIS = 0.9, 0.7


def subgroups_paragraph(tables: Tables, labels: Labels) -> str:
    """Return how each subgroup of the study compares with all; "" where it names none.

    Markdown. Whether its mean point is where it is by chance, the axes on which it is notably off,
    and whether its first own axis is one of all. Uses ``subgroups``, ``subgroup_axes`` and
    ``subgroup_inertia``.
    """
    if "subgroups" not in tables:
        return ""
    told = [_subgroup(tables, labels, row) for row in tables["subgroups"].to_dict("records")]
    return " ".join(told)


def _subgroup(tables: Tables, labels: Labels, row: dict[Any, Any]) -> str:
    who = capital(characteristic(labels, str(row["variable"]), str(row["category"])))
    n = labels.number(row["n"], 0)
    if pd.isna(row["p_value"]):
        return labels.word("subgroup_not_compared", name=who, plural=int(row["n"]), n=n)
    number = int(row["subgroup"])
    axes = tables["subgroup_axes"]
    own = axes[axes["subgroup"] == number]
    notable = own[own["deviation"].abs() >= NOTABLE].to_dict("records")
    places = [
        labels.word("subgroup_off_axis", axis=each["axis"],
                    deviation=labels.number(each["deviation"], 2))
        for each in notable
    ]  # fmt: skip
    typical = "untypical" if row["p_value"] < LEVEL else "typical"
    where = (
        labels.word("subgroup_off", list=listed(places, labels.language))
        if places
        else labels.word("subgroup_nowhere_off")
    )
    sentences = [
        labels.word(
            "subgroup_told", typical, name=who, n=n, distance=labels.number(row["distance"], 2),
            p=labels.p(row["p_value"], named=True),
        ),
        where,
    ]  # fmt: skip
    axis = tables["subgroup_inertia"]
    first = axis[(axis["subgroup"] == number) & (axis["axis"] == 1)]
    if len(first):
        cosine = first["cosine"].iloc[0]
        same = "near" if cosine >= _NEAR_AXIS else "other"
        same = "same" if cosine >= _SAME_AXIS else same
        sentences.append(
            labels.word(
                "subgroup_first_axis", same, axis=first["closest_axis"].iloc[0],
                cosine=labels.number(cosine, 2),
                percent=labels.percent(first["percent"].iloc[0]),
            )
        )  # fmt: skip
    return " ".join(sentences)


def crossed_sentence(tables: Tables, labels: Labels) -> str:
    """Return whether two crossed questions say more together; "" where the study crosses none.

    Of the first two axes. Uses ``crossed_effects`` and ``crossed_categories``.
    """
    if not has_rows(tables, "crossed_effects", "crossed_categories"):
        return ""
    names = tables["crossed_categories"].iloc[0]
    effects = tables["crossed_effects"].head(2).to_dict("records")
    parts = [
        labels.word(
            "crossed_axis",
            axis=row["axis"],
            additive=labels.percent(row["additive"]),
            interaction=labels.percent(row["interaction"]),
        )
        for row in effects
    ]
    first, second = (
        escape_markdown(inside(labels.short(str(names[name]))))
        for name in ("variable", "other_variable")
    )
    between = "\u00a0; " if labels.language == "fr" else "; "
    return labels.word("crossed_told", first=first, second=second, list=between.join(parts))
