"""The command's help and what it says of a line it cannot understand, in both languages."""

from __future__ import annotations

import io
import re

import pytest
from rich.text import Text

from command_line import call, said
from typology.cli import command as cli
from typology.cli.console import Terminal
from typology.words.phrases import phrase

COMMANDS = [
    command.name or command.callback.__name__
    for command in cli.app.registered_commands
    if command.callback
]
# Words of Typer and of the English help that no French page may keep.
ENGLISH = re.compile(r"Usage|Commands|Show this|default:|required|<(?:int|path|str)|\bthe\b|\bof\b")
FRENCH = re.compile(r"Emploi|Montre|par défaut|\ble\b|\bdes\b")


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Return how a command line ended, and all it said."""
    return call(*arguments), said(capsys)


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_in_the_language_asked_for(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, foreign in (("fr", ENGLISH), ("en", FRENCH)):
        monkeypatch.setenv("LC_ALL", f"{language}_XX.UTF-8")
        code, text = told(capsys, *filter(None, (name,)), "--help")
        assert code == 0
        assert not foreign.search(text), foreign.search(text)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_list_of_commands_cuts_no_word(
    language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", f"{language}_XX.UTF-8")
    text = told(capsys, "--help")[1]
    assert "..." not in text.replace("[ARGS]...", "")


def test_the_option_wins_over_the_system(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert "Run a study" in told(capsys, "run", "--language", "en", "--help")[1]
    assert "Fait une étude" in told(capsys, "run", "--language", "xx", "--help")[1]


@pytest.mark.parametrize(
    ("line", "english", "french"),
    [
        ("run --resultz x", "there is no option --resultz; perhaps --results",
         "il n'y a pas d'option --resultz\u00a0; peut-être --results"),
        ("run --zzz", "there is no option --zzz", "il n'y a pas d'option --zzz"),
        ("rum", "there is no command rum; perhaps run", "commande rum\u00a0; peut-être run"),
        ("xyz", "there is no command xyz", "il n'y a pas de commande xyz"),
        ("run a b", "unknown on this line: b", "de trop sur cette ligne\u00a0: b"),
        ("run --cores", "--cores stands without its value", "--cores est donné sans sa valeur"),
        ("run --cores two", "--cores must be a number from 1", "--cores doit être un nombre"),
        ("run --replicates 3", "--replicates must be a number from 19", "à partir de 19"),
        ("run --language xx", "--language must be one of fr, en", "l'une de ces valeurs"),
        ("assign", "answers is missing: The answers", "Il manque answers\u00a0: Les réponses"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_understood_is_told_in_words(
    line: str,
    english: str,
    french: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for language, expected in (("en", english), ("fr", french)):
        monkeypatch.setenv("LC_ALL", f"{language}_XX.UTF-8")
        code, text = told(capsys, *line.split())
        assert code == cli.INPUT_ERROR
        assert re.sub(r"\s+", " ", expected) in text
        assert "Got unexpected" not in text


def test_without_arguments_the_help_is_shown_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    code, text = told(capsys)
    assert code == cli.INPUT_ERROR
    assert text.count("Usage:") == 1
    assert phrase("From a Likert questionnaire and its answers to a typology.") in text


def test_a_line_is_not_broken_at_a_space_that_does_not_break() -> None:
    printed = io.StringIO()
    console = Terminal(file=printed, width=24)
    spaced = "Le fichier d'étude dit «\u00a0axes\u00a0» et 12\u202f345."
    console.print(Text(spaced))
    console.print(Text("x" * 20 + " a\u00a0b"), spaced)
    for piece in ("«\u00a0axes\u00a0»", "12\u202f345", "a\u00a0b"):
        assert piece in printed.getvalue()
