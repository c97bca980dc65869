"""How long an article may be, whatever the journal."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from typology.questionnaire.text import Model

JournalName = Literal["exercer", "sante-publique", "bmc-primary-care"]
JOURNALS: tuple[str, ...] = get_args(JournalName)

_Most = Annotated[int, Field(ge=1)]


class Limits(Model):
    """The most that the study allows itself, in place of what its journal does."""

    abstract: _Most | None = None
    text: _Most | None = None
    exhibits: _Most | None = None
    keywords: _Most | None = None
    references: _Most | None = None


LIMITED: tuple[str, ...] = tuple(Limits.model_fields)
