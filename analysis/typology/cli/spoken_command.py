"""The command in a language: its help, and what is said of a line that cannot be understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from typology.words.phrases import Phrase, in_language, phrase

# What Typer itself writes into a page of help, where the phrase goes.
_HEADINGS = {
    r"^Usage: (.*)\[OPTIONS\]": phrase("Usage:"),
    r"^Arguments:": phrase("Arguments:"),
    r"^Options:": phrase("Options:"),
    r"^Commands:": phrase("Commands:"),
}
_TYPES = {
    "<path>": phrase("<file>"),
    "<int>": phrase("<number>"),
    "<int range>": phrase("<number>"),
    "<float>": phrase("<number>"),
    "<float range>": phrase("<number>"),
    "<str>": phrase("<text>"),
    "list[<str>]": phrase("<text>"),
}
_SHOW_HELP = phrase("Show this and stop.")


def language_asked(arguments: Sequence[str]) -> str | None:
    """Return the language that a command line asks for, if it asks for one.

    >>> language_asked(["run", "--language", "fr"]), language_asked(["run", "--language=en"])
    ('fr', 'en')
    """
    for at, given in enumerate(arguments):
        name, _, value = given.partition("=")
        if name == "--language":
            asked = value or "".join(arguments[at + 1 : at + 2])
            return asked if asked in ("fr", "en") else None
    return None


class SpokenCommand(TyperCommand):
    """A command whose help is in the language of its context."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """Return the help."""
        return _page(super().get_help(ctx), _language(ctx))

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - as Typer calls it
        """Return the line of the list of commands, which is wrapped rather than cut."""
        return self.help or ""


class SpokenGroup(TyperGroup):
    """The command of commands, whose help is in the language of its context."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """Return the help."""
        return _page(super().get_help(ctx), _language(ctx))


def _language(context: typer.Context) -> str:
    return str(context.find_root().obj)


def _page(text: str, language: str) -> str:
    """Return a page of help with Typer's own words in a language."""
    if language == "fr":
        text = re.sub(r"\[default:(?=\s)", "[par défaut\u00a0:", text)
        text = text.replace("; required]", "; obligatoire]").replace("[required]", "[obligatoire]")
    for heading, said in _HEADINGS.items():
        if found := re.search(heading, text, re.MULTILINE):
            rest = f" {found[1]}[OPTIONS]" if found.groups() else ""
            text = f"{text[: found.start()]}{said.in_(language)}{rest}{text[found.end() :]}"
    return text


def spoken_command(app: typer.Typer, language: str) -> Any:
    """Return the command of an application with its texts in a language."""
    group = typer.main.get_command(app)
    commands = getattr(group, "commands", {}).values()
    for command in (group, *commands):
        command.help = _said(command.help, language)
        command.epilog = _said(command.epilog, language)
        context = typer.Context(command)
        for parameter in command.get_params(context):
            shown = "--help" in parameter.opts
            parameter.help = _SHOW_HELP.in_(language) if shown else _said(parameter.help, language)
            _name_type(parameter, language, context)
    return group


def _name_type(parameter: Any, language: str, context: typer.Context) -> None:
    """Let the help name the type of a parameter in words."""
    type_ = parameter.display_type_rich(ctx=context)
    if type_ in _TYPES and not getattr(parameter, "is_flag", False):
        named = _TYPES[type_].in_(language)
        parameter.display_type_rich = lambda ctx: named  # noqa: ARG005 - as Typer calls it


def _said(text: str | None, language: str) -> str | None:
    """Return a text of the command, whose English is a phrase, in a language."""
    return text and Phrase(text, text).in_(language)


_MISUSES: tuple[tuple[str, Callable[[str, str], Phrase]], ...] = (
    (
        r"Got unexpected extra argument(?:s|\(s\))? \((?P<given>.*)\)",
        lambda given, _: phrase("unknown on this line: {given}", given=given),
    ),
    (
        r"Option '?(?P<given>.*?)'? requires an argument\.?",
        lambda given, _: phrase("{given} stands without its value", given=given),
    ),
    (
        r"Option '?(?P<given>.*?)'? does not take a value\.?",
        lambda given, _: phrase("{given} takes no value", given=given),
    ),
    (
        r"No such command '(?P<given>.*?)'\. Did you mean '(?P<near>.*?)'.*",
        lambda given, near: phrase(
            "there is no command {given}; perhaps {near}", given=given, near=near
        ),
    ),
    (
        r"No such command '(?P<given>.*?)'.*",
        lambda given, _: phrase("there is no command {given}", given=given),
    ),
)


def told_misuse(error: TyperException, language: str) -> str:
    """Return what is wrong with a command line, and how it is written."""
    context = getattr(error, "ctx", None)
    lines = [in_language(_misuse(error), language)]
    if context is not None and type(error).__name__ != "NoArgsIsHelpError":
        lines.append(_page(context.get_usage(), language))
        path = f"{context.command_path} --help"
        lines.append(phrase("All its options: {command}", command=path).in_(language))
    return "\n".join(lines)


def _misuse(error: TyperException) -> str:
    parameter = getattr(error, "param", None)
    option = getattr(error, "option_name", None)
    if parameter is not None:
        name = _name(parameter)
        if type(error).__name__ == "MissingParameter":
            return phrase("{name} is missing: {meaning}", name=name, meaning=_meaning(parameter))
        return phrase("{name} must be {expected}", name=name, expected=_expected(parameter))
    if option is not None and "No such option" in error.message:
        near = tuple(getattr(error, "possibilities", None) or ())
        if near:
            return phrase("there is no option {option}; perhaps {near}", option=option,
                          near=", ".join(near))  # fmt: skip
        return phrase("there is no option {option}", option=option)
    for pattern, said in _MISUSES:
        if found := re.fullmatch(pattern, error.message):
            return said(found["given"], found.groupdict().get("near") or "")
    return error.format_message()


def _name(parameter: Any) -> str:
    options = [each for each in parameter.opts if each.startswith("--")]
    return options[0] if options else str(parameter.name)


def _meaning(parameter: Any) -> str:
    return Phrase(parameter.help or "", parameter.help or "")


def _expected(parameter: Any) -> str:
    """Return what an option takes, in words."""
    low, high = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if low is not None and high is not None:
        return phrase("a number from {low} to {high}", low=low, high=high)
    if low is not None:
        return phrase("a number from {low}", low=low)
    choices = parameter.type_descriptor.choices
    if choices:
        names = ", ".join(str(getattr(each, "value", each)) for each in choices)
        return phrase("one of {choices}", choices=names)
    return phrase("a value of its kind: {meaning}", meaning=_meaning(parameter))
