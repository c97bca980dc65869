"""Messages in two languages, and a French entry for each of them."""

from __future__ import annotations

import ast
import pickle
import re
from functools import cache
from pathlib import Path

import pytest

import typology
from rooms import ROOMS, TYPOLOGY
from typology.words.catalogue import files
from typology.words.phrases import Phrase, Wording, in_language, joined, phrase

PACKAGE = Path(typology.__file__).parent
FRENCH = {text: said for read in files("phrases.yml").values() for text, said in read.items()}
# What a message is made of; the cells "row", "column", "value" and "where" may be data as well.
SAID = {"Problem": ("expected", "remedy"), "Fault": ("expected", "remedy")}
POSITIONS = {
    "Problem": ("row", "column", "value", "expected", "remedy", "where"),
    "Fault": ("place", "value", "expected", "remedy"),
}


@cache
def calls(name: str) -> list[tuple[str, ast.Call]]:
    """Every call of a function in the package, and where it is."""
    return [
        (f"{path.relative_to(PACKAGE)}:{node.lineno}", node)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) == name
    ]


def templates() -> dict[str, str]:
    """Every template of the package, and where it is."""
    found = {}
    for place, call in calls("phrase"):
        assert isinstance(call.args[0], ast.Constant), f"{place}: write the template out"
        found[call.args[0].value] = place
    found.pop("", None)
    return found | helps()


def helps() -> dict[str, str]:
    """Every text of the command's help, and where it is."""
    path = PACKAGE / "cli/command.py"
    found = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            texts = [each.value for each in node.keywords if each.arg in ("help", "epilog")]
            found |= {ast.literal_eval(text): f"cli/command.py:{node.lineno}" for text in texts}
        elif isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)):
            found[str(ast.get_docstring(node))] = f"cli/command.py:{node.lineno}"
    assert len(found) > 30
    return found


def _is_command(decorator: ast.expr) -> bool:
    return ast.unparse(decorator).startswith("command(")


def placeholders(text: str) -> list[str]:
    return sorted(set(re.findall(r"\{(\w+)\}", text)))


def test_every_message_has_its_french_and_no_french_is_left_over() -> None:
    found = templates()
    assert len(found) > 100
    assert {text: place for text, place in found.items() if text not in FRENCH} == {}
    assert sorted(FRENCH.keys() - found.keys()) == []


def test_every_phrase_is_in_the_lowest_room_that_says_it() -> None:
    order = ROOMS[TYPOLOGY]
    said: dict[str, list[str]] = {}
    for place, call in calls("phrase"):
        written = call.args[0]
        assert isinstance(written, ast.Constant)
        said.setdefault(written.value, []).append(Path(place).parts[0])
    for template in helps():
        said.setdefault(template, []).append("cli")
    astray = {
        template: path.parent.name
        for path, read in files("phrases.yml").items()
        for template in read
        if path.parent.name != min(said[template], key=order.index)
    }
    assert astray == {}
    assert len(FRENCH) == sum(map(len, files("phrases.yml").values()))


@pytest.mark.parametrize("template", list(FRENCH))
def test_french_has_the_same_values(template: str) -> None:
    assert placeholders(FRENCH[template]) == placeholders(template)
    assert "\u00a0" not in FRENCH[template], "type ordinary spaces"


def test_every_phrase_is_given_its_values() -> None:
    for place, call in calls("phrase"):
        given = sorted(str(keyword.arg) for keyword in call.keywords)
        template = call.args[0]
        assert isinstance(template, ast.Constant)
        assert given == placeholders(template.value), place


def has_words(node: ast.JoinedStr) -> bool:
    parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
    return any(re.search(r"[A-Za-z]", str(part)) for part in parts)


def test_no_message_is_plain_english() -> None:
    bare = []
    for name, said in SAID.items():
        for place, call in calls(name):
            given = dict(zip(POSITIONS[name], call.args, strict=False))
            given |= {str(keyword.arg): keyword.value for keyword in call.keywords}
            for field, node in given.items():
                if field == "where":  # file names and keys
                    continue
                text = node.value if isinstance(node, ast.Constant) else ""
                words = isinstance(text, str) and " " in text
                composed = isinstance(node, ast.JoinedStr) and (field in said or has_words(node))
                if words or composed:
                    bare.append(f"{place} {field}: {ast.unparse(node)}")
    assert bare == []


def test_a_phrase_is_its_english_and_says_its_french() -> None:
    text = phrase("a number from {low} to {high}", low=0.5, high=4)
    assert text == "a number from 0.5 to 4"
    assert text.in_("fr") == "un nombre de 0,5 à 4"
    assert text.in_("en") == text
    assert type(text.in_("en")) is str


def test_values_that_are_phrases_are_translated_and_others_left_alone() -> None:
    text = phrase(
        "a name used once; {owner} has it already", owner=phrase("item {name}", name="a ;")
    )
    assert text.in_("fr") == "un nom employé une seule fois\u00a0; l'énoncé a ; le porte déjà"


def test_braces_in_a_value_are_no_placeholder() -> None:
    assert joined([phrase("row {row}", row="{x}"), "{y}"], ", ").in_("fr") == "ligne {x}, {y}"


def test_joining_leaves_out_what_is_empty() -> None:
    text = joined(["", phrase("Correct it."), phrase("")])
    assert (text, text.in_("fr")) == ("Correct it.", "Corrigez-le.")
    assert not joined([])


def test_plain_text_is_the_same_in_every_language() -> None:
    assert in_language("row 3", "fr") == "row 3"
    assert in_language(phrase("row {row}", row=3), "fr") == "ligne 3"


def test_a_phrase_survives_a_copy_to_another_process() -> None:
    text = pickle.loads(pickle.dumps(phrase("row {row}", row=3)))
    assert isinstance(text, Phrase)
    assert text.in_("fr") == "ligne 3"


def test_words_of_a_questionnaire_are_said_in_the_language_of_the_message() -> None:
    text = phrase("row {row}", row=Wording("un", "one"))
    assert (text, text.in_("fr"), text.in_("en")) == ("row one", "ligne un", "row one")
    copied = pickle.loads(pickle.dumps(text))
    assert copied.in_("fr") == "ligne un"
    assert Wording(None, "one").in_("fr") == "one"
