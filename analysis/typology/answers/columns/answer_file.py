"""A file of answers with its columns found: what every reader of a column is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from unicodedata import is_normalized

import numpy as np
import pandas as pd

from typology.answers.cells.answer_cells import Cells
from typology.answers.headings.matching import ColumnMatch
from typology.answers.platforms import AnswerTable
from typology.questionnaire import Question
from typology.questionnaire.header_names import fold_wording, is_words_key
from typology.words.number_conventions import Conventions
from typology.words.visible_text import shorten

_Said = TypeVar("_Said")
Reader = Callable[[str], _Said | None]


@dataclass(frozen=True)
class AnswerFile:
    """A file of answers, its columns found, and how it writes."""

    table: AnswerTable
    match: ColumnMatch
    rows: pd.Series[Any]  # how each row is called in a problem
    conventions: Conventions

    def cells(self, key: str) -> Cells:
        """Return the cells of the column that holds something, accents in one piece (NFC)."""
        number = self.match.columns[key]
        texts = self.table.cells[number].reset_index(drop=True)
        numbers = self.table.numbers.get(number)
        for other in self.match.shared.get(key, ())[1:]:
            own = self.table.cells[other].reset_index(drop=True)
            here = self.table.filled(other)
            if is_words_key(key):
                own = own.mask(here & (texts.str.strip() != ""), texts + "; " + own)
            texts = texts.mask(here, own)
            if numbers is not None or other in self.table.numbers:
                nothing = np.zeros(len(texts), dtype=bool)
                stored = self.table.numbers.get(other, nothing)
                numbers = np.where(here, stored, nothing if numbers is None else numbers)
        if not all(is_normalized("NFC", str(text)) for text in texts.unique()):
            texts = texts.str.normalize("NFC")
        return Cells(
            texts=texts,
            key=key,
            header=shorten(self.table.headers[number]),
            labels=self.table.value_labels.get(number, {}),
            numbers=numbers,
            declared_missing=self.table.declared_missing.get(number, {}),
        )

    def texts(self, keys: Iterable[str]) -> set[str]:
        """Return the different cells of the columns that hold some things."""
        return {
            str(text) for key in keys for text in self.table.cells[self.match.columns[key]].unique()
        }


def declared_reader(question: Question, file: AnswerFile, plain: Reader[_Said]) -> Reader[_Said]:
    """Return a reader that takes a word of the file for what the study file declares."""
    words = {
        fold_wording(word): meaning
        for word, meaning in file.conventions.words_of(question.id).items()
    }
    return lambda text: plain(words.get(fold_wording(text), text)) if words else plain(text)
