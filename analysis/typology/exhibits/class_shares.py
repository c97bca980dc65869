"""The share of a class in words, weighted or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from typology.words import percent, word


def class_share(row: Mapping[Any, Any] | pd.Series[Any], language: str) -> str:
    """Return "18.9%", or "18.9% weighted" where the share is not that of the numbers.

    ``row`` is one of the table of classes, with ``share``, and ``share_weighted`` where known.
    """
    share = percent(float(row["share"]), language)
    return (
        word("weighted_percent", language, share=share)
        if row.get("share_weighted", False)
        else share
    )
