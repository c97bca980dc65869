"""Why a class has no name, in words."""

from __future__ import annotations

from typing import Any

from typology.exhibits.clauses import listed, quoted
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables, class_row, text_of
from typology.study.type_profiles import OFF_BLOCKS


def unnamed_sentence(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return which type a class without a name is nearest to, and why it does not bear its name.

    In Markdown; empty for a class with a name, and where no type is declared. Uses ``classes``.
    """
    row, language = class_row(tables, class_number), labels.language
    reason = text_of(row.get("unnamed_reason"))
    if not reason:
        return ""
    values: dict[str, Any] = {}
    if reason == "side":
        blocks = text_of(row["off_blocks"]).split(OFF_BLOCKS)
        values["blocks"] = listed(
            [quoted(labels.block(each), language) for each in blocks], language
        )
    if reason == "taken":
        values["other"] = int(row["taken_by"])
    return labels.word(
        "unnamed",
        reason,
        number=class_number,
        type=quoted(labels.types[text_of(row["nearest"])].in_(language), language),
        **values,
    )
