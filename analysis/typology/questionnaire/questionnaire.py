"""The questionnaire: scales, blocks of items, questions on the respondent.

These models check each thing by itself. A questionnaire is read with
:func:`typology.questionnaire.file.load_questionnaire`, which also checks what ties the things
together and reports every problem at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from typology.questionnaire.answer_scale import Point, Scale
from typology.questionnaire.question_checks import (
    choice_faults,
    date_faults,
    number_faults,
    theme_faults,
    worded_faults,
)
from typology.questionnaire.scales import Stance
from typology.questionnaire.text import (
    LONGEST_SHORT_LABEL,
    Identifier,
    Model,
    ShortText,
    Text,
    raise_faults,
)
from typology.words.typography import LANGUAGES, Language

__all__ = [
    "LANGUAGES",
    "LONGEST_SHORT_LABEL",
    "Asked",
    "Block",
    "Choice",
    "Identifier",
    "Item",
    "Language",
    "Point",
    "Question",
    "Questionnaire",
    "Scale",
    "Stance",
    "Text",
]

QuestionType = Literal["single", "multiple", "number", "rank", "date", "text"]
DateFormat = Literal["yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy"]

ChoiceCode = Annotated[
    str,
    BeforeValidator(lambda code: str(code) if type(code) is int else code),
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.+-]*$"),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^[A-Za-z0-9][A-Za-z0-9_.+-]*$"}),
]


class Asked(Text):
    """What an item and a question have in common: a name, a wording, a short label.

    ``short`` may be left out when the wording itself is short enough. ``column`` is the title of
    its column in the export of the survey tool, when it is neither the id nor the wording.
    """

    id: Identifier
    short: ShortText
    column: str = ""
    wording: Literal["reported", "reconstructed"] | None = None
    source: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _wording_is_its_own_short_label(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, Mapping) or "short" in data:
            return data
        wordings = {each: data.get(each) for each in LANGUAGES}
        short = {
            each: text for each, text in wordings.items() if isinstance(text, str) and text.strip()
        }
        if not short or any(len(text) > LONGEST_SHORT_LABEL for text in short.values()):
            return data
        # A language that is missing is told once, by the wording itself.
        filler = next(iter(short.values()))
        languages = (info.context or {}).get("languages", ())
        return {**data, "short": {**dict.fromkeys(languages, filler), **short}}


class Item(Asked):
    """A statement answered on the scale of its block.

    ``reversed``: agreeing with it speaks against the direction of its block.
    """

    theme: str = ""
    hat: str = ""
    reversed: Annotated[
        bool,
        Field(description="Whether agreeing speaks against its block: scores turn it round."),
    ] = False


class Block(Model):
    """Items of one scale; ``direction`` says what agreeing with them speaks for.

    ``intro`` is what is asked of every item, printed once above them.
    """

    id: Identifier
    title: Text
    intro: Text | None = None
    scale: str
    direction: Literal["favourable", "unfavourable", "neutral"]
    items: Annotated[tuple[Item, ...], Field(min_length=1)]


class Choice(Text):
    """One of the answers offered by a question.

    ``text``: whoever chooses it writes what ("Other: ..."); ``column`` is then the title of the
    column that holds these words, when it is none that survey tools give it.
    """

    code: ChoiceCode
    text: Annotated[
        bool, Field(description='Whether one writes what ("Other: ..."); the words are kept.')
    ] = False
    column: Annotated[
        str, Field(description="Title of the column of these words, where it is no usual one.")
    ] = ""

    def name_in(self, language: str) -> str:
        """Return its words in a language, without the ": ..." that words of one's own follow."""
        words = self.in_(language)
        return words.rstrip(" .:…_\u00a0") or words if self.text else words


