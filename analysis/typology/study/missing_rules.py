"""What a study may do with missing answers to active items."""

from __future__ import annotations

MISSING_RULES = ("own category", "passive category", "complete cases", "imputation")
"""What a study may declare for missing answers to active items."""
