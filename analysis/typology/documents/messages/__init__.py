"""The page of every message that the command may give, read from the code that gives it."""

from __future__ import annotations

from typology.documents.messages.message_reference import message_reference

__all__ = ["message_reference"]
