"""The parts of a paper, from the study file and from its Markdown files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from typology.files.file_bytes import FileRefusedError, NoSuchFileError, read_bytes
from typology.problems import Problem
from typology.questionnaire import LANGUAGES
from typology.study.paper.declared import Paper
from typology.study.paper.prose import refused_marks, without_comments
from typology.words import word
from typology.words.markdown import escape_markdown
from typology.words.phrases import Phrase, phrase
from typology.words.spelling import did_you_mean, fold
from typology.words.visible_text import visible

PAPER_PARTS = (
    "background", "objective", "introduction", "population", "invitation", "mode", "pretest",
    "sample_size", "discussion", "ethics", "consent", "data_protection", "funding",
    "competing_interests", "data_availability", "acknowledgements", "wordings",
)  # fmt: skip
"""What is told in words of the study's own: keys of ``paper``, headings of its Markdown files."""

WITH_SUBHEADINGS = ("introduction", "discussion")
OPTIONAL = ("pretest", "sample_size", "discussion", "consent", "wordings")
"""Parts that the article and its supplement can do without; reporting checklists ask for some."""

_MOST_BYTES = 2_000_000

PaperParts = Mapping[str, Mapping[str, str]]
"""By language, the Markdown of each part that is written."""

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_NO_HEADING = (
    phrase("a heading, like {example}", example="# Introduction"),
    phrase("Write above it the part it belongs to."),
)


def paper_parts(
    paper: Paper, files: Mapping[str, Path], *, where: str
) -> tuple[PaperParts, list[Problem]]:
    """Return what is told in words of the study's own, and what is wrong with its files.

    ``files`` are the Markdown files there are, by language; ``where`` is the name of the study
    file. Texts of the study file are plain: every mark of Markdown in them is shown as it is.
    """
    parts: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for language in LANGUAGES:
        own = {part: text for part in PAPER_PARTS
               if (text := getattr(getattr(paper, part), language)).strip()}  # fmt: skip
        told = {part: _paragraphs(text) for part, text in own.items()}
        if language in files:
            path = files[language]
            written, found = read_parts(path)
            problems += found
            for part in written:
                if part in told:
                    expected = phrase("each part once, here or in {file}", file=path.name)
                    remedy = phrase("Keep one of the two.")
                    place = f"{where} › paper › {part} › {language}"
                    problems.append(Problem("", "", own[part][:40], expected, remedy, place))
            told |= written
        parts[language] = told
    return parts, problems


def read_parts(path: Path) -> tuple[dict[str, str], list[Problem]]:
    """Return the Markdown under each heading of a file, by part, and what is wrong with it.

    Headings of the first two levels name the parts, in French, in English or by key; other ones may
    stand in the introduction and in the discussion. Comments are left out, and a part with nothing
    under its heading is not written.
    """
    text, problems = _read_text(path)
    text = without_comments(text)
    remedy = phrase("Remove it, or put a backslash before a sign that is meant as text.")
    problems += [
        Problem(str(line), "", shown, phrase("prose, not {kind}", kind=kind), remedy, path.name)
        for line, shown, kind in refused_marks(text)
    ]
    parts: dict[str, list[str]] = {}
    current: str | None = ""  # before the first heading; None below one that is refused
    for number, line in enumerate(text.split("\n"), start=1):
        heading = _HEADING.fullmatch(line)
        if heading is None:
            if current == "" and line.strip():
                problems.append(
                    Problem(str(number), "", line.strip()[:40], *_NO_HEADING, path.name)
                )
                current = None
            elif current:
                parts[current].append(line)
            continue
        level, name = len(heading[1]), heading[2]
        part = _part_named(name) if level <= 2 else None
        if part is None and current in WITH_SUBHEADINGS and level > 1 and not _resembled(name):
            parts[str(current)].append(f"{'#' * max(level, 3)} {name}")
            continue
        wrong = _heading_problem(level, part, parts, name)
        if wrong is not None:
            problems.append(Problem(str(number), "", name, *wrong, path.name))
        current = part if wrong is None else None
        if current:
            parts[current] = []
    problems.sort(key=lambda problem: int(problem.row or 0))
    bodies = {part: "\n".join(lines).strip("\n ") for part, lines in parts.items()}
    return {part: body for part, body in bodies.items() if body.strip()}, problems


def unwritten(
    paper: Paper, parts: PaperParts, languages: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return what the paper of a study does not say yet, with the languages that lack it.

    Keys of ``paper``, in the order of the article; "contributions" where no author has a role.
    """
    every = tuple(languages)
    lacking = {
        "subtitle": _lacking(paper.subtitle, every),
        "authors": () if paper.authors else every,
        "keywords": tuple(each for each in every if not paper.keywords.in_(each)),
        **{part: tuple(each for each in every if part not in parts.get(each, {}))
           for part in ("background", "objective", "introduction", "population", "invitation")},
        "respondents": _lacking(paper.respondents, every),
        "invited": () if paper.invited else every,
        "dates": () if paper.dates else every,
        **{part: tuple(each for each in every if part not in parts.get(each, {}))
           for part in PAPER_PARTS[PAPER_PARTS.index("mode"):] if part not in OPTIONAL},
        "contributions": () if any(author.roles for author in paper.authors) else every,
    }  # fmt: skip
    return {key: where for key, where in lacking.items() if where}


def _lacking(text: object, languages: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in languages if not getattr(text, each).strip())


def _read_text(path: Path) -> tuple[str, list[Problem]]:
    try:
        raw = read_bytes(path, most=_MOST_BYTES)
        return visible(raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")), []
    except FileRefusedError as refusal:
        found = phrase("") if isinstance(refusal, NoSuchFileError) else refusal.found
        expected, remedy = phrase("a text file in Markdown"), refusal.remedy
        return "", [Problem("", "", found, expected, remedy, path.name)]
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        value = phrase("the byte {byte}", byte=f"{raw[error.start]:#04x}")
        remedy = phrase("Save the file as UTF-8 in the text editor.")
        return "", [Problem(str(line), "", value, phrase("text in UTF-8"), remedy, path.name)]


def _heading_problem(
    level: int, part: str | None, parts: Mapping[str, object], name: str
) -> tuple[Phrase, Phrase] | None:
    """Return what is expected in place of a heading, and what to do, if it names no new part."""
    if part in parts:
        return phrase("each part once"), phrase("Put the two together.")
    if part is not None:
        return None
    guess = _resembled(name) if level <= 2 else phrase("")
    if level > 2 and not guess:
        return phrase("a part without headings of its own"), phrase("Make it a paragraph.")
    names = ", ".join(PAPER_PARTS)
    remedy = guess or phrase("Rename or remove it.")
    return phrase("the name of a part of the paper ({names})", names=names), remedy


def _resembled(name: str) -> Phrase:
    """Return the question whether a part was meant that a heading resembles, "" where none."""
    known = [word("paper_part", language, each) for each in PAPER_PARTS for language in LANGUAGES]
    return did_you_mean(name, [*known, *PAPER_PARTS])


def _part_named(heading: str) -> str | None:
    names = {fold(word("paper_part", language, part)): part
             for part in PAPER_PARTS for language in LANGUAGES}  # fmt: skip
    names |= {fold(part.replace("_", " ")): part for part in PAPER_PARTS}
    return names.get(fold(heading.replace("_", " ").strip(" *:")))


def _paragraphs(text: str) -> str:
    """Return plain text as Markdown: its paragraphs are those that an empty line parts."""
    return "\n\n".join(escape_markdown(each.strip()) for each in re.split(r"\n\s*\n", text.strip()))
