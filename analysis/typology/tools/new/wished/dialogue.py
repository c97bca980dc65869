"""A study wished for answer by answer: each question has an answer that Enter takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from typology.problems import InputError, Problem
from typology.tools.new.answer_scales import (
    FEWEST_POINTS,
    MOST_POINTS,
    AnswerScale,
    kind_names,
    kinds,
    scale_of,
)
from typology.tools.new.drafting import usual_blocks, usual_types
from typology.tools.new.expected_types import types_of
from typology.tools.new.wished.wishes import (
    BETWEEN_LANGUAGES,
    DIRECTIONS,
    USUAL_ITEMS,
    BlockWish,
    Wishes,
    by_language,
    number_of_items,
    read_languages,
    read_types,
)
from typology.words import word
from typology.words.phrases import phrase
from typology.words.spelling import fold

MOST_BLOCKS = 12
NONE = "-"

Ask = Callable[[str], str]
Tell = Callable[[str], None]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Dialogue:
    """Questions to whoever makes a study, in ``language``.

    ``ask`` shows a question and returns what is typed; ``tell`` shows a line.
    """

    ask: Ask
    tell: Tell
    language: str

    def wishes(self) -> Wishes:
        """Return the study that is wished for, after asking for each of its parts."""
        self.tell(word("ask", self.language, "begin"))
        languages = self._read(
            word("ask", self.language, "languages"), self.language, read_languages
        )
        titles = self._texts(
            word("ask", self.language, "title"),
            [word("usual_title", each) for each in languages], languages,
        )  # fmt: skip
        blocks = self._blocks(languages)
        types = self._types(languages, blocks)
        return Wishes(languages=languages, titles=titles, blocks=blocks, types=types)

    def folder(self, usual: str) -> str:
        """Return the folder that the study is to be made in."""
        return self._read(word("ask", self.language, "folder"), usual, str)

    def _blocks(self, languages: Sequence[str]) -> tuple[BlockWish, ...]:
        usual = usual_blocks(languages)
        blocks: list[BlockWish] = []
        scale = AnswerScale()
        while len(blocks) < MOST_BLOCKS:
            number = len(blocks) + 1
            suggested = usual[len(blocks)] if len(blocks) < len(usual) else None
            titles = self._block_titles(number, suggested, languages)
            if not any(titles):
                break
            direction = suggested.direction if suggested else "favourable"
            wish = self._block(BlockWish(titles, direction, USUAL_ITEMS, scale))
            scale = wish.scale or scale
            blocks.append(wish)
        return tuple(blocks)

    def _block_titles(
        self, number: int, suggested: BlockWish | None, languages: Sequence[str]
    ) -> tuple[str, ...]:
        if suggested:
            question = word("ask", self.language, "block", number=number)
            return self._texts(question, suggested.titles, languages)
        question = word("ask", self.language, "more_block", number=number)
        return self._texts(question, [""] * len(languages), languages)

    def _block(self, usual: BlockWish) -> BlockWish:
        scale = usual.scale or AnswerScale()
        direction = self._read(
            word("ask", self.language, "direction"),
            word("direction_name", self.language, usual.direction),
            _direction,
        )
        items = self._read(
            word("ask", self.language, "items"), str(usual.items),
            lambda text: number_of_items(text, where=""),
        )  # fmt: skip
        question = word(
            "ask", self.language, "scale", names=", ".join(kind_names(self.language)),
            low=FEWEST_POINTS, high=MOST_POINTS,
        )  # fmt: skip
        name = kinds()[scale.kind]["names"][self.language]
        asked = self._read(
            question, f"{name} {scale.points}", lambda text: scale_of(text, where="")
        )
        return replace(usual, direction=direction, items=items, scale=asked)

    def _types(
        self, languages: Sequence[str], blocks: Sequence[BlockWish]
    ) -> tuple[tuple[str, ...], ...]:
        if all(block.direction == "neutral" for block in blocks):
            return ()
        usual = usual_types(languages)

        def read(text: str) -> tuple[tuple[str, ...], ...]:
            if text.strip() == NONE:
                return ()
            names = read_types(text)
            types_of(names, languages, where="", taken=())
            return names

        between = f" {BETWEEN_LANGUAGES} "
        suggested = ", ".join(between.join(names) for names in usual)
        return self._read(word("ask", self.language, "types"), suggested, read)

    def _texts(
        self, question: str, usual: Sequence[str], languages: Sequence[str]
    ) -> tuple[str, ...]:
        """Return a text in each language; the others are not asked for if the first is empty."""
        texts: list[str] = []
        for language, suggested in zip(languages, usual, strict=True):
            asked = question
            if len(languages) > 1:
                name = word("language_name", self.language, language)
                asked = word("asked_in", self.language, question=question, language=name)
            known = suggested or next(iter(texts), "")
            texts.append(self._read(asked, known, lambda text: " ".join(by_language(text))))
            if not texts[0]:
                break
        return tuple(texts)

    def _read(self, question: str, usual: str, read: Callable[[str], Answer]) -> Answer:
        """Ask until the answer can be used; an empty one is the usual one."""
        shown = f"{question} [{usual}] " if usual else f"{question} "
        while True:
            try:
                typed = self.ask(shown).strip()
            except EOFError:
                found = phrase("the end of the answers")
                remedy = phrase("Give options instead: `typology new --help`.")
                expected = phrase("an answer to each question")
                raise InputError(Problem("", "", found, expected, remedy, "new")) from None
            try:
                return read(typed or usual)
            except InputError as error:
                for problem in error.problems:
                    self.tell(problem.text(self.language))


def _direction(text: str) -> str:
    if fold(text) not in DIRECTIONS:
        expected = phrase("for, against or neutral")
        raise InputError(Problem("", "", text, expected, phrase("Choose one of these."), ""))
    return DIRECTIONS[fold(text)]
