"""How long the article is, as a table and as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typology.documents.article.length import article_length
from typology.documents.page_exhibits import document_table
from typology.exhibits.paper_table import Column, PaperTable, plain_table
from typology.study.paper import LIMITED, journal_of
from typology.words import number, word

if TYPE_CHECKING:
    from typology.documents.document import Document


@document_table("article_length", label="tbl-length")
def length_of_article(document: Document) -> PaperTable | None:
    """Return how long the article is against what its journal takes; None without its page."""
    language = document.language
    length, journal = article_length(document), journal_of(document.study.choices.paper)
    if length is None:
        return None
    over = length.over(journal)
    rows = [
        (
            word("length_of", language, key),
            number(length.of(key), language, 0),
            number(journal.limits[key], language, 0),
            word("length_source", language, "journal" if key in journal.told else "usual"),
            word("length_state", language, "over" if key in over else "within"),
        )
        for key in LIMITED
    ]
    columns = (
        Column(word("length_column", language, "what"), "left"),
        *(Column(word("length_column", language, each)) for each in ("length", "most")),
        *(Column(word("length_column", language, each), "left") for each in ("source", "state")),
    )
    note = (
        word("length_note", language, "journal", name=journal.name, source=journal.source,
             year=str(journal.consulted))
        if journal.id
        else word("length_note", language, "any")
    )  # fmt: skip
    return plain_table(columns, rows, note)


def length_sentence(document: Document) -> str:
    """Return how long the article is; nothing without its page."""
    language, length = document.language, article_length(document)
    if length is None:
        return ""
    told: dict[str, Any] = {key: number(length.of(key), language, 0) for key in LIMITED}
    return word("length_told", language, **told)


def too_long(document: Document) -> str:
    """Return what of the article goes beyond its limits; nothing where nothing does."""
    language, journal = document.language, journal_of(document.study.choices.paper)
    length = article_length(document)
    over = () if length is None else length.over(journal)
    if length is None or not over:
        return ""
    told = [
        word(
            "length_over",
            language,
            what=word("length_of", language, key),
            has=number(length.of(key), language, 0),
            most=number(journal.limits[key], language, 0),
        )
        for key in over
    ]
    return word("length_too_long", language, list=", ".join(told))
