"""What the article says of the study itself, from its study file and its Markdown files.

What is not written there is shown as to be written, so that no reader takes it for said. Each
sentence takes the document, and returns Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typology.documents.page_format import page_format
from typology.exhibits.blocks import active_studied
from typology.exhibits.clauses import capital
from typology.exhibits.run_tables import answers_read
from typology.exhibits.scales import rated_items
from typology.items.block_sentences import counted_items
from typology.study.paper import Author
from typology.study.reported import load_reported
from typology.words import percent, word
from typology.words.markdown import Written, escape_markdown

if TYPE_CHECKING:
    from typology.documents.document import Document

_STOPS = (".", "?", "!", "…", "]")


def to_write(key: str, language: str) -> str:
    r"""Return that a part of the paper is to be written, marked so that it is seen.

    >>> to_write("background", "en")
    '[\\[to write: background\\]]{.mark}'
    """
    told = word("to_write", language, part=word("paper_part", language, key))
    return f"[{escape_markdown(told)}]{{.mark}}"


def part(document: Document, name: str) -> Written:
    """Return a part told in words of the study's own: one of `typology.study.paper.PARTS`."""
    language = document.language
    return Written(document.study.parts.get(language, {}).get(name) or to_write(name, language))


def optional_part(document: Document, name: str) -> Written:
    """Return a part that the article can do without; nothing where it is not written."""
    return Written(document.study.parts.get(document.language, {}).get(name, ""))


def survey_in_brief(document: Document) -> Written:
    """Return who was asked what, as the abstract says it.

    Uses ``item_agreement`` and ``classes``.
    """
    language, labels = document.language, document.labels
    counts = document.tables["item_agreement"]["block"].value_counts()
    items = {
        block: counted_items(labels, block, int(counts[block]))
        for block in active_studied(document.tables, labels)
    }
    asked = getattr(document.study.choices.paper.respondents, language)
    respondents = escape_markdown(asked.strip()) or to_write("respondents", language)
    told = word("paper_survey", language, respondents=respondents, items=rated_items(labels, items))
    return Written(told)


def keywords(document: Document) -> Written:
    """Return the keywords of the study."""
    language = document.language
    given = document.study.choices.paper.keywords.in_(language)
    separator = word("rated_separator", language)
    told = separator.join(map(escape_markdown, given))
    return Written(f"{told}." if told else to_write("keywords", language))


def collection_paragraphs(document: Document) -> Written:
    """Return who could answer, how and how many were invited, when and how they answered."""
    language, paper = document.language, document.study.choices.paper
    invited = to_write("invited", language)
    if paper.invited is not None:
        number = document.labels.number(paper.invited, 0)
        invited = word("paper_invited", language, plural=paper.invited, n=number)
    told = {
        "population": part(document, "population"),
        "invitation": f"{_stopped(part(document, 'invitation'))} {invited}",
        "dates": _dates(document),
        "mode": part(document, "mode"),
    }
    return Written(
        "\n\n".join(
            word("paper_run_in", language, part=capital(word("paper_part", language, key)),
                 text=_stopped(text))
            for key, text in told.items()
        )
    )  # fmt: skip


def response_rate(document: Document) -> Written:
    """Return how many of the people invited answered.

    Nothing where the number invited is not known, is less than the answers, or is not of these
    answers. Uses ``flow``.
    """
    study, labels = document.study, document.labels
    invited, answers = study.choices.paper.invited, answers_read(document.tables["flow"])
    if invited is None or answers > invited or study.other_responses or study.choices.frequencies:
        return Written("")
    return Written(
        word(
            "paper_response_rate",
            document.language,
            invited=labels.number(invited, 0),
            answers=labels.number(answers, 0),
            rate=percent(100 * answers / invited, document.language),
        )
    )


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


def _stopped(text: str) -> str:
    """Return a text that ends as a sentence does."""
    bare = text.rstrip()
    return bare if bare.endswith((*_STOPS, "}")) else f"{bare}."


def _dates(document: Document) -> str:
    """Return from when to when people answered: "From 15 January 2021 to 31 March 2021."."""
    language, dates = document.language, document.study.choices.paper.dates
    if dates is None:
        return to_write("dates", language)
    first, last = dates.first, dates.last
    if last == first:
        return word("paper_dates", language, "day" if _is_day(first) else "period",
                    first=_written(first, language))  # fmt: skip
    if last is None:
        return word("paper_dates", language, "since", first=_after(first, language, "du", "de"))
    return word(
        "paper_dates",
        language,
        "between",
        first=capital(_after(first, language, "du", "de")),
        last=_after(last, language, "au", "à"),
    )


def _is_day(date: str) -> bool:
    return date.count("-") == 2


def _written(date: str, language: str) -> str:
    year, *rest = date.split("-")
    if not rest:
        return year
    month = word("paper_months", language).split()[int(rest[0]) - 1]
    if len(rest) == 1:
        return f"{month} {year}"
    day = int(rest[1])
    return f"{'1er' if day == 1 and language == 'fr' else day} {month} {year}"


def _after(date: str, language: str, before_day: str, before_other: str) -> str:
    """Return a date after the French preposition that it takes; in English, alone."""
    told = _written(date, language)
    if language != "fr":
        return told
    if _is_day(date):
        return f"{before_day} {told}"
    return f"d'{told}" if before_other == "de" and told[0] in "ao" else f"{before_other} {told}"