class Question(Asked):
    """A question on the respondent.

    ``ordered`` choices go from the least to the most. ``bands`` are ascending cut points that
    make categories of a number: [40, 50] gives below 40, 40 to below 50, 50 and above.
    ``date_format`` says how dates were typed, and ``earliest`` and ``latest`` bound them.
    ``themes`` are those that a text was coded under by hand; ``themes_column`` is the title of the
    column that lists them, several for one text.
    """

    type: Annotated[
        QuestionType,
        Field(
            description="single: one choice; multiple: several; number; rank: the choices in "
            "order; date; text: in one's own words."
        ),
    ]
    choices: Annotated[tuple[Choice, ...], Field(description="Of single, multiple and rank.")] = ()
    ordered: Annotated[
        bool, Field(description="Whether the choices go from the least to the most.")
    ] = False
    min: Annotated[float | None, Field(description="Of a number.")] = None
    max: Annotated[float | None, Field(description="Of a number.")] = None
    unit: Text | None = None
    bands: Annotated[
        tuple[float, ...],
        Field(description="Cut points that make categories of a number.", examples=[[40, 50, 60]]),
    ] = ()
    date_format: Annotated[
        DateFormat | None,
        Field(description="How dates were typed, where 03/04/2021 could be read in two ways."),
    ] = None
    earliest: Annotated[
        date | None, Field(description="First date expected.", examples=["2021-01-01"])
    ] = None
    latest: Annotated[
        date | None, Field(description="Last date expected.", examples=["2021-12-31"])
    ] = None
    themes: Annotated[
        tuple[Choice, ...], Field(description="Themes that a text was coded under by hand.")
    ] = ()
    themes_column: Annotated[
        str,
        Field(description="Title of the column that lists the themes of each text.",
              examples=["comment_themes"]),
    ] = ""  # fmt: skip

    @property
    def choice_codes(self) -> tuple[str, ...]:
        """Return the codes of the choices, in their order."""
        return tuple(choice.code for choice in self.choices)

    @property
    def parts(self) -> tuple[Choice, ...]:
        """Return what has a column of its own, "question:code": the choices, or the themes."""
        return self.themes if self.type == "text" else self.choices

    @property
    def worded_choices(self) -> tuple[Choice, ...]:
        """Return the choices that are followed by words of one's own."""
        return tuple(choice for choice in self.choices if choice.text)

    def choice(self, code: str) -> Choice:
        """Return the choice or the theme of a code; KeyError when the question has none."""
        for choice in self.parts:
            if choice.code == code:
                return choice
        raise KeyError(f"{code!r} is no choice of {self.id} ({', '.join(self.choice_codes)})")

    @model_validator(mode="after")
    def _has_what_its_type_needs(self) -> Question:
        codes_and_labels = [(choice.code, (choice.fr, choice.en)) for choice in self.choices]
        faults = choice_faults(self.type, codes_and_labels)
        faults += number_faults(self.type, self.min, self.max, self.bands)
        faults += worded_faults(self.type, [choice.text for choice in self.choices])
        faults += date_faults(self.type, self.date_format, self.earliest, self.latest)
        themes = [(theme.code, (theme.fr, theme.en)) for theme in self.themes]
        faults += theme_faults(self.type, themes, self.themes_column)
        raise_faults(faults)
        return self


class Questionnaire(Model):
    """A whole questionnaire.

    >>> questionnaire = Questionnaire.model_validate({
    ...     "title": {"en": "Coffee"},
    ...     "scales": {"yes": [{"code": 0, "en": "No"}, {"code": 1, "en": "Yes"}]},
    ...     "blocks": [{"id": "hopes", "title": {"en": "Hopes"}, "scale": "yes",
    ...                 "direction": "favourable", "items": [{"id": "H1", "en": "It is hot"}]}]})
    >>> questionnaire.block_of("H1").id, questionnaire.scale_of("H1").codes
    ('hopes', (0, 1))
    """

    title: Text
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = LANGUAGES
    about: Text | None = None
    themes: dict[Identifier, Text] = Field(default_factory=dict)
    hats: dict[Identifier, Text] = Field(default_factory=dict)
    scales: Annotated[dict[Identifier, Scale], Field(min_length=1)]
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]
    respondent: tuple[Question, ...] = ()

    @cached_property
    def items(self) -> dict[str, Item]:
        """Return the items of all blocks by id, in their order."""
        return {item.id: item for block in self.blocks for item in block.items}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Return the questions on the respondent by id, in their order."""
        return {question.id: question for question in self.respondent}

    @cached_property
    def _block_of_item(self) -> dict[str, Block]:
        return {item.id: block for block in self.blocks for item in block.items}

    def without(self, absent: Collection[str]) -> Questionnaire:
        """Return the questionnaire without some blocks and questions, named by their ids."""
        return self.model_construct(
            **{
                **dict(self),
                "blocks": tuple(each for each in self.blocks if each.id not in absent),
                "respondent": tuple(each for each in self.respondent if each.id not in absent),
            }
        )

    def block(self, block_id: str) -> Block:
        """Return the block of this id; KeyError when there is none."""
        return {block.id: block for block in self.blocks}[block_id]

    def block_of(self, item_id: str) -> Block:
        """Return the block an item belongs to; KeyError when there is no such item."""
        return self._block_of_item[item_id]

    def scale_of(self, item_id: str) -> Scale:
        """Return the scale an item is answered on; KeyError when there is no such item."""
        return self.scales[self.block_of(item_id).scale]

    def question(self, question_id: str) -> Question:
        """Return the question on the respondent of this id; KeyError when there is none."""
        return self.questions[question_id]
