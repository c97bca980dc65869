"""The value labels of a statistics file: they say what its codes mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Generic, TypeVar

from typology.answers.cells.answer_cells import AnswerColumns, Cells, Unread
from typology.answers.cells.code_books import CodeBook, Unreadable
from typology.questionnaire.header_names import fold_wording
from typology.words.phrases import Phrase, phrase

_Said = TypeVar("_Said")


class LabelledReader(Generic[_Said]):
    """A reader of the codes of a column, by their labels where they have one.

    A label that is understood decides. A label that is not makes its code unreadable. A code
    without label is read as it is, unless the labels show that the file numbers the answers
    otherwise than the questionnaire: then it is unreadable, rather than guessed. Labels of signs
    alone ("-", "...") say nothing, unless they are understood. ``telling`` are the codes whose
    labels matter even where nobody gave them: they show the order. What is ``declared`` of a code
    without label is no guess.
    """

    def __init__(
        self,
        labels: Mapping[str, str],
        *,
        plain: Callable[[str], _Said | None],
        of_label: Callable[[str], _Said | None],
        telling: Collection[str] = (),
        declared: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._plain = plain
        self._declared = declared
        self._said: dict[str, _Said | None] = {}
        self._labels = {code: label.strip() for code, label in labels.items()}
        self.unknown: dict[str, str] = {}
        for code, label in self._labels.items():
            try:
                said = _said_by(label, _without_code(code, label), of_label)
            except Unreadable:
                if any(letter.isalnum() for letter in label):
                    self.unknown[code] = label
            else:
                if said is not None or any(letter.isalnum() for letter in label):
                    self._said[code] = said
        self._lacking = [code for code in self.unknown if code in telling]
        self.renumbered = any(self._differs(code) for code in self._said)

    def _differs(self, code: str) -> bool:
        if self._said[code] is None:
            return False
        try:
            return self._plain(code) != self._said[code]
        except Unreadable:
            return True

    def read(self, text: str) -> _Said | None:
        """Return what the label of a code says, or the code itself; None for no answer.

        A label that is not understood is unreadable, and so is a code without label where the
        others are numbered otherwise.
        """
        code = text.strip()
        if code in self._said:
            return self._said[code]
        if code in self.unknown:
            raise Unreadable(self._labels[code], "label")
        said = self._plain(text)
        if said is not None and (self.renumbered or self._lacking) and not self._declared(code):
            raise Unreadable(text, "numbering")
        return said

    def told_only_by_labels(self, used: Collection[str]) -> list[str]:
        """Return the labels not understood of codes that nobody gave, where they show the order."""
        return [self.unknown[code] for code in self._lacking if code not in used]

    def same_labels(self, used: Collection[str]) -> dict[str, list[str]]:
        """Return the labels, not of missing answers, that several codes in use have."""
        codes: dict[str, list[str]] = {}
        for code in used:
            if self._said.get(code) is not None:
                codes.setdefault(fold_wording(self._labels[code]), []).append(code)
        return {
            self._labels[several[0]]: sorted(several)
            for several in codes.values()
            if len(several) > 1
        }


def read_by_labels(
    cells: Cells,
    labelled: LabelledReader[Any],
    dtype: str,
    *,
    expected: Phrase,
    book: CodeBook,
) -> AnswerColumns:
    """Read a column by its labels, and note the labels that leave a doubt."""
    used = [text.strip() for text in cells.distinct]
    column = cells.read(labelled.read, dtype, expected=expected, name=book.name, book=book)
    doubtful = [
        Unread("label", label, book.name, cells, (), expected, book)
        for label in labelled.told_only_by_labels(used)
    ]
    same = labelled.same_labels(used).items()
    doubtful += [
        Unread(
            "same label",
            phrase("'{label}' for {codes}", label=label, codes=", ".join(codes)),
            *(book.name, cells, (), expected, book),
        )
        for label, codes in same
    ]
    return replace(column, unread=(*column.unread, *doubtful))


def _said_by(
    label: str, without_code: str, of_label: Callable[[str], _Said | None]
) -> _Said | None:
    """Return what a label says; what it says without its code, where it says nothing whole.

    The words of an answer may begin with the number that the file has for it ("1-2" of the code 1).
    """
    if label != without_code:
        with suppress(Unreadable):
            return of_label(label)
    return of_label(without_code)


def _without_code(code: str, label: str) -> str:
    """Return a label without the code that it repeats ("1 - Agree" of the code 1)."""
    return re.sub(rf"^{re.escape(code)}\s*[-–—.:)=]\s*(?=\S)", "", label)
