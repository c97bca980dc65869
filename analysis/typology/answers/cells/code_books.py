"""Codes and the words for them: what a scale or a question's choices may be answered by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from types import MappingProxyType
from typing import Final, Literal
from unicodedata import category

from typology.questionnaire import Question, Scale
from typology.questionnaire.header_names import fold_wording
from typology.questionnaire.no_answer_words import says_none
from typology.words.number_conventions import Conventions
from typology.words.spelling import nearest_wording, of_lost_letters, same_sense

MISSING_WORDS: Final = frozenset(
    {
        *("", "-", "--", ".", "na", "n/a", "#n/a", "nan", "null"),
        *("no answer", "sans reponse", "non reponse", "pas de reponse"),
    }
)
"""Folded texts that mean "no answer", unless the questionnaire has a choice of that name.

They are signs, what programs write in empty cells, and words that say nothing else. "I do not
know" and "none" are not among them: they are answers, which the questionnaire has or has not."""

_SIGNS = frozenset({"-", "--"})
"""Those of them that are answers beside "+" and "++"."""

_CODE_AND_WORDS = (
    re.compile(r"(?P<code>[A-Za-z0-9+-]+?)\s*[-–—.:)=|/_→]\s*(?P<words>\S.*)", re.DOTALL),
    re.compile(r"[(\[]\s*(?P<code>[A-Za-z0-9+-]+)\s*[)\]]\s*(?P<words>\S.*)", re.DOTALL),
    re.compile(r"(?P<code>[A-Za-z0-9+-]+)\s*[(\[]\s*(?P<words>\S.*\S)\s*[)\]]", re.DOTALL),
    re.compile(r"(?P<code>[A-Za-z0-9+-]+)\s+(?P<words>\S.*)", re.DOTALL),
    re.compile(r"(?P<words>.*\S)\s*[(\[]\s*(?P<code>[A-Za-z0-9+-]+)\s*[)\]]", re.DOTALL),
    re.compile(r"(?P<words>.*\S)\s*[-–—:=|/]\s*(?P<code>[A-Za-z0-9]+)", re.DOTALL),
)
_TRUTHS = {"true": "1", "vrai": "1", "false": "0", "faux": "0"}
_YES_OR_NO = {"oui": "1", "yes": "1", "non": "0", "no": "0"}
_LETTER_OR_SPACE = re.compile(r"[^\W\d_]|\s")
_WHOLE_NUMBER = re.compile(r"([+-]?[0-9]{1,18})(?:[.,]0+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:[.,]000){1,5}")
_SHORTEST_CUT = 20
_SHORTEST_WITHIN = 4
"""Words that a text is taken to mean where it has them among others."""
_SPACED_SIGN = re.compile(r"\s*([,/()&+]|(?<=[0-9\s])-(?=[\s0-9]))\s*")

UnreadKind = Literal[
    "word", "code", "two answers", "two lists", "twice", "number", "bounds", "mark",
    "percent", "label", "same label", "numbering", "date",
]  # fmt: skip
"""Why an answer cannot be read."""


def whole_number(folded: str) -> str:
    """Return a whole number without the zeros after its mark; any other text as it is.

    >>> whole_number("99.0"), whole_number("99,5"), whole_number("no answer")
    ('99', '99,5', 'no answer')
    """
    return re.sub(r"^([+-]?\d+)[.,]0+$", r"\1", folded)


class Unreadable(Exception):  # noqa: N818 - says what the answer is, and never leaves this package
    """An answer that is none of those expected: what cannot be read in it, and why not."""

    def __init__(self, part: str, kind: UnreadKind = "word") -> None:
        super().__init__(part)
        self.part = part
        self.kind: UnreadKind = kind


