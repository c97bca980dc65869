"""A form to fill in, whatever shows it: grids of items, then questions, in several languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from typology.questionnaire import Block, Language, Question, Questionnaire, Text

QuestionKind = Literal["single", "multiple", "number", "rank", "date", "text"]


@dataclass(frozen=True)
class Option:
    """One of the answers that can be given, under its code in the questionnaire.

    ``worded``: whoever chooses it writes what ("Other: ..."). One option of a question at most is.
    """

    code: str
    text: Text
    worded: bool = False

    def name(self, language: str) -> str:
        """Return its words without what announces those of one's own: ": ..."."""
        words = self.text.in_(language)
        return words.rstrip(" .:…_\u00a0") or words if self.worded else words


@dataclass(frozen=True)
class GridRow:
    """One line of a grid: an item."""

    id: str
    text: Text


@dataclass(frozen=True)
class ItemGrid:
    """Items that share their answers; ``scale`` is the name of these answers.

    An answer offered beside the scale ("don't know") is the last of the ``options``. ``asked`` is
    what is asked of every item: what introduces the block, or else its title.
    """

    id: str
    title: Text
    asked: Text
    scale: str
    rows: tuple[GridRow, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True)
class FormQuestion:
    """A question on its own.

    Single, multiple and rank questions have options; the others have none. ``low`` and ``high``
    bound a number, ``earliest`` and ``latest`` a date.
    """

    id: str
    kind: QuestionKind
    text: Text
    options: tuple[Option, ...] = ()
    unit: Text | None = None
    low: float | None = None
    high: float | None = None
    earliest: date | None = None
    latest: date | None = None

    @property
    def own_words(self) -> Option | None:
        """Return the option that is followed by words of one's own, None without one."""
        return next((option for option in self.options if option.worded), None)

    @property
    def is_bounded(self) -> bool:
        """Return whether some numbers or dates are no answer to it."""
        bounds = (self.low, self.high, self.earliest, self.latest)
        return any(bound is not None for bound in bounds)


@dataclass(frozen=True)
class Form:
    """A whole form; the first of its languages is the one it is shown in first."""

    title: Text
    about: Text | None
    languages: tuple[Language, ...]
    grids: tuple[ItemGrid, ...]
    questions: tuple[FormQuestion, ...]


def make_form(questionnaire: Questionnaire, languages: Sequence[Language] = ()) -> Form:
    """Return the form of a questionnaire, in some of its languages: all of them if none is named.

    Codes are those of the questionnaire, as texts. ValueError is raised for a language that the
    questionnaire has not.
    """
    strangers = set(languages) - set(questionnaire.languages)
    if strangers:
        raise ValueError(f"The questionnaire is not worded in {', '.join(sorted(strangers))}.")
    return Form(
        title=questionnaire.title,
        about=questionnaire.about,
        languages=tuple(languages) or questionnaire.languages,
        grids=tuple(_grid(questionnaire, block) for block in questionnaire.blocks),
        questions=tuple(map(_question, questionnaire.respondent)),
    )


def _grid(questionnaire: Questionnaire, block: Block) -> ItemGrid:
    scale = questionnaire.scales[block.scale]
    points = [Option(str(point.code), point) for point in scale.points]
    if scale.no_opinion is not None:
        points.append(Option(str(scale.no_opinion.code), scale.no_opinion))
    return ItemGrid(
        id=block.id,
        title=block.title,
        asked=block.intro or block.title,
        scale=block.scale,
        rows=tuple(GridRow(item.id, item) for item in block.items),
        options=tuple(points),
    )


def _question(question: Question) -> FormQuestion:
    return FormQuestion(
        id=question.id,
        kind=question.type,
        text=question,
        options=tuple(Option(choice.code, choice, choice.text) for choice in question.choices),
        unit=question.unit,
        low=question.min,
        high=question.max,
        earliest=question.earliest,
        latest=question.latest,
    )


def own_words_id(question: FormQuestion, option: Option) -> str:
    """Return the name of the question for the words that follow a choice."""
    return f"{question.id}_{option.code}_text"
