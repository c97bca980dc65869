"""A nominal group: ideas that participants ranked or gave points to, from sheet to tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from rfree.items.concordance import Concordance, kendall_w
from rfree.items.priorities import points_of_ranks, pool_panels, tally
from typology.problems import Problem
from typology.words.phrases import few, phrase
from typology.words.spelling import fold
from typology.workshops.sheet import (
    ONE_GROUP,
    WorkshopSheet,
    blank_problems,
    group_problems,
    groups_of,
    raise_problems,
    read_sheet,
    repeated_problems,
)

Votes = Literal["ranks", "points"]

_TITLES = {
    "idea": ("idea", "idée", "ideas", "idées"),
    "group": ("group", "groupe"),
    "common": ("common idea", "idée commune"),
}
EVERYONE, _GROUPS = "everyone", "groups"
"""Whose agreement is measured, beside that of each group: all participants on the ideas that all
groups had; the groups, each as one judge."""


@dataclass(frozen=True)
class NominalGroup:
    """The tables of a nominal group, by name; ``most`` is the most a participant could give.

    "nominal_group_ideas" has the points of the ideas of each group; "nominal_group_pooled", where
    there are several, those of all; "nominal_group_agreement" Kendall's W of each group, of all
    participants and between groups; "nominal_group_votes" every vote.
    """

    tables: dict[str, pd.DataFrame]
    votes: Votes
    most: float
    simulated: bool
    notices: tuple[str, ...]

    @property
    def groups(self) -> list[str]:
        """Return the names of the groups, one without a name where the sheet has none."""
        return list(dict.fromkeys(self.tables["nominal_group_ideas"]["group"]))


def read_nominal_group(
    path: Path, *, votes: Votes, most: float | None = None, seed: int = 2019
) -> NominalGroup:
    """Read the sheet of a nominal group and count its votes.

    Parameters
    ----------
    path : Path
        One row an idea; columns "idea", if there are several groups "group", if they had some
        ideas in other words "common idea"; every other column is a participant. The participants
        of two groups are others, whatever their columns are called.
    votes : {"ranks", "points"}
        Whether 1 is the best, or more is better. Empty: no vote.
    most : float or None
        How many ideas a participant could rank, or the most points for one idea; by default the
        most that anyone did.
    seed : int
        Of the orders drawn for the test of agreement, where there are too many to go through.

    Raises
    ------
    InputError
        With everything wrong with the sheet.
    """
    sheet = read_sheet(path, titles=_TITLES, needed=["idea"])
    given, problems = _numbers(sheet, votes, most)
    keys = pd.DataFrame({"group": groups_of(sheet), "idea": sheet.known["idea"]})
    problems += group_problems(sheet)
    problems += blank_problems(sheet, "idea", "idea", phrase("an idea"))
    problems += repeated_problems(sheet, keys, "idea")
    problems += _common_problems(sheet)
    if not sheet.others.shape[1]:
        expected, remedy = phrase("a column for each participant"), phrase("Add their columns.")
        problems.append(Problem("", "", "", expected, remedy, sheet.name))
    raise_problems(problems, sheet.notices)
    panels, told = _panels(keys, given)
    raise_problems(_panel_problems(sheet, panels, votes, most), sheet.notices)
    most = _most(panels, votes) if most is None else most
    tables = _tables(panels, _common_names(sheet), votes, most, np.random.default_rng(seed))
    return NominalGroup(tables, votes, most, sheet.simulated, (*sheet.notices, *told))


def _numbers(
    sheet: WorkshopSheet, votes: Votes, most: float | None
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the votes as numbers, NaN where there is none, and the cells that hold no vote."""
    numbers = sheet.others.apply(
        lambda cells: pd.to_numeric(cells.str.replace(",", "."), errors="coerce")
    ).astype("float64")
    if votes == "ranks":
        expected = phrase("a rank (1, 2, 3...), or nothing")
        wrong = (sheet.others != "") & ~numbers.ge(1)
    else:
        expected = phrase("points, 0 or more, or nothing")
        wrong = (sheet.others != "") & ~numbers.ge(0)
    wrong |= np.isinf(numbers)
    if most is not None and votes == "points":
        wrong |= numbers.gt(most)
        expected = phrase("points from 0 to {most}, or nothing", most=float(most))
    problems = []
    for participant in sheet.others.columns:
        cells = sheet.others.loc[wrong[participant], participant]
        if len(cells) and len(cells) == sheet.others[participant].ne("").sum():
            remedy = phrase("Remove this column if it is no participant.")
            problems.append(
                Problem("", participant, str(cells.iloc[0]), expected, remedy, sheet.name,
                        count=len(cells))
            )  # fmt: skip
            continue
        problems += [
            Problem(str(row), participant, str(cell), expected, phrase("Correct it."), sheet.name)
            for row, cell in cells.items()
        ]
    return numbers, problems


def _common_names(sheet: WorkshopSheet) -> pd.Series:
    """Return what each idea is called where groups are pooled: its common name, or its own."""
    if "common" not in sheet.known:
        named = sheet.known["idea"]
    else:
        named = sheet.known["common"].where(sheet.known["common"].ne(""), sheet.known["idea"])
    first: dict[str, str] = {}
    return named.map(lambda name: first.setdefault(fold(name), name))


def _common_problems(sheet: WorkshopSheet) -> Iterator[Problem]:
    if "common" in sheet.known:
        keys = pd.DataFrame({"group": groups_of(sheet), "common": _common_names(sheet)})
        yield from repeated_problems(sheet, keys, "common idea")