class CodeBook:
    """Codes with their words in every language, read from either.

    ``no_answer`` adds texts to ``MISSING_WORDS``. ``declared`` gives other words and the code or
    the words they stand for, even where the file gives these to another answer; those that stand
    for nothing here are left out. With ``signs``, "-"
    is an answer, as "+" is. ``name`` is the id of the scale or of the question.

    >>> book = CodeBook([("1", ["Plutôt d'accord"]), ("2", ["D'accord"])], declared={"Ok": "2"})
    >>> texts = ("2.0", "plutot d’accord", "1 - Plutôt d'accord", "n/a", "OK")
    >>> [book.read(text) for text in texts]
    ['2', '1', '1', None, '2']
    >>> turned = CodeBook([("1", ["No"]), ("2", ["Yes"])], declared={"1": "2", "2": "1"})
    >>> turned.read("1"), turned.read("2"), turned.read("Yes")
    ('2', '1', '2')
    """

    def __init__(
        self,
        entries: Iterable[tuple[str, Iterable[str]]],
        no_answer: Sequence[str] = (),
        *,
        declared: Mapping[str, str] = MappingProxyType({}),
        signs: bool = False,
        name: str = "",
    ) -> None:
        self.name = name
        self.words: dict[str, str] = {}  # code -> words, for messages
        self._written: list[str] = []
        self._known: dict[str, set[str]] = {}
        self._by_words: dict[str, set[str]] = {}
        for code, words in entries:
            written = [text for text in words if text.strip()]
            self._written += written
            for text in written:
                self._by_words.setdefault(fold_wording(text), set()).add(code)
            self.words[code] = written[0] if written else code
            for text in (code, *written):
                self._known.setdefault(fold_wording(text), set()).add(code)
        self._index()
        self._missing = MISSING_WORDS - (_SIGNS if signs else set())
        self._missing |= {fold_wording(text) for text in no_answer}
        self._declared: dict[str, str | None] = {}
        # What a word means is an answer of the questionnaire, whatever the file means by it.
        known = {word: self.read(meaning) for word, meaning in declared.items()
                 if self.understands(meaning)}  # fmt: skip
        self._declared |= {fold_wording(word): code for word, code in known.items()}
        for word, meaning in declared.items():
            if word not in known and self.understands(meaning):
                self._declared[fold_wording(word)] = self.read(meaning)

    def _index(self) -> None:
        """Prepare the other ways to write the codes and the words."""
        self._tight = {_tight(text): codes for text, codes in self._known.items()}
        self._numbers: dict[int, set[str]] = {}
        for text, codes in self._known.items():
            if _WHOLE_NUMBER.fullmatch(text):
                self._numbers.setdefault(int(float(text)), set()).update(codes)

    def of_words(self, texts: Callable[[], Iterable[str]]) -> CodeBook:
        """Return the book by which to read texts that belong together, as those of a column.

        A number may be the code of an answer and the word of another. It is a word where all texts
        are words and some can be nothing else; otherwise nothing is taken for granted.

        >>> book = CodeBook([("1", ["0"]), ("2", ["1"]), ("3", ["2 or more"])])
        >>> book.understands("1"), book.of_words(lambda: ["0", "1", "2 or more"]).read("1")
        (False, '2')
        >>> book.of_words(lambda: ["0", "1", "3"]).understands("1")
        False
        """
        shared = {text for text, codes in self._known.items() if len(codes) > 1}
        shared &= {fold_wording(code) for code in self.words}
        if not shared:
            return self
        said = {whole_number(fold_wording(text)) for text in texts()} - self._missing
        codes = {fold_wording(code) for code in self.words}
        if not said <= self._by_words.keys() or said <= codes:
            return self
        settled = copy(self)
        settled._known = self._known | {text: self._by_words[text] for text in shared
                                        if text in self._by_words}  # fmt: skip
        settled._index()
        return settled

    def read(self, text: str) -> str | None:
        """Return the code that a text says, None for no answer.

        A text is a code, its words, or both ("1 - words", "(1) words", "1 words", "words (1)",
        "words: 1"), or its words in two languages ("words / words"); one that is none of these, or
        says two codes, raises `Unreadable`.
        """
        text = text.strip()
        folded = fold_wording(text)
        if folded in self._declared:
            return self._declared[folded]
        if text in self.words and self._known[folded] == {text}:
            return text
        found = self._find(folded)
        if not found and not self._missing.isdisjoint({folded, whole_number(folded)}):
            return None
        found = found or self._code_and_words(text)
        if len(found) != 1:
            raise Unreadable(text, "two answers" if found else unreadable_kind(text))
        return next(iter(found))

    def understands(self, text: str) -> bool:
        """Return whether a text says a code, or no answer."""
        try:
            self.read(text)
        except Unreadable:
            return False
        return True

    def declares(self, text: str) -> bool:
        """Return whether the study file says what a text means."""
        return fold_wording(text) in self._declared

    @property
    def says_none(self) -> bool:
        """Return whether one of the answers is "none"."""
        return any(map(says_none, self._written))

    def read_label(self, label: str) -> str | None:
        """Return the code that a value label says, as :meth:`read`, also of words cut short.

        Statistics programs cut long labels; one that begins the words of two codes is unreadable.
        """
        try:
            return self.read(label)
        except Unreadable:
            cut = fold_wording(label)
            begun = {code for known, codes in self._known.items() if known.startswith(cut)
                     for code in codes}  # fmt: skip
            if len(cut) < _SHORTEST_CUT or len(begun) != 1:
                raise
            return next(iter(begun))

    def _find(self, folded: str) -> set[str]:
        """Return the codes that a word or a number says."""
        if folded in self._known:
            return self._known[folded]
        if folded in _TRUTHS:
            return self._truth(_TRUTHS[folded])
        if len(tight := self._tight.get(_tight(folded), set())) == 1:
            return tight
        declared = self._declared.get(folded)
        if declared is not None:
            return {declared}
        found: set[str] = set()
        whole = _WHOLE_NUMBER.fullmatch(folded)
        if whole:
            found |= self._numbers.get(int(whole[1]), set())
        if _THOUSANDS.fullmatch(folded):
            found |= self._numbers.get(int(re.sub("[.,]", "", folded)), set())
        return found

    def _truth(self, code: str) -> set[str]:
        """Return the code of true or false, where the codes are 1 and 0 and no word denies it.

        >>> book = CodeBook([("0", ["No"]), ("1", ["Yes"])])
        >>> book.read("TRUE"), book.read("FAUX")
        ('1', '0')
        """
        said = {known: _YES_OR_NO.get(fold_wording(text)) for known, text in self.words.items()}
        kept = said.keys() == {"0", "1"} and all(
            each in (None, known) for known, each in said.items()
        )
        return {code} if kept else set()

    def _code_and_words(self, text: str) -> set[str]:
        if not _LETTER_OR_SPACE.search(text):  # "4.4" is a number, not code 4 and the words "4"
            return set()
        for form in _CODE_AND_WORDS:
            parts = form.fullmatch(text)
            if parts is None:
                continue
            by_code = self._find(fold_wording(parts["code"]))
            by_words = self._find(fold_wording(parts["words"]))
            if by_code and by_words:
                return by_code & by_words or by_code | by_words
        return self._in_two_languages(text)

    def _in_two_languages(self, text: str) -> set[str]:
        """Return the codes of words with those of another language behind a slash."""
        for slash in re.finditer("/", text):
            before, after = text[: slash.start()], text[slash.end() :]
            if all(any(map(str.isalpha, each)) for each in (before, after)):
                one, other = self._find(fold_wording(before)), self._find(fold_wording(after))
                if one and other:
                    return one & other or one | other
        return set()

    def is_twofold(self, text: str) -> bool:
        """Return whether a text is the code of one answer and the words of another.

        >>> CodeBook([("1", ["0"]), ("2", ["1"])]).is_twofold("1")
        True
        """
        folded = fold_wording(text)
        return folded in map(fold_wording, self.words) and len(self._known.get(folded, ())) > 1

    def words_beside(self, text: str) -> str:
        """Return the words of a text that has the code of another answer before or after them.

        >>> book = CodeBook([("1", ["No"]), ("2", ["Yes"])])
        >>> book.words_beside("1 - Yes"), book.words_beside("No - Yes")
        ('Yes', '')
        """
        written = set(map(fold_wording, self._written))
        for form in _CODE_AND_WORDS:
            parts = form.fullmatch(text.strip())
            if parts is None or fold_wording(parts["code"]) in written:
                continue
            found = self._find(fold_wording(parts["words"]))
            if len(found) == 1 and self._find(fold_wording(parts["code"])) - found:
                return self.words[next(iter(found))]
        return ""

    def codes_only(self, parts: Sequence[str]) -> bool:
        """Return whether each text is the code of a choice, as it is written."""
        return all(part in self.words for part in parts)

    def nearest_words(self, text: str) -> str:
        """Return the words nearest to a text, or "" when none are or they say the contrary.

        None are where the text has the words of several answers: one alone would lose the others.

        >>> book = CodeBook([("a", ["Sites and apps"]), ("b", ["Tea"])])
        >>> book.nearest_words("Sites and app"), book.nearest_words("Sites and apps, then tea")
        ('Sites and apps', '')
        """
        whole_text = of_lost_letters(text, self._written)
        if whole_text is not None:
            return whole_text
        folded = fold_wording(text)
        said = {each for each in map(fold_wording, self._written) if each and each in folded}
        whole = [each for each in said if not any(each in other for other in said - {each})]
        if len(whole) > 1:
            return ""
        for each in self._written:
            known = fold_wording(each)
            alone = len(known) >= _SHORTEST_WITHIN and re.search(rf"\b{re.escape(known)}\b", folded)
            if known in whole and alone and same_sense(text, each):
                return each
        return nearest_wording(text, self._written)

    @property
    def described(self) -> str:
        """Return the codes and words, for messages."""
        listed = [
            code if words == code else f"{code} ({words})" for code, words in self.words.items()
        ]
        if len(listed) > 8:
            listed = [*listed[:7], "..."]
        return ", ".join(listed)


