"""A codebook as DDI-Codebook 2.5, the XML of data archives (DDI Alliance, ddialliance.org)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from typology.questionnaire import Question, Questionnaire, Text
from typology.tools.codebook.variables import Variable
from typology.words.visible_text import visible

NAMESPACE = "ddi:codebook:2_5"
SCHEMA = "http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
XML_LANG = "xml:lang"
FILE = "F1"


def ddi_document(
    questionnaire: Questionnaire,
    variables: Sequence[Variable],
    *,
    respondents: int | None = None,
    source: str = "",
    simulated: bool = False,
) -> bytes:
    """Return a codebook as a DDI-Codebook 2.5 document.

    ``respondents`` and ``source`` are of the answers, where there are some; ``simulated`` answers
    are said to be so in the kind of the data and in a note. Every text is in all languages of the
    questionnaire; blocks and questions with several answers are groups of variables.
    """
    first = questionnaire.languages[0]
    root = ET.Element(
        "codeBook",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
            "version": "2.5",
            XML_LANG: first,
        },
    )
    _document(root, questionnaire)
    _study(root, questionnaire, simulated=simulated)
    if respondents is not None:
        file = _child(root, "fileDscr", ID=FILE)
        about = _child(file, "fileTxt")
        _child(about, "fileName", source)
        size = _child(about, "dimensns")
        _child(size, "caseQnty", str(respondents))
        _child(size, "varQnty", str(len(variables)))
    data = _child(root, "dataDscr")
    ids = {variable.name: f"V{place}" for place, variable in enumerate(variables, start=1)}
    _groups(data, questionnaire, variables, ids)
    for variable in variables:
        _variable(data, questionnaire, variable, ids, in_file=respondents is not None)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _child(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    if text:
        child.text = visible(" ".join(text.split()))
    return child


def _texts(
    parent: ET.Element,
    tag: str,
    text: Text | None,
    questionnaire: Questionnaire,
    **attributes: str,
) -> None:
    """Add an element for each language in which a text is written."""
    for language in questionnaire.languages:
        words = getattr(text, language) if text is not None else ""
        if words.strip():
            _child(parent, tag, words, **{XML_LANG: language, **attributes})


def _document(root: ET.Element, questionnaire: Questionnaire) -> None:
    """Say what the document itself is."""
    citation = _child(_child(root, "docDscr"), "citation")
    first = questionnaire.languages[0]
    title = {"fr": "Dictionnaire des variables", "en": "Codebook"}[first]
    titles = _child(citation, "titlStmt")
    _child(titles, "titl", f"{title} - {questionnaire.title.in_(first)}", **{XML_LANG: first})
    _child(_child(citation, "prodStmt"), "software", "typology codebook")


def _study(root: ET.Element, questionnaire: Questionnaire, *, simulated: bool) -> None:
    first, *others = questionnaire.languages
    study = _child(root, "stdyDscr")
    titles = _child(_child(study, "citation"), "titlStmt")
    _child(titles, "titl", questionnaire.title.in_(first), **{XML_LANG: first})
    for language in others:
        _child(titles, "parTitl", questionnaire.title.in_(language), **{XML_LANG: language})
    about = _child(study, "stdyInfo")
    _texts(about, "abstract", questionnaire.about, questionnaire)
    kind = "simulated survey data" if simulated else "survey data"
    _child(_child(about, "sumDscr"), "dataKind", kind, **{XML_LANG: "en"})
    if simulated:
        told = Text(
            fr="Les réponses sont simulées : elles ne décrivent aucune personne réelle.",
            en="The answers are simulated: they describe no real person.",
        )
        _texts(study, "notes", told, questionnaire, type="simulated")


def _groups(
    data: ET.Element,
    questionnaire: Questionnaire,
    variables: Sequence[Variable],
    ids: dict[str, str],
) -> None:
    """Add a group of variables for each block, and for each question with several answers."""
    place = 0
    for block in questionnaire.blocks:
        place += 1
        group = _child(
            data,
            "varGrp",
            ID=f"G{place}",
            type="grid",
            var=" ".join(ids[item.id] for item in block.items),
            name=block.id,
        )
        _texts(group, "labl", block.title, questionnaire)
        _texts(group, "txt", block.intro, questionnaire)
        _child(group, "notes", block.direction, type="direction")
    several = [variable for variable in variables if variable.of]
    for question, some in groupby(several, key=lambda variable: variable.of):
        place += 1
        members = list(some)
        group = _child(
            data,
            "varGrp",
            ID=f"G{place}",
            type="multipleResp",
            var=" ".join(ids[each.name] for each in members),
            name=question,
        )
        _texts(group, "labl", members[0].asked, questionnaire)


def _variable(
    data: ET.Element,
    questionnaire: Questionnaire,
    variable: Variable,
    ids: dict[str, str],
    *,
    in_file: bool,
) -> None:
    """Add a variable: its elements come in the order that the schema asks for."""
    attributes = {"ID": ids[variable.name], "name": variable.name}
    if in_file:
        attributes["files"] = FILE
    attributes |= _nature(variable)
    node = ET.SubElement(data, "var", attributes)
    _texts(node, "labl", variable.short, questionnaire)
    domain = "code" if variable.categories else "text" if variable.is_text else "numeric"
    asked = _child(node, "qstn", responseDomainType=domain)
    if variable.block is not None:
        _texts(asked, "preQTxt", variable.block.intro, questionnaire)
    _texts(asked, "qstnLit", variable.text, questionnaire)
    _range(node, variable)
    _statistics(node, variable)
    for code, words in variable.categories:
        category = _child(node, "catgry")
        _child(category, "catValu", code)
        _texts(category, "labl", words, questionnaire)
        if variable.answers is not None:
            _child(category, "catStat", str(variable.answers.counts.get(code, 0)), type="freq")
    for kind, texts in (("theme", questionnaire.themes), ("hat", questionnaire.hats)):
        name = getattr(variable.asked, kind, "")
        _texts(node, "concept", texts.get(name), questionnaire, vocab=kind)
    stored = "character" if variable.is_text or _has_words(variable) else "numeric"
    _child(node, "varFormat", type=stored)
    _notes(node, questionnaire, variable)


def _nature(variable: Variable) -> dict[str, str]:
    """Return what kind of measurement a variable is."""
    if variable.is_number:
        return {"intrvl": "contin", "nature": "ratio", "representationType": "numeric"}
    if variable.is_text:
        return {"intrvl": "discrete", "representationType": "text"}
    ordered = variable.type in ("scale", "rank") or getattr(variable.asked, "ordered", False)
    return {
        "intrvl": "discrete",
        "nature": "ordinal" if ordered else "nominal",
        "representationType": "code" if variable.categories else "numeric",
    }


def _has_words(variable: Variable) -> bool:
    """Return whether codes are words."""
    return any(not code.lstrip("-").isdecimal() for code, _ in variable.categories)


def _range(node: ET.Element, variable: Variable) -> None:
    """Add the range of a number that has bounds."""
    question = variable.asked
    if not isinstance(question, Question) or not variable.is_number:
        return
    bounds = {"min": question.min, "max": question.max}
    known = {name: f"{bound:g}" for name, bound in bounds.items() if bound is not None}
    if known:
        _child(_child(node, "valrng"), "range", UNITS="REAL", **known)


def _statistics(node: ET.Element, variable: Variable) -> None:
    answers = variable.answers
    if answers is None:
        return
    _child(node, "sumStat", str(answers.valid), type="vald")
    _child(node, "sumStat", str(answers.missing), type="invd")
    for name, kind in (("mean", "mean"), ("sd", "stdev"), ("min", "min"), ("max", "max")):
        value = answers.numbers.get(name)
        if value is not None and math.isfinite(value):
            _child(node, "sumStat", repr(value), type=kind)


def _notes(node: ET.Element, questionnaire: Questionnaire, variable: Variable) -> None:
    """Add what the schema has no place for: role, direction, provenance of the wording, unit."""
    if variable.role:
        _child(node, "notes", variable.role, type="role")
    if variable.block is not None:
        _child(node, "notes", variable.block.direction, type="direction")
    if getattr(variable.asked, "reversed", False):
        _child(node, "notes", "reversed", type="direction")
    if variable.asked.wording:
        _child(node, "notes", variable.asked.wording, type="wording")
    _texts(node, "notes", variable.asked.source, questionnaire, type="source")
    _texts(node, "notes", getattr(variable.asked, "unit", None), questionnaire, type="unit")
