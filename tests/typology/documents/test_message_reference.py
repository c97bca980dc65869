"""The list of all messages: nothing that the code says is missing, and all of it is in French."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import typology
from typology.documents.messages import message_reference
from typology.documents.messages.belonging import brought_together
from typology.documents.messages.told_messages import told_messages
from typology.documents.messages.told_notes import told_notes
from typology.words.catalogue import files
from typology.words.typography import LANGUAGES

PACKAGE = Path(typology.__file__).parent
FRENCH = {text: said for read in files("phrases.yml").values() for text, said in read.items()}
SAID = {"Problem": slice(3, 5), "Fault": slice(2, 4)}  # expected and remedy
HANDED_ON = {
    ("answers/columns/unread_answers.py", 1),
    ("files/yaml_files.py", 1),
    ("problems/model_problems.py", 2),
    ("tools/new/item_list.py", 1),
}
"""The places where a message is made of another, listed with that one: module and how many."""


@cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    return tuple(
        (path.relative_to(PACKAGE).as_posix(), node)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    for module, node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAID:
            yield module, node, node.func.id


def literal(node: ast.AST) -> set[str]:
    """What a phrase says, when it is written there and holds words."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "phrase":
        text = node.args[0].value if isinstance(node.args[0], ast.Constant) else ""
        return {str(text)} if re.search("[a-z]", re.sub(r"{.*?}", "", str(text))) else set()
    return set()


def listed() -> set[str]:
    return {text for each in told_messages() for text in (*each.expected, *each.remedies)}


def test_every_place_that_makes_a_message_is_listed() -> None:
    places = {(module, call.lineno) for module, call, _ in calls()}
    assert len(places) > 200
    assert places <= {(each.module, each.line) for each in told_messages()}


def test_nothing_is_lost_but_what_is_listed_elsewhere() -> None:
    places = {(module, call.lineno) for module, call, _ in calls()}
    silent = [
        each.module
        for each in told_messages()
        if (each.module, each.line) in places and not (each.expected or each.remedies)
    ]
    assert {(module, silent.count(module)) for module in silent} == HANDED_ON


def test_every_sentence_written_in_a_message_is_listed() -> None:
    written = {
        text
        for _, call, name in calls()
        for given in (
            *call.args[SAID[name]],
            *(each.value for each in call.keywords if each.arg in ("expected", "remedy")),
        )
        for text in literal(given)
    }
    assert len(written) > 80
    assert written - listed() == set()


def test_every_sentence_that_is_named_as_expected_or_as_advice_is_listed() -> None:
    named = {
        text
        for _, node in nodes()
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id in ("expected", "remedy")
        for text in literal(node.value)
    }
    assert len(named) > 150
    assert named - listed() == set()


def test_no_advice_is_missing_wherever_it_is_written() -> None:
    """In a table, or handed to an error of another name: what bids the reader do something."""
    bids = re.compile(r"(Activate|Ask|Check|Correct|Give|Remove|Run|Wait|Write) .*\.", re.DOTALL)
    advice = {
        text
        for module, node in nodes()
        if not module.startswith("cli/")  # what commands do, in their help
        for text in literal(node)
        if bids.fullmatch(text)
    }
    assert len(advice) > 100
    assert advice - listed() == set()


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_is_on_the_page_with_what_to_do(language: str) -> None:
    page = message_reference(language)
    notes = {text for each in told_notes().values() for text in each}
    assert len(notes) > 90
    for text in notes:
        said = FRENCH[text] if language == "fr" else text
        begins = re.split(r"\{\w+\}", said.replace("'", "’"))
        longest = max(begins, key=len).strip(" .:,;«»'’(").replace("’", "'")
        bare = re.sub(r"[\\\s\u00a0\u202f]", "", page).replace("’", "'")
        assert re.sub(r"[\s\u00a0\u202f]", "", longest) in bare, text
    prefix = {"fr": "À savoir", "en": "For information"}[language]
    assert page.count(f"**{prefix}") > 60


def test_every_sentence_of_the_code_is_a_message_or_a_note() -> None:
    """But for what the command puts around others, and its help."""
    frames = ("cli/command.py", "cli/terminal.py", "cli/spoken_command.py", "problems/problem.py")
    told = listed() | {text for each in told_notes().values() for text in each}
    sentences = {
        text
        for module, node in nodes()
        if module not in frames
        for text in literal(node)
        if re.fullmatch(r"[A-Z{'].*[.?!]", text, re.DOTALL)
    }
    assert len(sentences) > 300
    assert sentences - told == set()


def test_what_to_do_stands_beside_what_was_expected_or_found() -> None:
    apart = {
        remedy
        for each in brought_together(told_messages())
        if not (each.expected or each.found)
        for remedy in each.remedies
    }
    # of answers that were simulated, whatever is wrong with their columns
    assert len(apart) == 1
    by_expected = {
        text: set(each.remedies)
        for each in brought_together(told_messages())
        for text in each.expected
    }
    date, rank = (by_expected[text] for text in (
        "a date from {first} to {last}", "a rank from 1 to {highest}"))  # fmt: skip
    assert "Write the date as 2021-03-31, or leave the cell empty." in date
    assert "Correct the ranks, or leave them empty." in rank
    assert not {each for each in rank if each.startswith("Write the date")}
    found = {each.found: each.remedies for each in told_messages() if each.found}
    assert found[("a folder",)] == ("Give the file inside the folder.",)


def test_a_table_of_what_is_found_is_told_row_by_row() -> None:
    rows = [each for each in told_messages() if each.module == "tools/fetch/limesurvey.py"]
    assert all(len(each.remedies) == 1 for each in rows if each.found)
    assert len({each.found for each in rows}) > 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_to_be_known_of_a_sample_is_on_the_page(language: str) -> None:
    page = message_reference(language)
    said = {"fr": "Demandez moins de classes", "en": "Ask for fewer classes"}[language]
    assert f":   {said}" in page
    assert {"fr": "Petit échantillon", "en": "Small sample"}[language] in page


def entry_of(page: str, term: str) -> list[str]:
    """What stands below the entry of an expected answer."""
    [entry] = [each for each in page.split("\n\n") if f"**{term}**" in each.splitlines()[0]]
    return [line.removeprefix(":   ") for line in entry.splitlines()[1:]]


def test_a_long_advice_stands_once_and_by_what_was_found() -> None:
    answers = message_reference("en").split("\n## ")[1]
    told = entry_of(answers, "a text")
    assert told == entry_of(answers, "1 or 0, yes or no, x or empty")
    heads = [at for at, line in enumerate(told) if line.startswith("*")]
    assert heads[0] == 0
    kinds = [told[first + 1 : last] for first, last in pairwise([*heads, len(told)])]
    any_answer, none, labels, codes = kinds
    assert "Correct the answer, or leave the cell empty." in any_answer
    assert all("no answer" in each for each in none)
    assert "The labels of the file are not those of the questionnaire." in labels
    assert "These codes may say yes and no" in " ".join(codes)
    assert answers.count("These codes may say yes and no") == 1


def test_what_callers_say_is_not_taken_for_what_is_to_do_about_a_cell() -> None:
    told = entry_of(message_reference("en"), "one row a respondent")
    assert "Remove the rows that sum up the others." in told
    assert not [each for each in told if "codes" in each]


def test_what_was_found_stands_before_what_to_do() -> None:
    found, *advice = entry_of(message_reference("en"), "text that follows the rules of YAML")
    assert found.startswith("found: ")
    assert "a colon where none can stand · " in found
    assert all(each.endswith(".") for each in advice)
