"""The list of all messages: nothing that the code says is missing, and all of it is in French."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import typology
from typology.documents.messages import message_reference
from typology.documents.messages.message_reference import HANDED_ON, Message, said_at
from typology.documents.messages.source_code import SourceCode, own_source
from typology.files.yaml_files import load_mapping
from typology.problems import InputError
from typology.words.catalogue import files
from typology.words.phrases import Phrase
from typology.words.typography import LANGUAGES

PACKAGE = Path(typology.__file__).parent
FRENCH = {text: said for read in files("phrases.yml").values() for text, said in read.items()}
SAID = {"Problem": slice(2, 5), "Fault": slice(1, 4)}  # value, expected and remedy
PROBLEM = """
class Problem:
    row: str
    column: str
    value: str
    expected: str
    remedy: str
"""
MADE = """
from typology.problems import Problem
from typology.words.phrases import joined, phrase
"""


def templates(message: Message) -> set[str]:
    return {text for said in (message.found, message.expected, message.remedy)
            for each in said for text in each}  # fmt: skip


def listed() -> set[str]:
    return {text for place in said_at(own_source())
            for message in place.messages for text in templates(message)}  # fmt: skip


def told(text: str) -> list[tuple[object, ...]]:
    """What a made-up module may say: found, expected, remedy."""
    source = SourceCode({"typology.problems": PROBLEM, "typology.made": MADE + text})
    return sorted(
        tuple(" ".join("/".join(each) for each in said)
              for said in (message.found, message.expected, message.remedy))
        for place in said_at(source)
        for message in place.messages
    )  # fmt: skip


def test_every_place_that_makes_a_message_is_listed() -> None:
    calls = {
        (".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts), node.lineno)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("Problem", "Fault")
    }
    assert len(calls) > 200
    places = {(place.module.removesuffix(".__init__"), place.line)
              for place in said_at(own_source())}  # fmt: skip
    assert calls <= places


def test_nothing_is_lost_but_what_is_listed_elsewhere() -> None:
    silent = {(place.module, place.function) for place in said_at(own_source())
              if not place.messages}  # fmt: skip
    assert silent == set(HANDED_ON)


def test_every_sentence_written_in_a_message_is_listed() -> None:
    written = {
        phrase.args[0].value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("Problem", "Fault")
        for phrase in [
            *node.args[SAID[node.func.id]],
            *(each.value for each in node.keywords if each.arg in ("value", "expected", "remedy")),
        ]
        if isinstance(phrase, ast.Call)
        and isinstance(phrase.func, ast.Name)
        and phrase.func.id == "phrase"
        and isinstance(phrase.args[0], ast.Constant)
    }
    assert len(written) > 100
    assert written - listed() - {""} == set()


def test_every_sentence_that_is_named_as_expected_or_as_advice_is_listed() -> None:
    named = {
        str(node.value.args[0].value)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id in ("expected", "remedy")
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "phrase"
        and isinstance(node.value.args[0], ast.Constant)
    }
    assert len(named) > 150
    assert {text for text in named if re.search("[a-z]", re.sub(r"{.*?}", "", text))} <= listed()


@pytest.mark.parametrize("content", ["", "a: [1", "- a", "a: 1\na: 2", "\ta: 1", "a: *b"])
def test_what_is_said_of_a_file_is_listed(content: str, tmp_path: Path) -> None:
    path = tmp_path / "study.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_mapping(path)
    for problem in raised.value.problems:
        assert problem.expected.template in listed()
        assert problem.remedy.template in listed()
        if isinstance(problem.value, Phrase):
            assert problem.value.template in listed() | {""}


def test_every_sentence_of_the_list_has_its_french() -> None:
    assert listed() - set(FRENCH) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_a_list_that_can_be_searched(language: str) -> None:
    page = message_reference(language)
    assert not re.search(r"{\w+}", page)
    assert not [line for line in page.splitlines() if line.startswith("|")]
    sections = page.split("\n## ")[1:]
    assert len(sections) > 8
    terms = re.findall(r"^\*\*", page, re.MULTILINE)
    assert len(terms) > 250
    assert all(re.fullmatch(r"|\*\*.*\*\*|:   .+|## .+", line) for line in page.splitlines())


def test_no_english_is_left_in_the_french_list() -> None:
    page = message_reference("fr")
    words = r"\b(?:the|of|and|with|which|Write it|Give|Check|Found|expected)\b"
    assert [line for line in page.splitlines() if re.search(words, line)] == []


def test_what_one_branch_says_is_not_told_of_the_other() -> None:
    assert told(
        """
def one(text, empty):
    if empty:
        found, expected = phrase("nothing"), phrase("a text")
        remedy = phrase("Write it.")
    else:
        found, expected = phrase("a word"), phrase("two words")
        remedy = phrase("Add one.")
    return Problem("", "", found, expected, remedy)
"""
    ) == [("a word", "two words", "Add one."), ("nothing", "a text", "Write it.")]


def test_what_a_caller_gives_is_told_together() -> None:
    assert told(
        """
_CHECK = phrase("Check it.")

def first():
    return refusal(phrase("a folder"), phrase("Give a file."))

def second(large):
    return refusal(phrase("a large file") if large else phrase("a link"), remedy=_CHECK)

def refusal(found, remedy):
    return Problem("", "", found, phrase("a file"), remedy=remedy)
"""
    ) == [
        ("a folder", "a file", "Give a file."),
        ("a large file", "a file", "Check it."),
        ("a link", "a file", "Check it."),
    ]


def test_entries_of_a_table_are_told_together() -> None:
    assert told(
        """
_KINDS = (("png", phrase("an image")), ("pdf", phrase("a document")))
_WORDS = {"a": (phrase("an A"), phrase("Write A.")), "b": (phrase("a B"), phrase("Write B."))}

def each():
    for _, found in _KINDS:
        yield Problem("", "", found, *_WORDS["a"])

def other(key, near):
    parts = [phrase("Did you mean {near}?", near=near)] if near else []
    expected, remedy = _WORDS.get(key)
    parts.append(remedy)
    return Problem("", "", key, expected, joined(parts))
"""
    ) == [
        ("", "a B", "Did you mean {near}? Write B."),
        ("", "an A", "Did you mean {near}? Write A."),
        ("a document", "an A", "Write A."),
        ("an image", "an A", "Write A."),
    ]
