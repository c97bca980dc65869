"""What is wrong with an input, said so that its author can put it right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from typology.words.number_conventions import study_line
from typology.words.phrases import Phrase, joined, phrase


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: where it is, what was found, what to do.

    >>> problem = Problem("112", "F07", "6", phrase("a code from {low} to {high}", low=1, high=5),
    ...                   phrase("Correct it."))
    >>> print(problem)
    row 112, column F07: found '6', expected a code from 1 to 5. Correct it.
    >>> print(problem.text("fr").replace("\N{NO-BREAK SPACE}", " "))
    ligne 112, colonne F07 : trouvé « 6 », attendu un code de 1 à 5. Corrigez-le.
    """

    row: str  # the respondent or line concerned; empty when no row is
    column: str  # empty when no column is concerned
    value: str  # as it stands there, or described by a phrase; empty when nothing was
    expected: Phrase  # the end of "expected ..."
    remedy: Phrase  # a sentence
    # what is no cell of a table: "questionnaire.yml › blocks › fears › items › F07 › en"
    where: str = ""
    count: int = 0  # how many cells have it; 0 when none is concerned
    # what to add to the study file: its keys and their whole values
    study_lines: Mapping[str, object] = field(default_factory=dict, hash=False)
    # the steps of ``where`` within its file, as keys and positions: ("blocks", 0, "title", "fr")
    keys: tuple[str | int, ...] = field(default=(), compare=False, repr=False)
    # the titles of columns that name nothing asked, and what was asked and has no column
    unknown: tuple[str, ...] = field(default=(), compare=False, repr=False)
    lacking: tuple[str, ...] = field(default=(), compare=False, repr=False)

    @property
    def found(self) -> str:
        """Return what was found, and how many times when it was more than once."""
        if self.value and self.count > 1:
            return phrase("{value} ({count} times)", value=self.value, count=self.count)
        return self.value

    @property
    def advice(self) -> Phrase:
        """Return the remedy, ended by the lines to add to the study file."""
        lines = [study_line(key, value) for key, value in self.study_lines.items()]
        return joined([self.remedy, *lines])

    @property
    def place(self) -> Phrase:
        """Return where the problem is: the place in words, then the row and the column."""
        row = phrase("row {row}", row=self.row) if self.row else ""
        column = phrase("column {column}", column=self.column) if self.column else ""
        cell = joined([row, column], ", ")
        if self.where and cell:
            return phrase("{place}: {rest}", place=self.where, rest=cell)
        return joined([self.where, cell])

    def __str__(self) -> str:
        return str(self._sentence())

    def text(self, language: str) -> str:
        """Return the problem as a sentence or two."""
        return self._sentence().in_(language)

    def _sentence(self) -> Phrase:
        if not self.value:
            found = phrase("found nothing")
        elif isinstance(self.value, Phrase):
            found = phrase("found {value}", value=self.value)
        else:
            found = phrase("found '{value}'", value=self.value.replace("\n", " "))
        if self.value and self.count > 1:
            found = phrase("{value} ({count} times)", value=found, count=self.count)
        told = phrase("{found}, expected {expected}.", found=found, expected=self.expected)
        place = self.place
        told = phrase("{place}: {rest}", place=place, rest=told) if place else told
        return joined([told, self.advice])


def study_lines(problems: Iterable[Problem]) -> list[str]:
    """Return the lines that problems would add to the study file, one a key.

    >>> one, other = (Problem("", "", "", phrase(""), phrase(""), study_lines={"no_answer": [word]})
    ...               for word in ("NSP", "Refus"))
    >>> study_lines([one, other])
    ['no_answer: ["NSP", "Refus"]']
    """
    keys: dict[str, object] = {}
    for problem in problems:
        for key, value in problem.study_lines.items():
            keys[key] = _together(keys[key], value) if key in keys else value
    return [study_line(key, value) for key, value in keys.items()]


def _together(one: object, other: object) -> object:
    """Return what two lines of one key say."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        shared = {key: _together(one[key], other[key]) for key in one.keys() & other.keys()}
        return {**one, **other, **shared}
    if isinstance(one, list) and isinstance(other, list):
        return list(dict.fromkeys([*one, *other]))
    return other


class InputError(Exception):
    """An input that cannot be used, raised once with all its problems.

    ``notices`` are what was decided while reading, which may explain the problems.

    >>> print(InputError(Problem("", "", "", phrase("a file"), phrase("Correct it."), "a.csv")))
    a.csv: found nothing, expected a file. Correct it.
    """

    problems: tuple[Problem, ...]
    notices: tuple[str, ...]

    def __init__(
        self, problems: Problem | Iterable[Problem], *, notices: Iterable[str] = ()
    ) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.notices = tuple(notices)
        if not self.problems:
            raise ValueError("An InputError needs at least one problem.")
        super().__init__(self.problems)

    def __str__(self) -> str:
        if len(self.problems) == 1:
            return str(self.problems[0])
        listed = "\n".join(f"  - {problem}" for problem in self.problems)
        return f"{len(self.problems)} problems:\n{listed}"
