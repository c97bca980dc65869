"""Codes and the words for them: what a scale or a question's choices may be answered by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from typology.known_names import fold_wording
from typology.phrases import Phrase
from typology.questionnaire import Choice, Scale
from typology.spelling import did_you_mean

MISSING_WORDS: Final = frozenset(
    {
        *("", "-", "--", ".", "na", "n/a", "#n/a", "nan", "null", "none"),
        *("no answer", "sans reponse", "non reponse", "pas de reponse"),
    }
)
"""Folded texts that mean "no answer", unless the questionnaire has a choice of that name.

"I do not know" is not among them: it is an answer, which the questionnaire has or has not."""

_CODE_AND_WORDS = (
    re.compile(r"(?P<code>[A-Za-z0-9+-]+?)\s*[-–—.:)=|]\s*(?P<words>\S.*)", re.DOTALL),
    re.compile(r"(?P<words>.*\S)\s*[(\[]\s*(?P<code>[A-Za-z0-9+-]+)\s*[)\]]", re.DOTALL),
)


class Unreadable(Exception):  # noqa: N818 - says what the answer is, and never leaves this package
    """An answer that is none of those expected."""


class CodeBook:
    """Codes with their words, read from either.

    Parameters
    ----------
    entries : iterable of (code, words)
        Each code with its words in every language.
    no_answer : sequence of str
        Texts that mean "no answer" besides ``MISSING_WORDS``.

    Examples
    --------
    >>> book = CodeBook([("1", ["Plutôt d'accord"]), ("2", ["D'accord"])])
    >>> [book.read(text) for text in ("2.0", "plutot d’accord", "1 - Plutôt d'accord", "n/a")]
    ['2', '1', '1', None]
    """

    def __init__(
        self, entries: Iterable[tuple[str, Iterable[str]]], no_answer: Sequence[str] = ()
    ) -> None:
        self.words: dict[str, str] = {}  # code -> words, for messages
        self._written: list[str] = []
        self._known: dict[str, set[str]] = {}
        for code, words in entries:
            written = [text for text in words if text.strip()]
            self._written += written
            self.words[code] = written[0] if written else code
            for text in (code, *written):
                self._known.setdefault(fold_wording(text), set()).add(code)
        self._missing = MISSING_WORDS | {fold_wording(text) for text in no_answer}

    def read(self, text: str) -> str | None:
        """Return the code that a text says, None for no answer.

        Parameters
        ----------
        text : str
            A code, its words, or both ("1 - words", "words (1)").

        Returns
        -------
        str or None
            The code.

        Raises
        ------
        Unreadable
            If the text is none of these, or says two codes.
        """
        text = text.strip()
        folded = fold_wording(text)
        if text in self.words and self._known[folded] == {text}:
            return text
        found = self._find(folded)
        if not found and folded in self._missing:
            return None
        found = found or self._code_and_words(text)
        if len(found) != 1:
            raise Unreadable(text)
        return next(iter(found))

    def _find(self, folded: str) -> set[str]:
        if folded in self._known:
            return self._known[folded]
        whole = re.fullmatch(r"([+-]?\d+)[.,]0+", folded)
        return self._known.get(whole[1], set()) if whole else set()

    def _code_and_words(self, text: str) -> set[str]:
        for form in _CODE_AND_WORDS:
            parts = form.fullmatch(text)
            if parts is None:
                continue
            by_code = self._find(fold_wording(parts["code"]))
            by_words = self._find(fold_wording(parts["words"]))
            if by_code and by_words:
                return by_code & by_words or by_code | by_words
        return set()

    def nearest(self, text: str) -> Phrase:
        """Return "Did you mean ...?" for the words nearest to a text, or ""."""
        return did_you_mean(text, self._written)

    @property
    def described(self) -> str:
        """Return the codes and words, for messages."""
        listed = [
            code if words == code else f"{code} ({words})" for code, words in self.words.items()
        ]
        if len(listed) > 8:
            listed = [*listed[:7], "..."]
        return ", ".join(listed)


def scale_book(scale: Scale, no_answer: Sequence[str] = ()) -> CodeBook:
    """Return the codes and words of a scale.

    Parameters
    ----------
    scale : Scale
        The scale of an item.
    no_answer : sequence of str
        Texts that mean "no answer".

    Returns
    -------
    CodeBook
        Its codes as text.
    """
    return CodeBook(((str(point.code), (point.fr, point.en)) for point in scale.points), no_answer)


def choice_book(choices: Sequence[Choice], no_answer: Sequence[str] = ()) -> CodeBook:
    """Return the codes and words of a question's choices.

    Parameters
    ----------
    choices : sequence of Choice
        The choices of a question.
    no_answer : sequence of str
        Texts that mean "no answer".

    Returns
    -------
    CodeBook
        The choices' codes.
    """
    return CodeBook(((choice.code, (choice.fr, choice.en)) for choice in choices), no_answer)


class LabelledBook:
    """Codes of a statistics file, understood by the labels the file gives them.

    Parameters
    ----------
    book : CodeBook
        What the questionnaire expects.
    labels : mapping of str to str
        The file's codes and labels.

    Notes
    -----
    A label that the questionnaire knows decides. A code without such a label is read as the
    questionnaire's code, unless the file's known labels show that it numbers the answers
    otherwise: then it is unreadable, rather than guessed.
    """

    def __init__(self, book: CodeBook, labels: Mapping[str, str]) -> None:
        self._book = book
        self._by_code: dict[str, str | None] = {}
        for code, label in labels.items():
            try:
                self._by_code[code] = book.read(label)
            except Unreadable:
                continue
        self.renumbered = any(own not in (None, code) for code, own in self._by_code.items())

    def read(self, text: str) -> str | None:
        """Return the questionnaire's code of a value, None for no answer.

        Parameters
        ----------
        text : str
            The file's code.

        Returns
        -------
        str or None
            The questionnaire's code.

        Raises
        ------
        Unreadable
            If neither the label nor the code says it.
        """
        if text in self._by_code:
            return self._by_code[text]
        if self.renumbered and text.strip() and text.strip() in self._book.words:
            raise Unreadable(text)
        return self._book.read(text)
