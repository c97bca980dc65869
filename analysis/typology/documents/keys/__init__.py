"""The page of every key that the files of a study may have."""

from __future__ import annotations

from typology.documents.keys.key_reference import key_reference

__all__ = ["key_reference"]
