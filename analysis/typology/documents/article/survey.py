"""How the survey was held: who could answer, who was invited, when; how many then answered.

Each sentence takes the document, and returns Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typology.documents.article.own_words import optional_part, part, to_write
from typology.documents.page_exhibits import document_table
from typology.exhibits.clauses import capital
from typology.exhibits.paper_table import Column, PaperTable, plain_table
from typology.exhibits.run_tables import answers_read
from typology.people.tables import flow_table
from typology.words import percent, word
from typology.words.markdown import Written

if TYPE_CHECKING:
    from typology.documents.document import Document

_STOPS = (".", "?", "!", "…", "]")


def collection_paragraphs(document: Document) -> Written:
    """Return who could answer, how and how many were invited, when and how they answered.

    Then how the questionnaire was made and why so many were asked, where the study says so.
    """
    language, paper = document.language, document.study.choices.paper
    invited = to_write("invited", language)
    if paper.invited is not None:
        number = document.labels.number(paper.invited, 0)
        invited = word("paper_invited", language, plural=paper.invited, n=number)
    told = {
        "population": part(document, "population"),
        "invitation": f"{_stopped(part(document, 'invitation'))} {invited}",
        "dates": capital(f"{when(document)}.") if paper.dates else to_write("dates", language),
        "mode": part(document, "mode"),
        "pretest": optional_part(document, "pretest"),
        "sample_size": optional_part(document, "sample_size"),
    }
    return Written(
        "\n\n".join(
            word("paper_run_in", language, part=capital(word("paper_part", language, key)),
                 text=_stopped(text))
            for key, text in told.items()
            if text
        )
    )  # fmt: skip


def design_named(document: Document) -> Written:
    """Return the design of the study, as reporting checklists want it named."""
    return Written(word("design_named", document.language))


def response_rate(document: Document) -> Written:
    """Return how many of the people invited answered; nothing where that is not known."""
    answers, invited = answers_of_invited(document), document.study.choices.paper.invited
    if answers is None or invited is None:
        return Written("")
    labels = document.labels
    return Written(
        word(
            "paper_response_rate",
            document.language,
            invited=labels.number(invited, 0),
            answers=labels.number(answers, 0),
            rate=percent(100 * answers / invited, document.language),
        )
    )


def answers_of_invited(document: Document) -> int | None:
    """Return how many of the people invited answered.

    None where the number invited is not known, is less than the answers, or is not of these
    answers. Uses ``flow``.
    """
    study = document.study
    invited, answers = study.choices.paper.invited, answers_read(document.tables["flow"])
    if invited is None or answers > invited or study.other_responses or study.choices.frequencies:
        return None
    return answers


@document_table("invitations", label="tbl-flow")
def invitations(document: Document) -> PaperTable:
    """Return the flow from the people invited to the respondents analysed.

    People invited and questionnaires opened, as the study says them, then the respondents read,
    left out and analysed. Shares are of the people invited. Uses ``flow``.
    """
    language, labels, paper = document.language, document.labels, document.study.choices.paper
    answers = answers_of_invited(document)
    rows: list[tuple[str, ...]] = [
        (
            capital(word("flow_before", language, key)),
            "",
            labels.number(count, 0) if count else _to_write_plain(key, language),
            _share(count, paper.invited, language) if answers is not None else "",
        )
        for key, count in (("invited", paper.invited), ("opened", paper.opened))
    ]
    known = flow_table(document.tables, labels)
    remaining = [int(each) for each in document.tables["flow"]["remaining"]]
    rows += [
        (*row, _share(left, paper.invited, language) if answers is not None else "")
        for row, left in zip(known.rows, remaining, strict=True)
    ]
    columns = (*known.columns, Column(word("flow_share", language)))
    note = word("flow_note", language, "rate" if answers is not None else "no_rate")
    return plain_table(columns, rows, note)


def when(document: Document) -> str:
    """Return from when to when people answered: "from 15 January to 31 March 2021".

    "" where the study does not say.
    """
    language, dates = document.language, document.study.choices.paper.dates
    if dates is None:
        return ""
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
        first=_after(first, language, "du", "de"),
        last=_after(last, language, "au", "à"),
    )


def _share(count: int | None, invited: int | None, language: str) -> str:
    return percent(100 * count / invited, language) if count and invited else ""


def _to_write_plain(key: str, language: str) -> str:
    return word("to_write", language, part=word("paper_part", language, key))


def _stopped(text: str) -> str:
    """Return a text that ends as a sentence does."""
    bare = text.rstrip()
    return bare if not bare or bare.endswith((*_STOPS, "}")) else f"{bare}."


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
