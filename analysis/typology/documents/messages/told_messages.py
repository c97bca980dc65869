"""What the code may say, read from it: at each place that makes a message, its parts."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from typology.words.catalogue import ROOMS

_MADE = ("Problem", "Fault")
_PARTS = ("expected", "remedy")
_FOUND = "found"
_OF_VALUES = "Correct it."  # what `typology.problems` says to do about a ValueError
_OF_MESSAGES = re.compile(r"phrase|remedy|expected|Problem|Fault")
"""What stands in the code of every module that says something: the others are not parsed."""
_GIVING = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.comprehension)
TEMPLATE_VALUE = re.compile(r"\{(\w+)\}")
"""Where a template has a value."""

_At = tuple[int, int] | None
"""Which part of a tuple of how many parts is meant; all of it when None."""


@dataclass(frozen=True)
class Message:
    """What one place of the code may say: templates, as it has them in English."""

    module: str
    line: int
    expected: tuple[str, ...]
    remedies: tuple[str, ...]
    found: tuple[str, ...] = ()  # known beside what to do, where what was expected is not

    @property
    def room(self) -> str:
        """Return the room that says it."""
        return self.module.split("/")[0]


@cache
def told_messages() -> tuple[Message, ...]:
    """Return what is said at each call of what takes an ``expected`` or a ``remedy``.

    These are problems, faults, and what makes them of what it is given; and the errors of values,
    whose text is what was expected.
    """
    return tuple(
        message
        for scope in _scopes()
        for node in scope.calls
        if (_taken(node, scope) or any(each.arg in _PARTS for each in node.keywords))
        and (_called(node) != "ValueError" or _names_what_is_expected(node))
        for message in _messages_of(node, scope)
    )


def _messages_of(node: ast.Call, scope: _Scope) -> Iterator[Message]:
    """Yield what a call may say: one message, or one a row of the table that it goes through."""
    expected, remedies = (_said(node, part, scope) for part in _PARTS)
    found = () if expected or _FOUND not in _taken(node, scope) else _said(node, _FOUND, scope)
    rows = list(_rows_of(node, scope)) if len(found) > 1 else []
    for each, remedy in rows:
        yield Message(scope.module, node.lineno, (), (remedy,), (each,))
    if not rows:
        yield Message(scope.module, node.lineno, expected, remedies, found)


def _rows_of(node: ast.Call, scope: _Scope) -> Iterator[tuple[str, str]]:
    """Yield what was found and what to do, row by row of the table that a loop goes through."""
    names = dict(zip(_taken(node, scope), node.args, strict=False))
    ways = [scope.values.get(getattr(names.get(part), "id", ""), ()) for part in (_FOUND, "remedy")]
    for table, at in ways[0]:
        for other, beside in ways[1]:
            if table is not other or not at or not beside:
                continue
            for whole, _, _ in _values(getattr(table, "id", ""), scope):
                for row in getattr(whole, "elts", ()):
                    parts = [
                        [*_phrases(row.elts[each[0]], None, scope, set())] for each in (at, beside)
                    ]
                    if all(parts):
                        yield parts[0][0], parts[1][0]


@dataclass(frozen=True, eq=False)
class _Scope:
    """A function, or the top of a module: where names have values."""

    module: str
    node: ast.AST

    @cached_property
    def inside(self) -> tuple[ast.AST, ...]:
        """Return all that stands in it."""
        return tuple(ast.walk(self.node))

    @cached_property
    def calls(self) -> tuple[ast.Call, ...]:
        """Return what it calls."""
        return tuple(node for node in self.inside if isinstance(node, ast.Call))

    @cached_property
    def values(self) -> Mapping[str, list[tuple[ast.expr, _At]]]:
        """Return what is assigned to each name, or added to the list of that name."""
        found: dict[str, list[tuple[ast.expr, _At]]] = defaultdict(list)
        for node in self.inside:
            if isinstance(node, ast.arg):
                found[node.arg] += []  # given by the callers
            elif isinstance(node, ast.Call) and _called(node) == "append":
                found[getattr(getattr(node.func, "value", None), "id", "")].append(
                    (node.args[0], None)
                )
            elif isinstance(node, _GIVING):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                value = node.iter if isinstance(node, ast.For | ast.comprehension) else node.value
                if value is None:  # a type alone
                    continue
                for target in targets:
                    inside = target.elts if isinstance(target, ast.Tuple) else [target]
                    for at, each in enumerate(inside):
                        if isinstance(each, ast.Name):
                            part = (at, len(inside)) if inside[1:] else None
                            found[each.id].append((value, part))
                        elif isinstance(each, ast.Tuple):  # of a pair: key, (one, other)
                            for inner, one in enumerate(each.elts):
                                if isinstance(one, ast.Name):
                                    found[one.id].append((value, (inner, len(each.elts))))
        return found


def _called(call: ast.AST) -> str:
    """Return the name of what is called, be it of an object."""
    func = getattr(call, "func", None)
    return str(getattr(func, "id", getattr(func, "attr", "")))


def _own_method(code: ast.AST) -> str:
    """Return the name of what is asked of ``self``."""
    if isinstance(code, ast.Attribute) and getattr(code.value, "id", "") == "self":
        return code.attr
    return ""


def _parameters(node: ast.FunctionDef | ast.ClassDef) -> list[str]:
    """Return the names of what a function takes, or of the fields of a class."""
    if isinstance(node, ast.FunctionDef):
        names = [each.arg for each in (*node.args.args, *node.args.kwonlyargs)]
        return [name for name in names if name not in ("self", "cls")]
    fields = [each.target for each in node.body if isinstance(each, ast.AnnAssign)]
    return [each.id for each in fields if isinstance(each, ast.Name)]


def _names_what_is_expected(error: ast.Call) -> bool:
    said = error.args[0]
    return _called(said) == "phrase" or getattr(said, "id", "") == "expected"


def _taken(call: ast.Call, scope: _Scope) -> list[str]:
    """Return the names of what is given to something that takes a part of a message."""
    name = _called(call)
    return _takes().get((scope.module, name), _takes().get(("", name), []))


@cache
def _takes() -> Mapping[tuple[str, str], list[str]]:
    found = {("", "ValueError"): ["expected"]}
    kinds: list[ast.ClassDef] = []
    for scope, node in [(each, node) for each in _scopes() for node in each.inside]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = _parameters(node)
            if set(_PARTS) & set(names):
                found[scope.module if node.name.startswith("_") else "", node.name] = names
            elif isinstance(node, ast.ClassDef):
                kinds.append(node)
    for kind in kinds:  # takes what the kind does that it is one of
        for base in (getattr(each, "id", "") for each in kind.bases):
            if ("", base) in found and base not in _MADE:
                found["", kind.name] = found["", base]
    return found


def _said(call: ast.Call, part: str, scope: _Scope) -> tuple[str, ...]:
    """Return the phrases that a call gives as a part of a message, or that what it calls adds."""
    if part == "remedy" and _called(call) == "ValueError":
        return (_OF_VALUES,)
    given: list[tuple[ast.expr, _At]]
    given = [(each.value, None) for each in call.keywords if each.arg == part]
    for name, each in zip(_taken(call, scope), call.args, strict=False):
        if isinstance(each, ast.Starred) and part in _PARTS:  # a pair: what is expected, what to do
            given.append((each.value, (_PARTS.index(part), len(_PARTS))))
            break
        if name == part:
            given.append((each, None))
    seen: set[object] = {scope}
    found = dict.fromkeys(text for code, at in given for text in _phrases(code, at, scope, seen))
    if not given and _called(call) not in _MADE:
        found = dict.fromkeys(
            text
            for called in _functions_called(call, scope)
            for node in called.calls
            if _called(node) in _MADE
            for text in _said(node, part, called)
        )
    return tuple(text for text in found if re.search(r"\w", TEMPLATE_VALUE.sub("", text)))


def _functions_called(call: ast.Call, scope: _Scope) -> list[_Scope]:
    """Return the functions of a name: those of the module, or else the public one."""
    name = _called(call)
    return _named().get((scope.module, name), []) or _named().get(("", name), [])


def _phrases(code: ast.AST, at: _At, scope: _Scope, seen: set[object]) -> Iterator[str]:
    """Yield the phrases of an expression, of what its names stand for and its functions return.

    Of tuples with as many parts as ``at`` says, only one part is looked at.
    """
    if isinstance(code, ast.Attribute) and code.attr in _PARTS:
        return  # of another message
    if isinstance(code, ast.Call) and _called(code) == "phrase":
        if isinstance(code.args[0], ast.Constant):
            yield str(code.args[0].value)
        return
    name = getattr(code, "id", "") or _own_method(code)
    if name and (name, scope, at) not in seen:
        seen.add((name, scope, at))
        for value, inner, where in _values(name, scope):
            if where is not scope and isinstance(where.node, ast.FunctionDef) and scope not in seen:
                continue  # a function of a function
            yield from _phrases(value, inner or at, where, seen)
    if isinstance(code, ast.Tuple) and at and len(code.elts) == at[1]:
        yield from _phrases(code.elts[at[0]], None, scope, seen)
        return
    if isinstance(code, ast.IfExp):
        inside: Iterable[ast.AST] = (code.body, code.orelse)
    elif isinstance(code, ast.Subscript):
        inside = (code.value,)
    else:
        inside = ast.iter_child_nodes(code)
    for each in inside:
        yield from _phrases(each, at, scope, seen)


def _values(name: str, scope: _Scope) -> Iterator[tuple[ast.expr, _At, _Scope]]:
    if name in scope.values:
        yield from ((value, at, scope) for value, at in scope.values[name])
    else:
        yield from _defined().get((scope.module, name), _defined().get(("", name), ()))


@cache
def _defined() -> Mapping[tuple[str, str], list[tuple[ast.expr, _At, _Scope]]]:
    """Return what the names of each module stand for, and what its functions return.

    Public names are those of all modules: no two are the same.
    """
    found: dict[tuple[str, str], list[tuple[ast.expr, _At, _Scope]]] = defaultdict(list)
    for scope in _scopes():
        if isinstance(scope.node, ast.FunctionDef):
            named: list[tuple[str, ast.expr, _At]] = [
                (scope.node.name, node.value, None)
                for node in scope.inside
                if isinstance(node, ast.Return | ast.Yield) and node.value
            ]
        else:
            named = [(name, *value) for name, values in scope.values.items() for value in values]
        for name, value, at in named:
            for module in {scope.module, scope.module if name.startswith("_") else ""}:
                found[module, name].append((value, at, scope))
    return found


@cache
def _named() -> Mapping[tuple[str, str], list[_Scope]]:
    """Return the functions of each name in each module."""
    found: dict[tuple[str, str], list[_Scope]] = defaultdict(list)
    for scope in _scopes():
        name = getattr(scope.node, "name", "")
        found[scope.module, name].append(scope)
        if name and not name.startswith("_"):  # no two public ones have the same
            found["", name].append(scope)
    return found


@cache
def _scopes() -> tuple[_Scope, ...]:
    """Return the functions of all that says something, and what is outside of them."""
    found = []
    for path in sorted(ROOMS.rglob("*.py")):
        module = path.relative_to(ROOMS).as_posix()
        code = path.read_text(encoding="utf-8")
        if not _OF_MESSAGES.search(code):
            continue
        top = ast.parse(code).body
        functions = [each for each in top if isinstance(each, ast.FunctionDef)]
        for kind in (each for each in top if isinstance(each, ast.ClassDef)):
            methods = [each for each in kind.body if isinstance(each, ast.FunctionDef)]
            for method in methods:
                method.name = kind.name if method.name == "__init__" else method.name
            kind.body = [each for each in kind.body if each not in methods]
            functions += methods
        outside = ast.Module([each for each in top if each not in functions], [])
        found += [_Scope(module, each) for each in (*functions, outside)]
    return tuple(found)


@cache
def written_phrases() -> Mapping[str, tuple[str, ...]]:
    """Return every template that a module writes out, whatever it is for."""
    found: dict[str, list[str]] = defaultdict(list)
    for scope in _scopes():
        for call in scope.calls:
            if _called(call) == "phrase" and isinstance(call.args[0], ast.Constant):
                found[scope.module].append(str(call.args[0].value))
    return {module: tuple(dict.fromkeys(each)) for module, each in found.items()}
