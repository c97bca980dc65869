"""What the explorer shows of the types: their answers to each question, their portraits."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.colors import to_hex

from typology.exhibits.canvas.style import scale_colours, text_colour
from typology.exhibits.run_tables import Tables
from typology.questionnaire import Questionnaire
from typology.questionnaire.characteristics import NO_ANSWER

Content = dict[str, Any]

OVER_REPRESENTED = 1.96  # v-test from which a category is in a portrait
PORTRAIT_LENGTH = 8  # categories of each role


def distributions(tables: Tables, questionnaire: Questionnaire) -> dict[str, Content]:
    """Return the answers to every item, and to other variables, by class and overall."""
    overall = dict(iter(tables["item_distribution"].groupby("item", sort=False)))
    by_class = tables["class_distribution"].groupby("item", sort=False)
    found: dict[str, Content] = {}
    answered = tables["item_agreement"].set_index("item")["n"]
    of_class = tables["class_profiles"].set_index(["item", "class"])["n"]
    for item, rows in by_class:
        name = str(item)
        block = str(rows["block"].iloc[0])
        colours = answer_colours(questionnaire, block)
        found[name] = {
            "block": block,
            "answers": [str(code) for code in overall[item]["code"]],
            "colours": colours,
            "inks": [text_colour(colour) for colour in colours],
            "answered": plain_number(answered[item]),
            "n": plain_numbers(overall[item]["n"]),
            "share": plain_numbers(overall[item]["share"]),
            "classes": [
                {
                    "class": int(str(number)),
                    "answered": plain_number(of_class[item, number]),
                    "n": plain_numbers(part["n"]),
                    "share": plain_numbers(part["share"]),
                }
                for number, part in rows.groupby("class")
            ],
        }
    return found | _characteristics(tables, questionnaire)


def _characteristics(tables: Tables, questionnaire: Questionnaire) -> dict[str, Content]:
    """Return the same for the variables that are no items: shares only, of those who answered."""
    table = tables["class_categories"]
    others = table[
        ~table["variable"].isin(list(questionnaire.items)) & (table["category"] != NO_ANSWER)
    ]
    found = {}
    for variable, rows in others.groupby("variable", sort=False):
        first = rows[rows["class"] == rows["class"].iloc[0]]
        colours = [to_hex(colour) for colour in sns.color_palette("cividis_r", len(first))]
        found[str(variable)] = {
            "block": None,
            "answers": [str(category) for category in first["category"]],
            "colours": colours,
            "inks": [text_colour(colour) for colour in colours],
            "n": None,
            "share": plain_numbers(first["overall_share"]),
            "classes": [
                {
                    "class": int(str(number)),
                    "n": None,
                    "share": plain_numbers(part["category_share"]),
                }
                for number, part in rows.groupby("class")
            ],
        }
    return found


def type_portraits(table: pd.DataFrame) -> dict[str, Content]:
    """Return the most over-represented categories of each class, by role."""
    found: dict[str, Content] = {
        str(number): {"active": [], "supplementary": []} for number in sorted(set(table["class"]))
    }
    over = table[table["v_test"] >= OVER_REPRESENTED].sort_values(
        "v_test", ascending=False, kind="stable"
    )
    for (number, role), rows in over.groupby(["class", "role"], sort=True):
        found[str(number)][str(role)] = [
            {
                "variable": str(row["variable"]),
                "category": str(row["category"]),
                "share": plain_number(row["category_share"]),
                "overall": plain_number(row["overall_share"]),
                # A test of what made the classes proves nothing: its p-value is not shown.
                **({} if role == "active" else {"p_adjusted": plain_number(row["p_adjusted"])}),
                "v_test": plain_number(row["v_test"]),
            }
            for _, row in rows.head(PORTRAIT_LENGTH).iterrows()
        ]
    return found


def answer_colours(questionnaire: Questionnaire, block_id: str) -> list[str]:
    """Return the colours of a block's scale, as in the figures."""
    scale = questionnaire.scales[questionnaire.block(block_id).scale]
    n_neutral = sum(scale.stance(code) == "neutral" for code in scale.codes)
    return [to_hex(colour) for colour in scale_colours(len(scale.codes), n_neutral)]


def plain_numbers(values: pd.Series) -> list[float | None]:
    """Return each as :func:`plain_number` does."""
    return [plain_number(value) for value in values]


def plain_number(value: Any) -> float | None:
    """Return a number to six significant digits, more than is shown; None for none."""
    number = float(value)
    return float(f"{number:.6g}") if math.isfinite(number) else None
