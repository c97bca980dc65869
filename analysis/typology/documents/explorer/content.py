"""What the explorer shows, as plain values: numbers once, words in every language."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
from matplotlib.colors import to_hex

from typology.documents.explorer.type_content import (
    Content,
    answer_colours,
    distributions,
    plain_number,
    plain_numbers,
    type_portraits,
)
from typology.documents.explorer.wording import words_of
from typology.exhibits.canvas.style import (
    GREY,
    MARKERS,
    class_colour,
    class_marker,
    require_columns,
)
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables
from typology.questionnaire import Questionnaire

EXPLORER_COLUMNS: Mapping[str, Sequence[str]] = {
    "axes": ("axis", "eigenvalue", "percent", "benzecri"),
    "categories": (
        "variable", "category", "role", "n", "axis", "coordinate", "contribution", "cos2",
        "v_test",
    ),
    "map_points": ("class", "n"),
    "question_points": ("variable", "category", "n"),
    "class_ellipses": ("kind", "class", "axis_x", "axis_y", "center_x", "center_y", "width",
                       "height", "angle"),
    "classes": ("class", "type", "n", "share"),
    "class_categories": (
        "class", "variable", "role", "category", "category_share", "overall_share", "p_adjusted",
        "v_test",
    ),
    "item_agreement": ("item", "n"),
    "class_profiles": ("item", "class", "n"),
    "item_distribution": ("block", "item", "code", "n", "share"),
    "class_distribution": ("class", "block", "item", "code", "n", "share"),
}  # fmt: skip


def explorer_content(
    tables: Tables, labels_by_language: Mapping[str, Labels], *, language: str, simulated: bool
) -> Content:
    """Return everything the explorer shows, as plain values, ready for JSON.

    Uses the tables of ``EXPLORER_COLUMNS``, and ``guttman`` if there is one; ``language`` is the
    one shown first. No respondent is shown alone: points are groups of them. Raises ValueError if a
    table or a column is missing, or ``language`` has no labels.
    """
    _check(tables, labels_by_language, language)
    labels = labels_by_language[language]
    categories, variables = _categories(tables, labels)
    axes = _axes(tables)
    distributed = distributions(tables, labels.questionnaire)
    ellipses = tables["class_ellipses"].query("kind == 'concentration'")
    return {
        "language": language,
        "simulated": simulated,
        "axes": axes,
        "guttman": _guttman(tables),
        "planes": _planes(ellipses),
        "classes": _classes(tables["classes"]),
        "blocks": _blocks(tables, labels.questionnaire),
        "variables": variables,
        "categories": categories,
        "respondents": _respondents(tables["map_points"]),
        "question_points": _question_points(tables["question_points"], set(distributed)),
        "distributions": distributed,
        "portraits": type_portraits(tables["class_categories"]),
        "words": {
            each: words_of(tables, known, categories, variables)
            for each, known in labels_by_language.items()
        },
    }


def _check(tables: Tables, labels_by_language: Mapping[str, Labels], language: str) -> None:
    lacking = [name for name in EXPLORER_COLUMNS if name not in tables]
    if lacking:
        raise ValueError(f"The explorer needs the tables {', '.join(lacking)}, not among those.")
    for name, columns in EXPLORER_COLUMNS.items():
        require_columns(tables[name], columns, name=name)
    if language not in labels_by_language:
        known = ", ".join(labels_by_language) or "none"
        raise ValueError(f"language is {language!r}: expected one that has labels ({known}).")


def _axes(tables: Tables) -> list[Content]:
    """Return the axes that have coordinates."""
    mapped = set(tables["categories"]["axis"])
    axes = tables["axes"][tables["axes"]["axis"].isin(mapped)]
    return [
        {"axis": int(axis), "eigenvalue": float(eigenvalue)}
        for axis, eigenvalue in zip(axes["axis"], axes["eigenvalue"], strict=True)
    ]


def _guttman(tables: Tables) -> list[Content]:
    if "guttman" not in tables or tables["guttman"].empty:
        return []
    return [
        {"x": int(row["axis_x"]), "y": int(row["axis_y"]), "r2": plain_number(row["r2"])}
        for _, row in tables["guttman"].iterrows()
    ]


def _planes(ellipses: pd.DataFrame) -> dict[str, list[Content]]:
    """Return the ellipses by plane, under "1-2" for axes 1 and 2."""
    shown = ["class", "center_x", "center_y", "width", "height", "angle"]
    return {
        f"{x}-{y}": [
            {str(name): plain_number(value) for name, value in row.items()}
            for row in rows[shown].to_dict("records")
        ]
        for (x, y), rows in ellipses.groupby(["axis_x", "axis_y"], sort=False)
    }


def _classes(classes: pd.DataFrame) -> list[Content]:
    return [
        {
            "class": int(row["class"]),
            "n": plain_number(row["n"]),
            "share": plain_number(row["share"]),
            "colour": to_hex(class_colour(int(row["class"]))),
            "marker": class_marker(int(row["class"])),
            "means": {
                name.removeprefix("mean_"): plain_number(row[name])
                for name in map(str, classes.columns)
                if name.startswith("mean_")
            },
        }
        for _, row in classes.iterrows()
    ]


def _blocks(tables: Tables, questionnaire: Questionnaire) -> list[Content]:
    """Return the blocks, in their order, with the markers of the map of categories."""
    active = tables["categories"]
    names = set(active.loc[active["role"] == "active", "variable"])
    blocks = [
        block for block in questionnaire.blocks if any(item.id in names for item in block.items)
    ]
    return [
        {
            "id": block.id,
            "marker": MARKERS[index % 5],
            "colours": answer_colours(questionnaire, block.id),
        }
        for index, block in enumerate(blocks)
    ]


def _categories(tables: Tables, labels: Labels) -> tuple[list[Content], list[Content]]:
    """Return the categories with their values on each axis, and their variables."""
    questionnaire = labels.questionnaire
    variables: dict[str, Content] = {}
    categories = []
    n_active = tables["categories"].query("role == 'active' and axis == axis.min()").shape[0]
    keys = ["variable", "category", "role"]
    placed = tables["categories"].dropna(subset=["coordinate"])
    table = placed.sort_values("axis", kind="stable")
    for (variable, category, role), rows in table.groupby(keys, sort=False):
        name, code = str(variable), str(category)
        block = questionnaire.block_of(name).id if name in questionnaire.items else None
        variables.setdefault(name, {"id": name, "block": block, "index": len(variables)})
        categories.append(
            {
                "variable": variables[name]["index"],
                "category": code,
                "role": role,
                "n": plain_number(rows["n"].iloc[0]),
                "colour": _category_colour(questionnaire, block, code),
                "coordinate": plain_numbers(rows["coordinate"]),
                "contribution": plain_numbers(rows["contribution"]),
                "cos2": plain_numbers(rows["cos2"]),
                "v_test": plain_numbers(rows["v_test"]),
                "large": [
                    value is not None and value > 100 / max(n_active, 1)
                    for value in plain_numbers(rows["contribution"])
                ],
            }
        )
    return categories, list(variables.values())


def _category_colour(questionnaire: Questionnaire, block: str | None, category: str) -> str:
    if block is None:
        return GREY
    scale = questionnaire.scales[questionnaire.block(block).scale]
    if not scale.has_category(category):
        return GREY
    codes = scale.category(category).codes
    middle = codes[len(codes) // 2] if scale.category(category).stance != "disagree" else codes[0]
    return answer_colours(questionnaire, block)[scale.codes.index(middle)]


def _respondents(points: pd.DataFrame) -> Content:
    """Return the groups of respondents by column: their class, size and mean place."""
    axes = [name for name in map(str, points.columns) if name.startswith("Axis ")]
    return {
        "class": [int(value) for value in points["class"]],
        "n": [int(value) for value in points["n"]],
        "axes": {
            name.removeprefix("Axis "): [round(float(value), 4) for value in points[name]]
            for name in axes
        },
    }


def _question_points(points: pd.DataFrame, shown: Collection[str]) -> dict[str, Content]:
    """Return the points of each question that is shown: answer, size and mean place."""
    axes = [name for name in map(str, points.columns) if name.startswith("Axis ")]
    return {
        str(variable): {
            "answer": [str(value) for value in rows["category"]],
            "n": [int(value) for value in rows["n"]],
            "axes": {
                name.removeprefix("Axis "): [round(float(value), 3) for value in rows[name]]
                for name in axes
            },
        }
        for variable, rows in points.groupby("variable", sort=False)
        if str(variable) in shown
    }
