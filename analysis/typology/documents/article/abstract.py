"""The abstract of an article, under the headings of its journal, in words that need no statistics.

Each sentence takes the document, and returns Markdown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from typology.documents.article.own_words import part, to_write
from typology.documents.article.survey import answers_of_invited, when
from typology.exhibits.blocks import active_studied
from typology.exhibits.clauses import capital, inside, listed, type_name, with_count
from typology.exhibits.run_tables import active_blocks, answers_read
from typology.exhibits.scales import rated_items
from typology.items.block_sentences import counted_items
from typology.items.sentences import item_in_brief
from typology.people.sentences import flow_sentence
from typology.study.paper import journal_of
from typology.types.sentences import classes_in_brief
from typology.words import percent, word
from typology.words.markdown import Written, escape_markdown

if TYPE_CHECKING:
    from typology.documents.document import Document

NO_STRUCTURE = "no structure"


def abstract(document: Document) -> Written:
    """Return the abstract: a paragraph under each heading of the journal, then the keywords."""
    language = document.language
    told = [
        word(
            "paper_run_in",
            language,
            part=each.in_(language),
            text=" ".join(_PARTS[name](document) for name in each.parts),
        )
        for each in journal_of(document.study.choices.paper).abstract
    ]
    return Written("\n\n".join(told))


def keywords(document: Document) -> Written:
    """Return the keywords of the study."""
    language = document.language
    given = document.study.choices.paper.keywords.in_(language)
    separator = word("rated_separator", language)
    told = separator.join(map(escape_markdown, given))
    return Written(f"{told}." if told else to_write("keywords", language))


def _methods(document: Document) -> str:
    """Return who was asked what, when, and how the answers were summed up."""
    language, labels = document.language, document.labels
    paper = document.study.choices.paper
    counts = document.tables["item_agreement"]["block"].value_counts()
    items = {
        block: counted_items(labels, block, int(counts[block]))
        for block in active_studied(document.tables, labels)
    }
    asked = escape_markdown(getattr(paper.respondents, language).strip())
    told = word(
        "paper_survey",
        language,
        respondents=asked or to_write("respondents", language),
        dates=when(document) or to_write("dates", language),
        items=rated_items(labels, items),
    )
    return f"{told} {word('abstract_analysis', language)}"


def _results(document: Document) -> str:
    """Return how many answered, what they agree with most, and their types."""
    language, tables, labels = document.language, document.tables, document.labels
    told = [word("narrative_simulated", language)] if document.simulated else []
    answers = answers_of_invited(document)
    invited = document.study.choices.paper.invited
    if answers is not None and invited is not None:
        told.append(
            word(
                "abstract_answered",
                language,
                invited=labels.number(invited, 0),
                answers=labels.number(answers, 0),
                rate=percent(100 * answers / invited, language),
            )
        )
    elif invited is None:
        answered = labels.number(answers_read(tables["flow"]), 0)
        told.append(word("abstract_invited_unknown", language,
                         invited=to_write("invited", language), answers=answered))  # fmt: skip
    told.append(flow_sentence(tables, labels))
    told += [item_in_brief(tables, labels, block) for block in active_blocks(tables)]
    told.append(classes_in_brief(tables, labels))
    return " ".join(filter(None, told))


def conclusion_in_brief(document: Document) -> Written:
    """Return what answers the objective: how many types, which ones, and what they are.

    Uses ``classes`` and ``verdict``.
    """
    language, tables, labels = document.language, document.tables, document.labels
    numbers = [int(each) for each in tables["classes"]["class"]]
    rung = tables["verdict"]["rung"].iloc[0] if "verdict" in tables else ""
    told = []
    if rung != NO_STRUCTURE:
        told.append(
            word(
                "abstract_types",
                language,
                count=capital(with_count(len(numbers), language)),
                list=listed(
                    [escape_markdown(inside(type_name(tables, labels, each))) for each in numbers],
                    language,
                ),
            )
        )
    if rung:
        told.append(word("abstract_verdict", language, rung))
    return Written(" ".join(told))


_PARTS: dict[str, Callable[[Document], str]] = {
    "background": lambda document: part(document, "background"),
    "objective": lambda document: part(document, "objective"),
    "methods": _methods,
    "results": _results,
    "conclusion": conclusion_in_brief,
}
