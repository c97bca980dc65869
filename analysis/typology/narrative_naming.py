"""Why a class has no name, in words."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from typology.findings import class_row, text_of
from typology.labels import Labels
from typology.naming import OFF_BLOCKS
from typology.narrative_phrases import listed, quoted
from typology.words import word

Tables = Mapping[str, pd.DataFrame]


def unnamed_sentence(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return which type a class without a name is nearest to, and why it does not bear its name.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``classes``.
    labels : Labels
    class_number : int

    Returns
    -------
    str
        In Markdown; empty for a class with a name, and where no type is declared.
    """
    row, language = class_row(tables, class_number), labels.language
    reason = text_of(row.get("unnamed_reason"))
    if not reason:
        return ""
    values: dict[str, object] = {}
    if reason == "side":
        blocks = text_of(row["off_blocks"]).split(OFF_BLOCKS)
        values["blocks"] = listed(
            [quoted(labels.block(each), language) for each in blocks], language
        )
    if reason == "taken":
        values["other"] = int(row["taken_by"])
    return word(
        f"unnamed_{reason}",
        language,
        number=class_number,
        type=quoted(labels.types[text_of(row["nearest"])].in_(language), language),
        **values,
    )
