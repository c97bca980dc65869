"""Reporting checklists as tables: what is asked, where the article says it, what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typology.documents.page_exhibits import document_table
from typology.exhibits.paper_table import Column, PaperTable, RowGroup
from typology.study.paper import OPTIONAL, unwritten
from typology.words import word
from typology.words.markdown import plain_text
from typology.words.yaml_text import read_yaml

if TYPE_CHECKING:
    from typology.documents.document import Document

ChecklistItem = Mapping[str, Any]


@document_table("checklist_cross", label="tbl-cross", scrolling=True)
def cross(document: Document) -> PaperTable:
    """Return CROSS, for surveys (Sharma et al., 2021)."""
    return _filled(document, "cross")


@document_table("checklist_cherries", label="tbl-cherries", scrolling=True)
def cherries(document: Document) -> PaperTable:
    """Return CHERRIES, for surveys on the web (Eysenbach, 2004)."""
    return _filled(document, "cherries")


@document_table("checklist_strobe", label="tbl-strobe", scrolling=True)
def strobe(document: Document) -> PaperTable:
    """Return STROBE, for cross-sectional studies (von Elm et al., 2007)."""
    return _filled(document, "strobe")


@cache
def items_of(checklist: str) -> tuple[ChecklistItem, ...]:
    """Return the items of a checklist, in their order."""
    return tuple(read_yaml(Path(__file__).with_name(f"{checklist}.yml")))


def _filled(document: Document, checklist: str) -> PaperTable:
    language = document.language
    items = items_of(checklist)
    numbered = any("number" in item for item in items)
    lacking = _lacking(document)
    groups = tuple(
        RowGroup(
            word("checklist_topic", language, topic),
            tuple(_row(document, item, lacking, numbered=numbered) for item in own),
        )
        for topic, own in groupby(items, key=lambda item: item["topic"])
    )
    columns = [Column(word("checklist_column", language, each), "left")
               for each in ("item", "where", "state")]  # fmt: skip
    if numbered:
        columns.insert(0, Column(word("checklist_column", language, "number"), "left"))
    return PaperTable(tuple(columns), groups, (word("checklist_note", language),))


def _row(
    document: Document, item: ChecklistItem, lacking: frozenset[str], *, numbered: bool
) -> tuple[str, ...]:
    language = document.language
    where = word("checklist_separator", language).join(
        word("checklist_place", language, place) for place in item.get("where", ())
    )
    cells = (item[language], where, _state(document, item, lacking))
    return (item.get("number", ""), *cells) if numbered else cells


def _state(document: Document, item: ChecklistItem, lacking: frozenset[str]) -> str:
    """Return what is known of an item: what is to be written, what the article says, or yes."""
    language = document.language
    if "state" in item:
        return word("checklist_state", language, item["state"])
    missing = [need for need in item.get("needs", ()) if need in lacking]
    told = [word("to_write", language, part=word("paper_part", language, each)) for each in missing]
    if "says" in item:
        told.append(plain_text(document.say(item["says"])))
    return " ".join(filter(None, told)) or word("checklist_state", language, "said")


def _lacking(document: Document) -> frozenset[str]:
    """Return the keys and parts of the paper that the study does not say in this language."""
    study, language = document.study, document.language
    paper = study.choices.paper
    written = study.parts.get(language, {})
    lacking = {*unwritten(paper, study.parts, (language,))}
    lacking |= {each for each in OPTIONAL if each not in written}
    return frozenset(lacking | ({"opened"} if paper.opened is None else set()))
