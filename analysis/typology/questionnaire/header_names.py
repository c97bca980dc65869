"""Every way in which a header may name an item, a question or a choice."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from typology.questionnaire.derived_headings import Derived, marked_parts, only_asks_to_specify
from typology.questionnaire.questionnaire import (
    LANGUAGES,
    Asked,
    Choice,
    Item,
    Question,
    Questionnaire,
)
from typology.words.spelling import fold
from typology.words.visible_text import INVISIBLE

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_QUOTES = re.compile('[«»"“”„‟]')
_CHOICE = re.compile(r"\s*\((?:choice|choix)\s*=\s*(.*)\)\s*", re.DOTALL)  # as REDCap writes it
_JOINTS = (":", "_", ".", "/", "__", "___", "::")
_WORDS_ENDINGS = (
    *(":text", "_text", ".text", "/text", "[text]", " [text]", " text"),
    *("_comment", "[comment]", " [comment]", "_texte", "[texte]", " [texte]", "_other", "[other]"),
)
_OTHER_TITLES = (
    *("other (please specify)", "autre (veuillez preciser)", "autre (a preciser)"),
    *("autre (precisez)", "sonstiges (bitte angeben)", "otro (especifique)"),
    *("otros (especifique)", "altro (specificare)", "outro (especifique)"),
    *("anders (geef nadere toelichting)", "overige (geef nadere toelichting)"),
)
"""What survey platforms call the field beside "other" by default, folded."""
_RANK_TITLES = ("rank ", "ranking ", "rang ", "classement ", "rang n°")
_SELECTED = re.compile(
    r"\s+[-–—]\s+(?:selected choice|choix s[ée]lectionn[ée]|ausgew[äa]hlte antwort)"
    r"(?=\s*$|\s+[-–—]\s)",
    re.IGNORECASE,
)
"""What Qualtrics writes after a question one choice of which has a field of its own."""
_FIELD_TITLES = ("text", "texte")
"""What Qualtrics calls that field."""
_CODE_FIRST = re.compile(r"\s*[A-Za-z]{1,6}\d+(?:[\[_.]\w+\]?)*\s+(?P<rest>\S.*)", re.DOTALL)
_NUMBER_FIRST = re.compile(
    r"\s*(?:[A-Z]|question|item)?\s?\d{1,3}(?:[._-]\d{1,3})*[A-Z]?[\s.):_-]+",
    re.ASCII | re.IGNORECASE,
)
"""A number before a wording: "1.1 ", "Q4a) ", "Q01_", "Question 3: "."""
_OPEN_FIELD = re.compile(r"\s*:\s*(?:\[\d\d\]|\.\.\.(?:\s\w{1,12})?)\s*$")
"""What SoSci Survey writes after a question that is answered by a text or a number."""
_SHORTEST_PLAIN = 8
_GROUP_ENDS = re.compile(r"/|::|\.(?=\S)")
_SHORTEST_CUT = 60
_FEWEST_SPACES = 2
_SHORTEST_BEGINNING = 15
_CUT_SIGN = re.compile(r"\s*(?:\.{2,}|…)\s*\]?\s*$")
_SEPARATOR = re.compile(r"\s*(?:[.:)|]|[-–—](?=\s))\s*")


def fold_wording(text: str) -> str:
    """Return a wording without what survey tools and keyboards change in it.

    Left out are HTML tags, quotes, final punctuation, accents, case, typography.

    >>> fold_wording("<b>L’équipe « soudée »</b>&nbsp;: *")
    "l'equipe soudee"
    """
    plain = INVISIBLE.sub("", html.unescape(_TAG.sub(" ", text)))
    folded = fold(_QUOTES.sub(" ", plain))
    return folded.rstrip(" .:;?!*,") or folded


def words_key(question: str, code: str) -> str:
    """Return the name of the column that holds the words of whoever chose "Other: ..."."""
    return f"{question}:{code}:text"


def is_words_key(key: str) -> bool:
    """Return whether a name is of the words that follow a choice."""
    return key.count(":") == 2 and key.endswith(":text")


def rank_key(question: str, rank: int) -> str:
    """Return the name of the column that holds the choice of a rank."""
    return f"{question}#{rank}"


def themes_key(question: str) -> str:
    """Return the name of the column that lists the themes of a text."""
    return f"{question}::themes"


class KnownNames:
    """Every way a header may name something asked."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.wordings: dict[str, str] = {}  # key -> wording, for messages
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._texts: dict[str, set[str]] = defaultdict(set)
        self._shorts: dict[str, set[str]] = defaultdict(set)
        self._plain: dict[str, set[str]] = defaultdict(set)  # wordings, letters and digits alone
        self._both: dict[str, set[str]] = defaultdict(set)  # with what stands above, likewise
        self._choices: dict[str, dict[str, str]] = {}
        self._worded: dict[str, dict[str, str]] = {}  # question -> choice in words -> its words
        self._worded_codes: dict[str, set[str]] = defaultdict(set)
        self._alone: dict[str, dict[str, str]] = {}  # of multiple questions: words -> choice
        self._ranked: set[str] = set()
        self._titles: dict[str, set[str]] = defaultdict(
            set
        )  # what stands above a block -> its items
        for block in questionnaire.blocks:
            self._titles[fold_wording(block.id)] |= {item.id for item in block.items}
            for item in block.items:
                self._add(item)
            for text in (block.title, block.intro or block.title):
                for language in LANGUAGES:
                    self._add_block(text.in_(language), block.items, language)
        for question in questionnaire.respondent:
            self._add(question)
            self._add_own_words(question)
            if question.type not in ("multiple", "rank") and not question.themes:
                continue
            if question.type == "rank":
                self._ranked.add(question.id)
            if question.type in ("rank", "multiple"):
                self._add_places(question)
            self._choices[question.id] = {}
            for choice in question.parts:
                self._add_choice(question, choice)

    def _add_block(self, title: str, items: Sequence[Item], language: str) -> None:
        """Add what stands above a block, and the wordings below it."""
        self._titles[fold_wording(title)] |= {item.id for item in items}
        for item in items:
            self._add_both(title, item.in_(language), item.id)

    def _add_choice(self, question: Question, choice: Choice) -> None:
        """Add the columns of a choice."""
        key = f"{question.id}:{choice.code}"
        self.wordings[key] = f"{question.in_(LANGUAGES[0])} [{choice.in_(LANGUAGES[0])}]"
        for joint in _JOINTS:
            self._ids[fold_wording(f"{question.id}{joint}{choice.code}")].add(key)
        for name in (choice.code, choice.fr, choice.en):
            self._choices[question.id].setdefault(fold_wording(name), key)
        for language in LANGUAGES:
            self._add_both(question.in_(language), choice.in_(language), key)
            if question.type == "multiple":
                said = fold_wording(choice.in_(language))
                self._alone.setdefault(question.id, {})[said] = key

    def _add_own_words(self, question: Question) -> None:
        """Add the columns of the words that follow "Other: ...", and of the themes of a text."""
        for choice in question.worded_choices:
            key = words_key(question.id, choice.code)
            said = {fold_wording(choice.in_(each)): key for each in LANGUAGES}
            self._worded.setdefault(question.id, {}).update(said)
            self._worded_codes[question.id].add(choice.code)
            for name in _names_of_words(question, choice):
                self._ids[fold_wording(name)].add(key)
        if question.themes:
            for name in (f"{question.id}_themes", f"{question.id}:themes", question.themes_column):
                self._ids[fold_wording(name)].add(themes_key(question.id))
        self._ids.pop("", None)

    def _add_places(self, question: Question) -> None:
        """Add the columns that hold the first choice, the second, ...: "reasons[1]", "tools_1"."""
        for rank in range(1, len(question.choices) + 1):
            key = rank_key(question.id, rank)
            if question.type == "rank":
                names = [f"{question.id}[{rank}]"]
                names += [
                    named
                    for language in LANGUAGES
                    for title in _RANK_TITLES
                    for named in (
                        f"{question.in_(language)} [{title}{rank}]",
                        f"{question.in_(language)} - {title}{rank}",
                    )
                ]
            else:
                names = [f"{question.id}_{rank}"]
                names += [f"{question.in_(language)}_{rank}" for language in LANGUAGES]
            if str(rank) in question.choice_codes:
                names = names[1:]
            for name in names:
                self._ids[fold_wording(name)].add(key)

    def _add(self, asked: Asked) -> None:
        self.wordings[asked.id] = asked.in_(LANGUAGES[0])
        for name in (asked.id, asked.column):
            self._ids[fold_wording(name)].add(asked.id)
        for language in LANGUAGES:
            self._texts[fold_wording(asked.in_(language))].add(asked.id)
            self._shorts[fold_wording(asked.short.in_(language))].add(asked.id)
            for text in (asked.in_(language), asked.short.in_(language)):
                self._plain[_letters(text)].add(asked.id)
        for names in (self._ids, self._texts, self._shorts):
            names.pop("", None)

    def _add_both(self, above: str, below: str, key: str) -> None:
        """Add a wording with what stands above it, before or after, whatever is between them."""
        above, below = _letters(above), _letters(below)
        if above and below:
            self._both[above + below].add(key)
            self._both[below + above].add(key)

    def find(self, header: str) -> set[str]:
        """Return the keys a header names: none, one, or several when it is ambiguous.

        They are item ids, question ids, or "question:choice"; none of a column made from one.
        """
        return set() if self.derived(header) else self._found(header).copy()

    def derived(self, header: str) -> Derived | None:
        """Return what a header says that its column is made from, None if it says none.

        Such headers are "G1 - Timing", "Order: G1", "G1 [reversed]", "G1_DO".
        """
        header = self._with_spaces(header)
        parts = list(marked_parts(header))
        if not parts or self._is_said_twice(header):
            return None
        for rest, meaning, apart in parts:
            keys = self._whole(rest) or (self._found(rest) if apart else set())
            if keys:
                return Derived(frozenset(keys), meaning)
        return None

    def _is_said_twice(self, header: str) -> bool:
        """Return whether all of a header is known: a name, its choice, its wording, its block."""
        found = self._found(header)
        if self._whole(header) or any(":" in key for key in found):
            return True
        cuts = [(head, rest) for head, rest, _ in _cuts(header)]
        cuts += [(head, rest.rstrip("] ")) for head, _, rest in [header.partition("[")] if rest]
        return any(
            self._whole(rest) & (self._ids.get(folded, set()) | self._titles.get(folded, set()))
            for folded, rest in ((fold_wording(head), rest) for head, rest in cuts)
        )

    def _found(self, header: str) -> set[str]:
        header = _SELECTED.sub("", _CHOICE.sub(r" [\1]", self._with_spaces(header)))
        header = _OPEN_FIELD.sub("", header)
        return (
            self._whole(header)
            or self._in_brackets(header)
            or self._both.get(_letters(header), set())
            or self._after_separator(header)
            or self._in_group(header)
            or self._after_code(header)
            or self._in_letters(header)
        )

    def _with_spaces(self, header: str) -> str:
        """Return a heading in which LimeSurvey wrote underscores for spaces as it was worded."""
        spaced = header.replace("_", " ")
        if " " in header or spaced.count(" ") < _FEWEST_SPACES or self._whole(header):
            return header
        return spaced if self._whole(spaced) or self._in_brackets(spaced) else header

    def is_in_group(self, header: str) -> bool:
        """Return whether a header names something only without the group that it begins with."""
        header = _CHOICE.sub(r" [\1]", header)
        named = self._whole(header) or self._in_brackets(header) or self._after_separator(header)
        return not named and bool(self._in_group(header))

    def find_label(self, label: str) -> set[str]:
        """Return the keys that a label of a statistics file names, also one that was cut short."""
        found = self.find(label)
        cut = fold_wording(label)
        if found or len(cut) < _SHORTEST_CUT:
            return found
        begun = [keys for wording, keys in self._texts.items() if wording.startswith(cut)]
        return begun[0].copy() if len(begun) == 1 else set()

    def begun(self, header: str) -> set[str]:
        """Return what has a wording that a heading, or the end of it, is the beginning of.

        So are headings that a platform cut short: "Digital tools save me ti", "12. Digital tools
        save...", "Do you agree? [Digital tools save".
        """
        text = _CUT_SIGN.sub("", _TAG.sub(" ", header).strip())
        head, _, tail = text.rpartition("[")
        if tail and (questions := self._heads(head.strip())):
            part = fold(tail.rstrip(" ]"))
            return {
                key
                for question, labels in self._choices.items()
                for label, key in labels.items()
                if question in questions and part and label.startswith(part)
            }
        ends = [text, *(rest for _, rest, _ in _cuts(text)), *re.split(r"\[", text)[1:]]
        for end in ends:
            cut = fold(_QUOTES.sub(" ", end).rstrip(" ]"))
            if len(cut) < _SHORTEST_BEGINNING or " " not in cut:
                continue
            keys = {
                key
                for wording, found in self._texts.items()
                if wording.startswith(cut) and wording != cut
                for key in found
            }
            if keys:
                return keys
        return set()

    def of_choice_alone(self, header: str, after: str) -> set[str]:
        """Return what the words of a choice name, right after the question ``after``.

        The words of one's own that follow a choice of that question; else the place of a choice to
        rank, where one rank question alone has it.
        """
        folded = fold_wording(last_part(header))
        worded = self._worded.get(after, {})
        if folded in worded:
            return {worded[folded]}
        if worded and any(map(only_asks_to_specify, (header, last_part(header)))):
            return set(worded.values())
        return {
            labels[folded]
            for question, labels in self._choices.items()
            if question in self._ranked and folded in labels
        }

    def of_choices_alone(self, headers: Sequence[str]) -> dict[int, str]:
        """Return the choices that headings side by side name by their words alone.

        They do where they name all choices of one question that allows several answers, but those
        followed by words of one's own, and nothing else: by place, the choice; or nothing.
        """
        folded = list(map(fold_wording, headers))
        claims: list[dict[int, str]] = []
        for question, labels in self._alone.items():
            own = {f"{question}:{each}" for each in self._worded_codes.get(question, ())}
            wanted = set(labels.values()) - own
            said = [(at, labels.get(text, "")) for at, text in enumerate(folded)]
            runs = [dict(run) for named, run in groupby(said, lambda each: bool(each[1])) if named]
            whole = [run for run in runs if wanted <= set(run.values()) and len(run) > 1]
            if len(whole) == 1 and len(set(whole[0].values())) == len(whole[0]):
                claims.append(whole[0])
        places = [at for claim in claims for at in claim]
        return {at: key for claim in claims for at, key in claim.items() if places.count(at) == 1}

    def _whole(self, text: str) -> set[str]:
        folded = fold_wording(text)
        for names in (self._ids, self._texts, self._shorts):
            if folded in names:
                return names[folded]
        plain = _letters(text)
        return self._plain.get(plain, set()) if len(plain) >= _SHORTEST_PLAIN else set()

    def _in_brackets(self, header: str) -> set[str]:
        """Return what "Block [wording]" or "Question [choice]" names."""
        text = _TAG.sub(" ", header).strip().rstrip(" .:*")
        if not text.endswith("]"):
            return set()
        for opening in (i for i, letter in enumerate(text) if letter == "["):
            head, tail = text[:opening].strip(), text[opening + 1 : -1]
            choices = self._choices_of(self._heads(head), tail)
            if choices:
                return choices
            keys = self._whole(tail)
            if keys:
                return (keys & self._titles.get(fold_wording(head), set())) or keys
        return set()

    def _choices_of(self, questions: set[str], text: str) -> set[str]:
        """Return the choices of some questions that a text names."""
        folded = fold_wording(text)
        return {
            labels[folded]
            for question, labels in self._choices.items()
            if question in questions and folded in labels
        }

    def _heads(self, head: str) -> set[str]:
        return self._whole(head) or self._after_separator(head)

    def _after_separator(self, header: str) -> set[str]:
        """Return what "id. wording", "id - wording" or "12. wording" names, in both halves."""
        for head, rest, spaced in _cuts(header):
            named = self._ids.get(fold_wording(head), set())
            choices = self._choices_of(self._whole(head), rest)
            if choices and spaced:
                return choices
            worded = self._texts.get(fold_wording(rest), set()) or self._in_brackets(rest)
            if named & worded:
                return named & worded
            if worded or (named and spaced):
                return named | worded
        return set()

    def _after_code(self, header: str) -> set[str]:
        """Return what "A1[SQ001] wording" names, where a code stands before with a space alone."""
        coded = _CODE_FIRST.fullmatch(header)
        return self._whole(coded["rest"]) if coded is not None else set()

    def _in_letters(self, header: str) -> set[str]:
        r"""Return what the letters of a heading name, all of them, a number before them or not.

        So are "Block > wording", "wording (Block)", "Question\nchoice", "Q4. Question - choice",
        "1.1 wording".
        """
        found: set[str] = set()
        for text in (header, _NUMBER_FIRST.sub("", header, count=1)):
            plain = _letters(text)
            if len(plain) >= _SHORTEST_PLAIN:
                found = found or self._both.get(plain, set()) or self._plain.get(plain, set())
        return found

    def _in_group(self, header: str) -> set[str]:
        """Return what "group/id", "group.id" or "group/Question/Choice" names."""
        for cut in _GROUP_ENDS.finditer(header):
            head, rest = header[: cut.start()].strip(), header[cut.end() :].strip()
            path = cut[0] != "."
            last = re.split("/|::", head)[-1] if path else head.rpartition(".")[2]
            choices = self._choices_of(self._whole(last), rest)
            if choices:
                return choices
            named = self._whole(rest) if path else self._ids.get(fold_wording(rest), set())
            if named and head and (path or " " not in header):
                return named
        return set()


