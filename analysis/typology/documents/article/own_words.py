"""What the article says of the study itself, from its study file and its Markdown files.

What is not written there is shown as to be written, so that no reader takes it for said. Each
sentence takes the document, and returns Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typology.documents.page_format import page_format
from typology.study.paper import Author
from typology.study.reported import load_reported
from typology.words import word
from typology.words.markdown import Written, escape_markdown

if TYPE_CHECKING:
    from typology.documents.document import Document


def to_write(key: str, language: str) -> str:
    r"""Return that a part of the paper is to be written, marked so that it is seen.

    >>> to_write("background", "en")
    '[\\[to write: background\\]]{.mark}'
    """
    told = word("to_write", language, part=word("paper_part", language, key))
    return f"[{escape_markdown(told)}]{{.mark}}"


def part(document: Document, name: str) -> Written:
    """Return a part told in words of the study's own: one of `typology.study.paper.PAPER_PARTS`."""
    language = document.language
    return Written(document.study.parts.get(language, {}).get(name) or to_write(name, language))


def optional_part(document: Document, name: str) -> Written:
    """Return a part that the article can do without; nothing where it is not written."""
    return Written(document.study.parts.get(document.language, {}).get(name, ""))


def author_lines(document: Document) -> Written:
    """Return what of the authors the title of a format leaves out.

    In Word, which shows names alone: affiliations, ORCID iDs, whom to write to; in the PDF, ORCID
    iDs. Nothing elsewhere, nor without authors.
    """
    authors, page = document.study.choices.paper.authors, page_format()
    if page == "docx":
        lines = [_author_line(author) for author in authors]
        written = "; ".join(
            f"{escape_markdown(author.name)}, {author.email}"
            for author in authors
            if author.corresponding
        )
        if written:
            lines.append(word("paper_correspondence", document.language, list=written))
        return Written("\n\n".join(lines))
    if page == "typst":
        identified = [author for author in authors if author.orcid is not None]
        return Written("\n\n".join(_author_line(each, alone=True) for each in identified))
    return Written("")


def contributions(document: Document) -> Written:
    """Return what each author did, in the terms of CRediT."""
    language = document.language
    told = [
        word(
            "paper_contribution",
            language,
            author=escape_markdown(author.name),
            roles=", ".join(
                escape_markdown(word("credit_role", language, role).lower())
                for role in author.roles
            ),
        )
        for author in document.study.choices.paper.authors
        if author.roles
    ]
    separator = word("rated_separator", language)
    return Written(f"{separator.join(told)}." if told else to_write("contributions", language))


def published_section(document: Document) -> Written:
    """Return what the study tells of its published sample, above its table; nothing without one."""
    sample = document.published_sample
    if sample is None:
        return Written("")
    language = document.language
    heading = f"### {escape_markdown(sample.title.in_(language))}"
    about = "" if sample.about is None else escape_markdown(sample.about.in_(language))
    return Written(f"{heading}\n\n{about}\n")


def reported_section(document: Document) -> Written:
    """Return what is told of what was published of the study, above its table."""
    language = document.language
    told = [f"## {word('reported_section', language, 'title')}"]
    if document.reported_path.is_file():
        reported = load_reported(document.reported_path, document.questionnaire)
        if reported.about is not None:
            told.append(escape_markdown(reported.about.in_(language)))
        told.append(word("reported_section", language, "lead"))
    return Written("\n\n".join(told))


def _author_line(author: Author, *, alone: bool = False) -> str:
    """Return an author with affiliations, unless ``alone``, and ORCID iD."""
    orcid = "" if author.orcid is None else f"<https://orcid.org/{author.orcid}>"
    told = [
        f"**{escape_markdown(author.name)}**",
        *([] if alone else map(escape_markdown, author.affiliations)),
        orcid,
    ]
    return ", ".join(filter(None, told))
