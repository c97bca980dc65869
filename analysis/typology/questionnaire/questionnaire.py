"""The questionnaire: scales, blocks of items, questions on the respondent.

These models check each thing by itself. A questionnaire is read with
:func:`typology.questionnaire.file.load_questionnaire`, which also checks what ties the things
together and reports every problem at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from typology.questionnaire.question_checks import choice_faults, number_faults
from typology.questionnaire.scales import Stance, scale_faults, stances
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

ChoiceCode = Annotated[
    str,
    BeforeValidator(lambda code: str(code) if type(code) is int else code),
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.+-]*$"),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^[A-Za-z0-9][A-Za-z0-9_.+-]*$"}),
]


class Point(Text):
    """One point of a scale; ``stance`` says what it means when its position does not."""

    code: Annotated[int, Field(strict=True)]
    stance: Stance | None = None


class Scale(RootModel[tuple[Point, ...]]):
    """An ordered answer scale: the higher the code, the more agreement.

    >>> scale = Scale.model_validate(
    ...     [{"code": 1, "en": "No"}, {"code": 2, "en": "Unsure"}, {"code": 3, "en": "Yes"}])
    >>> scale.codes, scale.stance(3)
    ((1, 2, 3), 'agree')
    """

    model_config = ConfigDict(frozen=True)

    @property
    def points(self) -> tuple[Point, ...]:
        """Return the points, from the least to the most agreement."""
        return self.root

    @property
    def codes(self) -> tuple[int, ...]:
        """Return the codes, ascending."""
        return tuple(point.code for point in self.root)

    def label(self, code: int, language: str) -> str:
        """Return the words of a code."""
        return self.point(code).in_(language)

    def labels(self, language: str) -> list[str]:
        """Return the words of all points, in the order of the codes."""
        return [point.in_(language) for point in self.root]

    def point(self, code: int) -> Point:
        """Return the point of a code; KeyError when the scale has none."""
        if code not in self.codes:
            raise KeyError(f"code {code} is not on the scale ({self.codes[0]}-{self.codes[-1]})")
        return self.root[code - self.codes[0]]

    def stance(self, code: int) -> Stance:
        """Return whether a code says "disagree", "neutral" or "agree".

        Its position relative to the middle of the scale says so, unless the point declares it.
        """
        self.point(code)
        return stances(self.root)[code - self.codes[0]]

    @model_validator(mode="after")
    def _is_a_scale(self) -> Scale:
        raise_faults(scale_faults(self.root))
        return self


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
    reversed: bool = False


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
    """One of the answers offered by a question."""

    code: ChoiceCode


class Question(Asked):
    """A question on the respondent.

    ``ordered`` choices go from the least to the most. ``bands`` are ascending cut points that
    make categories of a number: [40, 50] gives below 40, 40 to below 50, 50 and above.
    """

    type: Literal["single", "multiple", "number", "rank", "text"]
    choices: tuple[Choice, ...] = ()
    ordered: bool = False
    min: float | None = None
    max: float | None = None
    unit: Text | None = None
    bands: tuple[float, ...] = ()

    @property
    def choice_codes(self) -> tuple[str, ...]:
        """Return the codes of the choices, in their order."""
        return tuple(choice.code for choice in self.choices)

    def choice(self, code: str) -> Choice:
        """Return the choice of a code; KeyError when the question has none."""
        for choice in self.choices:
            if choice.code == code:
                return choice
        raise KeyError(f"{code!r} is no choice of {self.id} ({', '.join(self.choice_codes)})")

    @model_validator(mode="after")
    def _has_what_its_type_needs(self) -> Question:
        codes_and_labels = [(choice.code, (choice.fr, choice.en)) for choice in self.choices]
        faults = choice_faults(self.type, codes_and_labels)
        faults += number_faults(self.type, self.min, self.max, self.bands)
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