def _names_of_words(question: Question, choice: Choice) -> Iterator[str]:
    """Yield the titles that the column of the words after a choice may have."""
    yield choice.column
    names = [f"{question.id}{joint}{choice.code}" for joint in _JOINTS]
    if question.type == "single":
        yield from names
        names.append(question.id)
    names.append(f"{question.id}[{choice.code}]")
    place = str(question.choice_codes.index(choice.code) + 1)
    if place not in question.choice_codes:
        names.append(f"{question.id}_{place}")  # as Qualtrics has it
    yield from (f"{name}{ending}" for name in names for ending in _WORDS_ENDINGS)
    for language in LANGUAGES:
        asked, words = question.in_(language), choice.in_(language)
        yield from (f"{asked} [{words}]{ending}" for ending in _WORDS_ENDINGS)
        yield from (f"{asked} - {words} - {title}" for title in _FIELD_TITLES)
        yield from (f"{asked} [{title}]" for title in _OTHER_TITLES)
        if question.type == "single":
            yield f"{asked} [{words}]"


def last_part(header: str) -> str:
    """Return a heading without the groups before it.

    >>> last_part("about you/Reasons/Time"), last_part("about you.Time"), last_part("Time: ...")
    ('Time', 'Time', 'Time: ...')
    """
    ends = r"/|::" if header.rstrip().endswith("...") else _GROUP_ENDS
    return re.split(ends, header)[-1].strip()


def _letters(text: str) -> str:
    """Return the letters and digits of a wording alone, folded."""
    return re.sub(r"[\W_]+", "", fold_wording(text))


def _cuts(header: str) -> Iterator[tuple[str, str, bool]]:
    """Yield a header cut at each separator, and whether a space follows it."""
    for cut in _SEPARATOR.finditer(header):
        head, rest = header[: cut.start()], header[cut.end() :]
        if head.strip() and rest.strip():
            yield head, rest, cut[0][-1:].isspace()
