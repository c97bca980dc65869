"""The words of the explorer in one language: of the interface, and of the questionnaire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from typology.exhibits.canvas.style import axis_title
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import is_weighted, text_of
from typology.words import curly_apostrophes

PLAIN = (
    "explorer_title", "explorer_simulated", "explorer_language", "explorer_language_name",
    "explorer_map", "explorer_map_note", "explorer_axis_x", "explorer_axis_y", "explorer_show",
    "explorer_show_ellipses", "explorer_show_supplementary", "explorer_show_labels",
    "explorer_zoom_in", "explorer_zoom_out", "explorer_zoom_reset", "explorer_close",
    "explorer_hint", "explorer_legend", "explorer_filter", "explorer_filter_all",
    "explorer_search", "explorer_search_example", "explorer_search_none", "explorer_distribution",
    "explorer_question", "explorer_characteristics", "explorer_numbers",
    "explorer_distribution_note", "explorer_characteristic_note", "explorer_portrait",
    "explorer_portrait_note", "explorer_portrait_supplementary", "explorer_portrait_active",
    "explorer_hidden", "explorer_circular", "explorer_portrait_none", "explorer_in_type",
    "explorer_colour", "explorer_colour_type", "explorer_colour_note", "explorer_threshold",
    "explorer_threshold_none", "explorer_least", "explorer_select", "explorer_select_rectangle",
    "explorer_select_lasso", "explorer_select_none", "explorer_select_numbers",
    "explorer_select_do", "explorer_select_drawing", "explorer_select_nothing",
    "explorer_select_types", "explorer_select_answers", "explorer_select_no_answer",
    "explorer_select_note", "explorer_select_categories", "explorer_in_selection",
    "explorer_of_type", "explorer_bound_left", "explorer_bound_right", "explorer_bound_bottom",
    "explorer_bound_top", "explorer_save", "explorer_row", "explorer_selected", "explorer_yes",
    "explorer_no",
    "categories", "category", "respondents", "overall", "type", "n", "answer", "axis",
    "coordinate", "contribution", "cos2", "v_test", "p_adjusted", "active_category",
    "passive_category", "supplementary_category", "type_centre",
)  # fmt: skip
"""Keys of words that stand as they are."""

FILLED: Mapping[str, Sequence[str]] = {
    "axis_number": ("axis",),
    "explorer_map_label": ("categories", "respondents", "x", "y"),
    "explorer_guttman": ("r2", "x", "y"),
    "explorer_grouped": ("least", "most"),
    "explorer_centre_of": ("type",),
    "explorer_filter_count": ("n", "total", "share"),
    "explorer_search_count": ("n",),
    "explorer_search_more": ("n",),
    "explorer_search_categories": ("n",),
    "explorer_threshold_count": ("n", "total"),
    "explorer_times_mean": ("n",),
    "explorer_select_count": ("n", "total", "share", "categories"),
    "explorer_save_name": ("x", "y"),
    "explorer_mean_of": ("block", "mean"),
    "n_and_share": ("n", "share"),
    "n_is": ("n",),
}
"""Keys of words in which the page itself puts values, at {name}."""

_COUNTED: Mapping[str, Sequence[str]] = {"explorer_answered_by": ("n",)}
"""Those that have plural forms, between which the page itself chooses."""

WEIGHTED: Mapping[str, str] = {
    "explorer_map_note": "explorer_weighted_positions",
    "explorer_distribution_note": "explorer_weighted_shares",
    "explorer_characteristic_note": "explorer_weighted_shares",
}
"""Notes, each with the key of what it adds when respondents are weighted."""


def words_of(
    tables: Mapping[str, pd.DataFrame],
    labels: Labels,
    categories: Sequence[Mapping[str, Any]],
    variables: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return every word the explorer shows in the language of the labels.

    ``interface`` by key, ``axes`` (titles by number), ``types`` (by class), ``blocks``,
    ``variables`` (id to full wording and short label), ``categories`` (label and answer),
    ``answers`` (variable to answer by code). Categories and variables are as
    `typology.documents.explorer.content` makes them; the words come in the same order.
    """
    language = labels.language
    names = [str(variable["id"]) for variable in variables]
    interface = {key: labels.word(key) for key in PLAIN}
    for key, fields in FILLED.items():
        braces: dict[str, Any] = {field: f"{{{field}}}" for field in fields}
        interface[key] = labels.word(key, **braces)
    if is_weighted(tables):
        for note, added in WEIGHTED.items():
            interface[note] += " " + labels.word(added)
    for key, fields in _COUNTED.items():
        for form, plural in (("one", 1), ("other", 2)):
            values = {field: f"{{{field}}}" for field in fields}
            interface[f"{key}.{form}"] = labels.word(key, plural=plural, **values)
    interface = {key: curly_apostrophes(text) for key, text in interface.items()}
    asked = list(dict.fromkeys([*names, *map(str, tables["class_distribution"]["item"])]))
    mapped = sorted(set(tables["categories"]["axis"]))
    pairs = [(names[int(each["variable"])], str(each["category"])) for each in categories]
    return {
        "interface": interface,
        "axes": {
            str(axis): axis_title(tables["axes"], int(axis), rate="benzecri", language=language)
            for axis in mapped
        },
        "types": {
            str(int(row["class"])): labels.type(text_of(row["type"]), int(row["class"]))
            for _, row in tables["classes"].iterrows()
        },
        "blocks": {block.id: labels.block(block.id) for block in labels.questionnaire.blocks},
        "scales": {block.id: labels.scale(block.id) for block in labels.questionnaire.blocks},
        "variables": {
            name: {"full": labels.variable(name), "short": labels.short(name)} for name in asked
        },
        "categories": [
            {"label": labels.category(*pair), "answer": labels.answer(*pair)} for pair in pairs
        ],
        "answers": _answers(tables, labels),
    }


def _answers(tables: Mapping[str, pd.DataFrame], labels: Labels) -> dict[str, dict[str, str]]:
    """Return the words of every answer that a distribution or a portrait shows."""
    items = tables["class_distribution"][["item", "code"]].drop_duplicates()
    others = tables["class_categories"][["variable", "category"]].drop_duplicates()
    found: dict[str, dict[str, str]] = {}
    for table in (items, others):
        for variable, category in table.astype(str).itertuples(index=False):
            answers = found.setdefault(str(variable), {})
            answers[str(category)] = labels.answer(str(variable), str(category))
    return found
