"""The grammar of the sentences, in French and in English: quotes, lists, articles, numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables, type_id
from typology.words import number, word
from typology.words.markdown import escape_markdown

# French words that end in s in the singular, so that a title of one word takes no plural article.
_SINGULAR_FR = re.compile(
    r"(?:ès|ss|us|ys|ours|ois|as|is)$|^(?:temps|corps|sens|poids|univers|tiers|divers)$", re.I
)
_SINGULAR_EN = re.compile(r"(?:ss|us|is|ics)$", re.I)


def inside(label: str) -> str:
    """Return a label as it stands within a sentence: small first letter, no final stop.

    A first word in capitals ("OECD", "I") stays as it is.

    >>> inside("Type d’exercice"), inside("OCDE mal connue"), inside("I like it.")
    ('type d’exercice', 'OCDE mal connue', 'I like it')
    """
    label = label.strip().rstrip(".").rstrip()
    first = re.split(r"[\s’'\-:,]", label, maxsplit=1)[0]
    elided = len(first) == 1 and label[1:2] in "’'" and len(label) > 1
    if first[1:] != first[1:].lower() or (first == "I" and not elided):
        return label
    return label[:1].lower() + label[1:]


def quoted(label: str, language: str) -> str:
    """Return a label within quotation marks, as it stands within a sentence."""
    return word("narrative_quote", language, text=escape_markdown(inside(label)))


def listed(parts: Sequence[str], language: str) -> str:
    """Return parts joined by commas and a last "and": "a, b and c"."""
    *first, last = parts
    return f"{', '.join(first)} {word('narrative_and', language)} {last}" if first else last


def with_count(count: float, language: str) -> str:
    """Return a whole number in words up to ten, in figures above (feminine in French).

    >>> with_count(4, "fr"), with_count(1, "fr"), with_count(12, "en")
    ('quatre', 'une', '12')
    """
    words = word("narrative_small_numbers", language).split()
    whole = float(count).is_integer() and 0 <= count < len(words)
    return words[int(count)] if whole else number(count, language, 0)


def capital(sentence: str) -> str:
    """Return a sentence with its first letter capital, opening quotes or not."""
    return sentence[:1].upper() + sentence[1:]


def to_(phrase: str, language: str) -> str:
    """Return a phrase after "to", contracted in French.

    >>> to_("le désaccord", "fr"), to_("l'accord", "fr"), to_("Classe 3", "fr")
    ('au désaccord', "à l'accord", 'à la classe 3')
    """
    if language != "fr":
        return f"to {phrase}"
    for article, contracted in (("les ", "aux "), ("le ", "au "), ("Classe ", "à la classe ")):
        if phrase.startswith(article):
            return contracted + phrase.removeprefix(article)
    return f"à {phrase}"


def block_phrase(labels: Labels, block: str) -> str:
    """Return a block as an object: "les attentes", or "le bloc « Ouverture »".

    A title of one word in the plural takes its article; any other stays a title.
    """
    title = labels.block(block)
    if _takes_article(labels, block):
        return labels.word("narrative_block_plural", block=escape_markdown(inside(title)))
    return labels.word("narrative_block_titled", block=escape_markdown(title))


def blocks_phrase(labels: Labels, blocks: Sequence[str]) -> str:
    """Return several blocks as one object: "les blocs « Ouverture » et « Extraversion »"."""
    language = labels.language
    titles = [labels.block(block) for block in blocks]
    if len(blocks) > 1 and not any(_takes_article(labels, block) for block in blocks):
        named = [labels.word("narrative_quote", text=escape_markdown(each)) for each in titles]
        return labels.word("narrative_blocks_titled", blocks=listed(named, language))
    return listed([block_phrase(labels, block) for block in blocks], language)


def items_of_block(labels: Labels, block: str) -> str:
    """Return the items of a block: "les attentes", or "les énoncés du bloc « Ouverture »"."""
    title = labels.block(block)
    if _takes_article(labels, block):
        return block_phrase(labels, block)
    return labels.word("narrative_items_of_block", block=escape_markdown(title))


def answers_to_items(labels: Labels, answers: Sequence[tuple[str, str]]) -> str:
    """Return answers to items: "« d'accord » à « déléguer » et à « coopérer »".

    ``answers`` are pairs of item and category; the items of one answer are told together.
    """
    language = labels.language
    items: dict[str, list[str]] = {}
    for item, category in answers:
        answer = quoted(labels.answer(item, category), language)
        item_words = quoted(labels.short(item), language)
        items.setdefault(answer, []).append(labels.word("narrative_to", item=item_words))
    told = [f"{answer} {listed(names, language)}" for answer, names in items.items()]
    return listed(told, language)


def characteristic(labels: Labels, variable: str, category: str) -> str:
    """Return an answer to a question on the respondent: "« cabinet isolé » à « exercice »"."""
    language, (name, _, choice) = labels.language, variable.partition(":")
    answer = labels.short(variable) if choice else labels.answer(variable, category)
    question = labels.word("narrative_to", item=quoted(labels.short(name), language))
    return f"{quoted(answer, language)} {question}"


def type_name(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return the name of a type, or "Class 3" for a class that fits none."""
    return labels.type(type_id(tables, class_number), class_number)


def against(share: str, overall: str, language: str) -> str:
    """Return two shares in words: "(59,7 % contre 26,3 %)"."""
    return word("narrative_against", language, value=share, all=overall)


def _takes_article(labels: Labels, block: str) -> bool:
    """Return whether a title is one plural noun of the language, not one of another language."""
    own = getattr(labels.questionnaire.block(block).title, labels.language)
    return bool(own.strip()) and _is_plural(labels.block(block), labels.language)


def _is_plural(title: str, language: str) -> bool:
    if len(title.split()) != 1 or not title.lower().endswith("s"):
        return False
    singular = _SINGULAR_FR if language == "fr" else _SINGULAR_EN
    return not singular.search(title)