def _panels(keys: pd.DataFrame, given: pd.DataFrame) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """Return the votes of each group, participants x rows; who gave none is left out."""
    panels: dict[str, pd.DataFrame] = {}
    told: list[str] = []
    for group, rows in keys.groupby("group", sort=False).groups.items():
        own = given.loc[rows]
        voted = own.gt(0).any()
        panels[str(group)] = own.loc[:, voted].T
    silent = [str(name) for name in given.columns if not given[name].gt(0).any()]
    if silent:
        told.append(phrase("Without any vote, and not counted: {names}.", names=few(silent)))
    return panels, told


def _panel_problems(
    sheet: WorkshopSheet, panels: dict[str, pd.DataFrame], votes: Votes, most: float | None
) -> Iterator[Problem]:
    for group, given in panels.items():
        where = f"{sheet.name} › {group}" if group else sheet.name
        if given.shape[1] < 2:
            found = phrase("{count} ideas", count=given.shape[1])
            remedy = phrase("Add the others.")
            yield Problem("", "", found, phrase("at least 2 ideas"), remedy, where)
        if given.empty:
            expected = phrase("votes of a participant at least")
            yield Problem("", "", "", expected, phrase("Fill in their columns."), where)
        elif votes == "ranks":
            for participant, ranks in given.iterrows():
                yield from _rank_problems(str(participant), ranks.dropna(), most, where)


def _rank_problems(
    participant: str, ranks: pd.Series, most: float | None, where: str
) -> Iterator[Problem]:
    """Yield what is wrong with the ranks of a participant, whichever way ties are written."""
    listed = ", ".join(f"{rank:g}" for rank in sorted(ranks))
    if most is not None and len(ranks) > most:
        expected = phrase("at most {most} ranks", most=int(most))
        yield Problem("", participant, listed, expected, phrase("Remove the others."), where)
    if not any(np.allclose(ranks, ranks.rank(method=way)) for way in ("min", "average", "max",
                                                                      "dense")):  # fmt: skip
        expected = phrase("ranks that follow each other (1, 2, 3; with ties 1, 2, 2, 4)")
        remedy = phrase(
            "Give this participant every rank from 1 on, or --points if more is better."
        )
        yield Problem("", participant, listed, expected, remedy, where)


def _most(panels: dict[str, pd.DataFrame], votes: Votes) -> float:
    if votes == "ranks":
        return float(max(given.notna().sum(axis=1).max() for given in panels.values()))
    return max(float(np.nanmax(given.to_numpy(dtype=float))) for given in panels.values())


def _tables(
    panels: dict[str, pd.DataFrame],
    common: pd.Series,
    votes: Votes,
    most: float,
    rng: np.random.Generator,
) -> dict[str, pd.DataFrame]:
    """Return the tables, ideas named as all groups name them."""
    named = {group: given.rename(columns=common.to_dict()) for group, given in panels.items()}
    points = {
        group: points_of_ranks(given, most=int(most)) if votes == "ranks" else given
        for group, given in named.items()
    }
    ideas = pd.concat(
        [tally(each, most=most).assign(group=group) for group, each in points.items()],
        ignore_index=True,
    )
    tables = {"nominal_group_ideas": ideas[["group", *ideas.columns.drop("group")]]}
    if len(points) > 1:
        tables["nominal_group_pooled"] = pool_panels(points, most=most)
    tables["nominal_group_agreement"] = _agreement(points, rng)
    tables["nominal_group_votes"] = pd.concat(
        [_each_vote(group, named[group], points[group]) for group in named], ignore_index=True
    )
    return tables


def _agreement(points: dict[str, pd.DataFrame], rng: np.random.Generator) -> pd.DataFrame:
    """Return Kendall's W by group, then of everyone and between groups on the ideas of them all."""
    rows = [
        {"among": "group", "group": group, **_concordance(each, rng)}
        for group, each in points.items()
    ]
    shared = set.intersection(*(set(each.columns) for each in points.values()))
    kept = [idea for idea in next(iter(points.values())).columns if idea in shared]
    if len(points) > 1:
        together = pd.concat([each[kept] for each in points.values()], ignore_index=True)
        totals = pd.DataFrame([each[kept].sum() / len(each) for each in points.values()])
        for among, judged in ((EVERYONE, together), (_GROUPS, totals)):
            rows.append({"among": among, "group": ONE_GROUP, **_concordance(judged, rng)})
    return pd.DataFrame(rows)


def _concordance(points: pd.DataFrame, rng: np.random.Generator) -> dict[str, object]:
    """Return Kendall's W of votes; nothing but the counts where there is no order to compare."""
    voted = points.where(points > 0)
    voted = voted[voted.notna().any(axis=1)]
    counts = {"judges": len(voted), "ideas": points.shape[1]}
    none = dict.fromkeys(("w", "chi2", "df", "p_chi2", "p_value"), np.nan)
    try:
        found: Concordance | None = kendall_w(-voted, rng=rng)
    except ValueError:
        found = None
    if found is None:
        return {**counts, **none, "method": "", "draws": 0}
    return {
        **counts, "w": found.w, "chi2": found.chi2, "df": found.df, "p_chi2": found.p_chi2,
        "p_value": found.p_value, "method": found.method, "draws": found.draws,
    }  # fmt: skip


def _each_vote(group: str, given: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    long = given.reset_index(names="participant").melt(
        "participant", var_name="idea", value_name="given"
    )
    long["points"] = points.reset_index(drop=True).melt()["value"]
    return long.dropna().assign(group=group)[["group", "participant", "idea", "given", "points"]]
