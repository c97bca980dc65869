"""Wordings in the languages of a questionnaire, and what all its parts share."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from typology.problems.faults import Fault
from typology.words.phrases import phrase
from typology.words.typography import LANGUAGES
from typology.words.visible_text import one_line

LONGEST_SHORT_LABEL = 45

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]


def raise_faults(faults: list[Fault]) -> None:
    """Raise every fault found in one thing as one error, when there are any."""
    if faults:
        raise PydanticCustomError("faults", "not as expected", {"faults": faults})


class Model(BaseModel):
    """What every part of a file shares: it cannot be changed, nor have unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Model):
    """A wording in the languages of the questionnaire; empty in the languages it has not."""

    fr: str = Field(default="", validate_default=True)
    en: str = Field(default="", validate_default=True)

    def in_(self, language: str) -> str:
        """Return the wording in this language, or in the other one when it is not written.

        It is on one line, without control characters.

        >>> Text(fr="Les attentes", en="Expectations").in_("en")
        'Expectations'
        >>> Text(fr="Les attentes").in_("en")
        'Les attentes'
        """
        if language not in LANGUAGES:
            raise ValueError(f"language is {language!r}; expected one of {LANGUAGES}.")
        return one_line((self.en if language == "en" else self.fr) or self.fr or self.en)

    @field_validator("fr", "en")
    @classmethod
    def _is_written(cls, text: str, info: ValidationInfo) -> str:
        languages = (info.context or {}).get("languages", ())
        language = str(info.field_name)
        if language in languages and not text.strip():
            raise_faults([(_MISSING if len(languages) > 1 else _MISSING_ALONE)[language]])
        return text


_WORDINGS = {"fr": phrase("the French wording"), "en": phrase("the English wording")}
_MISSING = {
    language: Fault(
        (),
        "",
        _WORDINGS[language],
        phrase(
            "Write it, or declare 'languages: [{other}]' if the questionnaire has one language.",
            other=other,
        ),
    )
    for language, other in (("fr", "en"), ("en", "fr"))
}
_MISSING_ALONE = {
    language: Fault((), "", wording, phrase("Write it.")) for language, wording in _WORDINGS.items()
}


def _is_short(text: Text) -> Text:
    faults = [
        Fault(
            (language,),
            getattr(text, language),
            phrase(
                "at most {most} characters, not {found}",
                most=LONGEST_SHORT_LABEL,
                found=len(getattr(text, language)),
            ),
            phrase("Shorten it: figures print it beside their bars."),
        )
        for language in LANGUAGES
        if len(getattr(text, language)) > LONGEST_SHORT_LABEL
    ]
    raise_faults(faults)
    return text


ShortText = Annotated[Text, AfterValidator(_is_short)]
