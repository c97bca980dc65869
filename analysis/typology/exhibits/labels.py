"""What things are called: ids and codes of the tables, in the words of the questionnaire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import floor, log10

from typology.exhibits.dates import period_label
from typology.questionnaire import Asked, Question, Questionnaire, Text
from typology.questionnaire.answer_scale import NO_OPINION
from typology.questionnaire.characteristics import NO_ANSWER
from typology.questionnaire.scales import asks_for_agreement
from typology.study.margin_checks import MERGED
from typology.words import number, p_value, percent, word
from typology.words.catalogue import has_entry


@dataclass(frozen=True)
class Labels:
    """Labels of variables, categories, blocks and types in one language.

    ``types`` are the names of the types that the study declares, by id.
    """

    questionnaire: Questionnaire
    language: str
    types: Mapping[str, Text] = field(default_factory=dict)

    def word(self, key: str, /, *members: str, plural: int | None = None, **values: object) -> str:
        """Return the words filed under a key, as `typology.words.word` does.

        Those filed under "rated" where there are some and the scales do not all ask for agreement.
        """
        if not self.agreement and has_entry(("rated", key, *members)):
            return word("rated", self.language, key, *members, plural=plural, **values)
        return word(key, self.language, *members, plural=plural, **values)

    @cached_property
    def agreement(self) -> bool:
        """Return whether every item is rated by how much one agrees, as far as the words tell."""
        questionnaire = self.questionnaire
        return all(asks_for_agreement(questionnaire.scales[block.scale])
                   for block in questionnaire.blocks)  # fmt: skip

    def number(self, value: float, decimals: int = 1) -> str:
        """Return a number as the language writes it."""
        return number(value, self.language, decimals)

    def percent(self, value: float, decimals: int = 1) -> str:
        """Return a share that is already in percent."""
        return percent(value, self.language, decimals)

    def p(self, value: float, decimals: int = 3, *, named: bool = False) -> str:
        """Return a p-value, never as zero."""
        return p_value(value, self.language, decimals, named=named)

    def variable(self, variable: str) -> str:
        """Return the full wording of an item or question, with its choice for "question:choice"."""
        name, choice = self._split(variable)
        asked = self._asked(name)
        text = asked.in_(self.language)
        return f"{text} {self._choice(name, choice)}" if choice else text

    def short(self, variable: str) -> str:
        """Return the short label of an item or question."""
        name, choice = self._split(variable)
        if choice:
            return self._choice(name, choice)
        asked = self._asked(name)
        return asked.short.in_(self.language) or asked.in_(self.language)

    def with_question(self, variable: str) -> str:
        """Return the short label, of one choice of several after that of its question."""
        name, choice = self._split(variable)
        return self.category(name, choice) if choice else self.short(variable)

    def answer(self, variable: str, category: str) -> str:
        """Return the words of an answer, or of several that margins merge."""
        if category == NO_ANSWER:
            return word("no_answer", self.language)
        if MERGED in category:
            return MERGED.join(self.answer(variable, code) for code in category.split(MERGED))
        name, choice = self._split(variable)
        if choice:
            return word("yes" if category == "yes" else "no", self.language)
        if name in self.questionnaire.items:
            return self._item_answer(name, category)
        question = self.questionnaire.question(name)
        return self._question_answer(question, category)

    def _question_answer(self, question: Question, category: str) -> str:
        """Return the words of a band of a number, of a month or a year, or of a choice."""
        if question.type == "number":
            return self._band(question, category)
        if question.type == "date":
            return period_label(category, self.language)
        return question.choice(category).name_in(self.language)

    def _item_answer(self, item: str, category: str) -> str:
        """Return the words of a point, of merged points, or of what stands beside the scale."""
        scale = self.questionnaire.scale_of(item)
        if category == NO_OPINION:
            beside = scale.no_opinion
            return beside.in_(self.language) if beside else word("no_opinion", self.language)
        return scale.category(category).in_(self.language)

    def category(self, variable: str, category: str) -> str:
        """Return "short label: answer" as one line, punctuated as the language does."""
        separator = "\u00a0: " if self.language == "fr" else ": "
        return f"{self.short(variable)}{separator}{self.answer(variable, category)}"

    def step(self, variable: str, step: float) -> str:
        """Return a number with what it is counted by: "Age (per 10 years)", "Children"."""
        question = self.questionnaire.question(variable)
        unit = question.unit.in_(self.language) if question.unit else ""
        counted = unit
        if step != 1:
            decimals = max(0, -floor(log10(step)))
            value = number(step, self.language, decimals)
            counted = word("number_step", self.language, step=f"{value}\u00a0{unit}".strip())
        return f"{self.short(variable)} ({counted})" if counted else self.short(variable)

    def block(self, block_id: str) -> str:
        """Return the title of a block of items."""
        return self.questionnaire.block(block_id).title.in_(self.language)

    def scale(self, block_id: str) -> list[str]:
        """Return the words of a block's scale, in the order of its codes."""
        block = self.questionnaire.block(block_id)
        return self.questionnaire.scales[block.scale].labels(self.language)

    def categories(self, block_id: str) -> list[str]:
        """Return the words of the categories that the analysis makes of a block's scale."""
        block = self.questionnaire.block(block_id)
        scale = self.questionnaire.scales[block.scale]
        return [each.in_(self.language) for each in scale.categories]

    def type(self, type_id: str, class_number: int) -> str:
        """Return the name of a type, or "Class 3" for a class that fits none."""
        if type_id in self.types:
            return self.types[type_id].in_(self.language)
        return word("class_number", self.language, number=class_number)

    def _split(self, variable: str) -> tuple[str, str]:
        name, _, choice = variable.partition(":")
        return name, choice

    def _asked(self, name: str) -> Asked:
        known: Mapping[str, Asked] = {**self.questionnaire.items, **self.questionnaire.questions}
        return known[name]

    def _choice(self, question: str, choice: str) -> str:
        return self.questionnaire.question(question).choice(choice).name_in(self.language)

    def _band(self, question: Question, category: str) -> str:
        """Return the words of a band: its code is "<40", "40-49" or ">=60"."""
        unit = f"\u00a0{question.unit.in_(self.language)}" if question.unit else ""
        if category.startswith("<"):
            return word("band_below", self.language, value=category[1:], unit=unit)
        if category.startswith(">="):
            return word("band_from", self.language, value=category[2:], unit=unit)
        lowest, _, highest = category.partition("-")
        return word("band_between", self.language, low=lowest, high=highest, unit=unit)


def labels_by_language(
    questionnaire: Questionnaire, types: Mapping[str, Text], *, language: str
) -> dict[str, Labels]:
    """Return the labels in each language that results are read in, that of the study first.

    The questionnaire may be worded in others.
    """
    return {
        each: Labels(questionnaire, each, types)
        for each in dict.fromkeys((language, *questionnaire.languages))
    }
