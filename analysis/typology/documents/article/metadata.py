"""What Quarto has to know of the article: its title, its authors, its references."""

from __future__ import annotations

from typing import Any

from typology.documents.article.own_words import to_write
from typology.study import Study
from typology.study.paper import Author, journal_of
from typology.words.markdown import escape_markdown


def article_metadata(study: Study, language: str, *, references: str = "") -> dict[str, Any]:
    """Return what Quarto has to know of the article: its title, its authors, its references.

    ``references`` is the way to the study's own references from the folder of the documents.
    """
    paper = study.choices.paper
    subtitle = getattr(paper.subtitle, language).strip()
    metadata: dict[str, Any] = {
        "title": escape_markdown(study.choices.title.in_(language)),
        "subtitle": escape_markdown(subtitle) or to_write("subtitle", language),
        "csl": journal_of(paper).style,
        "author": [_author_metadata(author) for author in paper.authors]
        or [{"name": {"literal": to_write("authors", language)}}],
    }
    if references:
        metadata["bibliography"] = ["references.bib", references]
    return metadata


def _author_metadata(author: Author) -> dict[str, Any]:
    told: dict[str, Any] = {"name": {"literal": escape_markdown(author.name)}}
    if author.orcid is not None:
        told["orcid"] = author.orcid
    if author.email is not None:
        told["email"] = author.email
    if author.corresponding:
        told["corresponding"] = True
    if author.affiliations:
        told["affiliations"] = [{"name": escape_markdown(each)} for each in author.affiliations]
    return told
