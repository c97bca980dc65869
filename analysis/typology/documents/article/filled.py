"""An article as a reader has it: its page with the sentences filled in, without Quarto."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typology.documents.document import Document

_PAGE = "article-{language}.qmd"
ABSTRACT, END = ".abstract", ".declarations"
"""Classes of the division that holds the abstract, and of the heading at which the text ends."""

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_CODE = re.compile(r"^```\{python\}\n(.*?)^```$|`\{python\} ([^`]+)`", re.DOTALL | re.MULTILINE)
_DIVISION = re.compile(r"^(:{3,})[ \t]*\{([^}]*)\}[ \t]*$(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)


@dataclass(frozen=True)
class FilledArticle:
    """The Markdown of an abstract and of a text, and how many tables and figures stand in it."""

    abstract: str
    text: str
    exhibits: int


def filled_article(document: Document) -> FilledArticle | None:
    """Return the article in the language of a document; None where its page is not there."""
    path = document.folder / _PAGE.format(language=document.language)
    if not path.is_file():
        return None
    shown = 0

    def fill(found: re.Match[str]) -> str:
        nonlocal shown
        if found[2] is not None:
            return _said(document, ast.parse(found[2].strip(), mode="eval").body)
        told = []
        for statement in ast.parse(found[1]).body:
            if isinstance(statement, ast.Expr):
                name = _name_shown(statement.value)
                shown += document.number_shown(name) if name else 0
                told.append("" if name else _said(document, statement.value))
        return "\n\n".join(told)

    page = _CODE.sub(fill, _FRONT_MATTER.sub("", path.read_text(encoding="utf-8")))
    abstract = next((body[3] for body in _DIVISION.finditer(page) if ABSTRACT in body[2]), "")
    text = _DIVISION.sub("", page)
    end = next((at.start() for at in _HEADING.finditer(text) if END in at[0]), len(text))
    return FilledArticle(abstract=abstract, text=text[:end], exhibits=shown)


def _name_shown(expression: ast.expr) -> str:
    """Return what an expression shows, ``doc.show("types")``; "" where it shows nothing."""
    if isinstance(expression, ast.Call) and ast.unparse(expression.func) == "doc.show":
        return str(ast.literal_eval(expression.args[0]))
    return ""


def _said(document: Document, expression: ast.expr) -> str:
    """Return what ``doc.say("name", ...)``, ``facts.name`` or ``facts.name(...)`` says.

    Nothing else is run: a page is text until Quarto renders it.
    """
    called = isinstance(expression, ast.Call)
    function = expression.func if isinstance(expression, ast.Call) else expression
    values = (
        [ast.literal_eval(each) for each in expression.args]
        if isinstance(expression, ast.Call)
        else []
    )
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return ""
    if (function.value.id, function.attr) == ("doc", "say"):
        return str(document.say(*values))
    if function.value.id != "facts":
        return ""
    found = getattr(document.facts, function.attr)
    return str(found(*values) if called else found)