def _tight(folded: str) -> str:
    """Return a text without the spaces around its signs.

    >>> _tight("video, teleconsultation (more)")
    'video,teleconsultation(more)'
    """
    return _SPACED_SIGN.sub(r"\1", folded)


def scale_book(name: str, scale: Scale, conventions: Conventions, *of: str) -> CodeBook:
    """Return the codes and words of a scale, and of what it offers beside its points.

    ``of`` are the ids of the block and of the item, for which other words may be declared.
    """
    entries = [(str(point.code), (point.fr, point.en)) for point in scale.points]
    beside = scale.no_opinion
    if beside is not None:
        entries.append((str(beside.code), (beside.fr, beside.en)))
    declared = conventions.words_of(name, *of)
    return CodeBook(
        entries, conventions.no_answer, declared=declared, signs=conventions.signs, name=name
    )


def choice_book(question: Question, conventions: Conventions) -> CodeBook:
    """Return the codes and words of the choices of a question on the respondent."""
    entries = [(choice.code, (choice.fr, choice.en)) for choice in question.choices]
    declared = conventions.words_of(question.id)
    return CodeBook(
        entries, conventions.no_answer, declared=declared, signs=conventions.signs, name=question.id
    )


def unreadable_kind(text: str) -> UnreadKind:
    """Return whether a text that says nothing known is a word or a code.

    >>> [unreadable_kind(text) for text in ("peut-être", "4.5", "★★", "?")]
    ['word', 'code', 'word', 'code']
    """
    drawn = any(category(letter) in ("So", "Sk") for letter in text)  # stars, faces
    signs = set(text) <= {"+", "-"}
    return "word" if signs or drawn or any(letter.isalpha() for letter in text) else "code"
