"""What the code may say at a place: the phrases that an expression may come to."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from typology.documents.messages.bindings import Binding, Function, parameters
from typology.documents.messages.source_code import Choices, SourceCode, argument, asked

Said = tuple[tuple[str, ...], ...]
"""Sentences one after the other, each with the templates that may stand there."""

_NAMED = re.compile(r"\{\w+\}")
_DEEPEST = 14
_PASSED_ON = {"sorted", "list", "tuple", "reversed", "iter", "set", "str", "Phrase"}
_OF_DATA = {"few", "all_of", "study_line"}


class Found(NamedTuple):
    """What an expression comes to one way: the node, or what is said; and the way taken."""

    node: ast.AST | Said
    choices: Choices


class PhraseFinder:
    """Follows expressions to the phrases that they may come to, through the sources."""

    def __init__(self, source: SourceCode) -> None:
        self.source = source
        self._followed: set[ast.AST] = set()

    def said(self, node: ast.expr, choices: Choices) -> list[tuple[Said, Choices]]:
        """Return the phrases that an expression may come to; none where there are no words."""
        found = []
        for each in self._ends(node, choices, 0):
            if isinstance(each.node, tuple) and each.node:
                found.append((each.node, each.choices))
        return found

    def entry(
        self, given: tuple[ast.expr, int | None], choices: Choices
    ) -> list[tuple[Said, Choices]]:
        """Return what an argument says, which may be an entry of ``*several``."""
        node, at = given
        if at is None:
            return self.said(node, choices)
        found = []
        for end in self._ends(node, choices, 0):
            for part in self._step(end, at, 1):
                if isinstance(part.node, tuple) and part.node:
                    found.append((part.node, part.choices))
        return found

    def _ends(self, node: ast.expr, choices: Choices, depth: int) -> Iterator[Found]:
        """Yield what an expression may come to: phrases, literals, calls of classes."""
        if depth > _DEEPEST or node in self._followed:
            return
        self._followed.add(node)
        try:
            yield from list(self._followed_to(node, choices, depth))
        finally:
            self._followed.discard(node)

    def _followed_to(self, node: ast.expr, choices: Choices, depth: int) -> Iterator[Found]:
        if isinstance(node, ast.Name):
            yield from self._name(node, choices, depth + 1)
        elif isinstance(node, ast.Call):
            yield from self._call(node, choices, depth + 1)
        elif isinstance(node, ast.IfExp):
            owner = id(self.source.function_of(node))
            for side, part in ((True, node.body), (False, node.orelse)):
                key, positive = asked(node.test)
                taken = agreed(choices, {(owner, key): side == positive})
                if taken is not None:
                    yield from self._ends(part, taken, depth + 1)
        elif isinstance(node, ast.BoolOp):
            yield from self._either(node, choices, depth + 1)
        elif isinstance(node, ast.NamedExpr | ast.Starred | ast.Await):
            yield from self._ends(node.value, choices, depth + 1)
        elif isinstance(node, ast.Subscript):
            yield from self._subscript(node, choices, depth + 1)
        elif isinstance(node, ast.Attribute):
            yield from self._attribute(node, choices, depth + 1)
        else:
            yield Found(node, choices)

    def _either(self, node: ast.BoolOp, choices: Choices, depth: int) -> Iterator[Found]:
        """Yield what ``one or other`` may come to: the other where the one says nothing."""
        ways = [choices]
        for part in node.values:
            silent = []
            for way in ways:
                ends = list(self._ends(part, way, depth))
                yield from (end for end in ends if end.node)
                silent += [end.choices for end in ends if not _speaks(end.node)] or [way]
            ways = silent

    def _name(self, node: ast.Name, choices: Choices, depth: int) -> Iterator[Found]:
        given = self.source.bindings(node)
        if isinstance(given, list):
            for binding in given:
                taken = agreed(choices, self.source.branches(binding.statement))
                if taken is not None:
                    yield from self._bound(binding, taken, depth)
        else:
            yield from self._argument(given, node.id, choices, depth)

    def _bound(self, binding: Binding, choices: Choices, depth: int) -> Iterator[Found]:
        if binding.each:
            ends = self._entries(binding.source, choices, depth, binding.statement)
        else:
            ends = self._ends(binding.source, choices, depth)
        for end in ends:
            yield from self._steps(end, binding.steps, depth)

    def _argument(
        self, function: Function, name: str, choices: Choices, depth: int
    ) -> Iterator[Found]:
        """Yield what callers give for an argument, or what it is where they give nothing."""
        method = self._is_method(function)
        names = parameters(function, method=method)
        for call in self.source.callers(function):
            taken = agreed(choices, {(id(function), "caller"): id(call)})
            taken = taken and agreed(taken, self.source.branches(call))
            if taken is None:
                continue
            given = argument(call, names, name)
            if given is not None:
                for end in self._ends(given[0], taken, depth):
                    yield from [end] if given[1] is None else self._step(end, given[1], depth)
            elif (default := _default(function, name)) is not None:
                yield from self._ends(default, taken, depth)

    def _is_method(self, function: Function) -> bool:
        owner = self.source.parent.get(function)
        return isinstance(owner, ast.ClassDef) and not any(
            isinstance(each, ast.Name) and each.id == "staticmethod"
            for each in getattr(function, "decorator_list", ())
        )

    def _call(self, node: ast.Call, choices: Choices, depth: int) -> Iterator[Found]:
        function = node.func
        name = function.id if isinstance(function, ast.Name) else ""
        if name == "phrase" and isinstance(node.args[0], ast.Constant):
            template = str(node.args[0].value)
            if not template or re.search(r"[^\W\d_]", _NAMED.sub("", template)):
                yield Found(((template,),) if template else (), choices)
                return
            for keyword in node.keywords:  # without words of its own: "{kind} ({listed})"
                ends = list(self._ends(keyword.value, choices, depth))
                if any(_speaks(end.node) for end in ends):
                    yield from ends
                    return
            yield Found(((template,),), choices)
        elif name == "joined":
            yield from self._joined(node.args[0], choices, depth)
        elif name in _OF_DATA:
            return
        elif name in _PASSED_ON and node.args:
            yield from self._ends(node.args[0], choices, depth)
        elif isinstance(function, ast.Attribute) and function.attr == "get" and node.args:
            yield from self._looked_up(function.value, node.args[0], choices, depth)
            for otherwise in node.args[1:]:
                yield from self._ends(otherwise, choices, depth)
        else:
            yield from self._returned(node, choices, depth)

    def _joined(self, listed: ast.expr, choices: Choices, depth: int) -> Iterator[Found]:
        """Yield what is said one after the other, with all that may stand at each place."""
        parts = list(self._parts(listed, choices, depth))
        if len(parts) == 1:
            yield from self._ends(*parts[0], depth)
            return
        said: list[tuple[str, ...]] = []
        for part, taken in parts:
            ways = [each.node for each in self._ends(part, taken, depth)
                    if isinstance(each.node, tuple)]  # fmt: skip
            if all(len(way) <= 1 for way in ways):
                one = tuple(dict.fromkeys(text for way in ways for each in way for text in each))
                said += [one] if one else []
            else:
                said += [each for way in ways for each in way]
        yield Found(tuple(dict.fromkeys(said)), choices)

    def _parts(
        self, listed: ast.expr, choices: Choices, depth: int
    ) -> Iterator[tuple[ast.expr, Choices]]:
        """Yield the parts of a list, with those added to it later."""
        for end in self._ends(listed, choices, depth):
            if isinstance(end.node, ast.List | ast.Tuple):
                yield from ((part, end.choices) for part in end.node.elts)
            elif isinstance(end.node, ast.GeneratorExp | ast.ListComp):
                yield end.node.elt, end.choices
        if isinstance(listed, ast.Name):
            for part in self.source.added(listed):
                taken = agreed(choices, self.source.branches(part))
                if taken is not None:
                    yield part, taken

    def _returned(self, node: ast.Call, choices: Choices, depth: int) -> Iterator[Found]:
        """Yield what a called function returns to this call; a call of a class is an end."""
        targets = self.source.targets(node)
        if not targets and isinstance(node.func, ast.Name):
            for end in self._name(node.func, choices, depth):
                if isinstance(end.node, ast.Lambda):
                    yield from self._ends(end.node.body, end.choices, depth)
            return
        for target in targets:
            if isinstance(target, ast.ClassDef):
                yield Found(node, choices)
                continue
            if not isinstance(target, ast.FunctionDef):
                continue
            owner = id(target)
            within = {key: side for key, side in choices.items() if key[0] != owner}
            within[owner, "caller"] = id(node)
            for result in _results(target):
                taken = agreed(within, self.source.branches(result))
                if taken is not None and isinstance(self.source.parent[result], ast.Yield):
                    yield Found(_Yielded(result), choices)
                    continue
                taken = taken and agreed(taken, {(owner, "result"): id(result)})
                for end in self._ends(result, taken, depth) if taken is not None else ():
                    after = {key: side for key, side in end.choices.items() if key[0] != owner}
                    after |= {key: side for key, side in choices.items() if key[0] == owner}
                    # which way the function went tells two ends of one call apart from others
                    way: Choices = {(id(node), key): side for key, side in end.choices.items()
                           if key[0] == owner}  # fmt: skip
                    taken_here = agreed(after, way)
                    if taken_here is not None:
                        yield Found(end.node, taken_here)

    def _entries(
        self, node: ast.expr, choices: Choices, depth: int, loop: ast.AST
    ) -> Iterator[Found]:
        """Yield the entries of what a loop goes through."""
        if depth > _DEEPEST:
            return
        key = (id(loop), "entry")
        function = node.func if isinstance(node, ast.Call) else None
        if isinstance(function, ast.Attribute) and function.attr in ("items", "values"):
            yield from self._of_table(function, key, choices, depth)
            return
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "enumerate":
            for end in self._entries(node.args[0], choices, depth + 1, loop):
                yield Found(_Pair(end), end.choices)
            return
        for end in self._ends(node, choices, depth + 1):
            for at, part in _listed(end.node):
                taken = agreed(end.choices, {key: at})
                if taken is not None:
                    yield from self._ends(part, taken, depth + 1)

    def _of_table(
        self, function: ast.Attribute, key: tuple[int, object], choices: Choices, depth: int
    ) -> Iterator[Found]:
        """Yield the items of a table written out, or its values."""
        for end in self._ends(function.value, choices, depth + 1):
            if not isinstance(end.node, ast.Dict):
                continue
            for at, (name, value) in enumerate(zip(end.node.keys, end.node.values, strict=True)):
                taken = agreed(end.choices, {key: at})
                if taken is None or name is None:
                    continue
                if function.attr == "items":
                    yield Found(ast.Tuple([name, value]), taken)
                else:
                    yield from self._ends(value, taken, depth + 1)

    def _steps(self, end: Found, steps: tuple[int, ...], depth: int) -> Iterator[Found]:
        if not steps:
            yield end
            return
        for part in self._step(end, steps[0], depth):
            yield from self._steps(part, steps[1:], depth)

    def _step(self, end: Found, at: int, depth: int) -> Iterator[Found]:
        """Yield an entry of a tuple, or of what is made in the order of its fields."""
        node = end.node
        if isinstance(node, _Pair):
            if at == 1:
                yield node.end
        elif isinstance(node, ast.Tuple | ast.List) and at < len(node.elts):
            yield from self._ends(node.elts[at], end.choices, depth + 1)
        elif isinstance(node, ast.Call):
            for described in self.source.targets(node):
                if isinstance(described, ast.ClassDef):
                    names = self.source.fields(described)
                    if at < len(names):
                        yield from self._field(node, described, names[at], end.choices, depth + 1)

    def _subscript(self, node: ast.Subscript, choices: Choices, depth: int) -> Iterator[Found]:
        if isinstance(node.value, ast.Attribute) and node.value.attr == "args":
            for call in self.source.calls["ValueError"]:  # what a check of a model refuses
                if call.args and isinstance(call.args[0], ast.Call | ast.Name):
                    yield from self._ends(call.args[0], choices, depth)
            return
        at = node.slice
        whole = isinstance(at, ast.Constant) and isinstance(at.value, int)
        for end in self._ends(node.value, choices, depth):
            if isinstance(end.node, ast.Dict):
                yield from self._looked_up(end.node, at, end.choices, depth)
            elif whole:
                yield from self._step(end, at.value, depth)  # type: ignore[attr-defined]
            elif isinstance(end.node, ast.Tuple | ast.List) and not isinstance(at, ast.Slice):
                for each in end.node.elts:
                    yield from self._ends(each, end.choices, depth)

    def _looked_up(
        self, table: ast.expr, key: ast.expr, choices: Choices, depth: int
    ) -> Iterator[Found]:
        """Yield what a table holds under a key; all that it holds, of a key known later."""
        for end in self._ends(table, choices, depth):
            if not isinstance(end.node, ast.Dict):
                continue
            for name, value in zip(end.node.keys, end.node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(name, ast.Constant):
                    if key.value == name.value:
                        yield from self._ends(value, end.choices, depth)
                    continue
                owner = id(self.source.function_of(key))
                told = None if name is None else ast.unparse(name)
                taken = agreed(end.choices, {(owner, ast.unparse(key)): told})
                if taken is not None:
                    yield from self._ends(value, taken, depth)

    def _attribute(self, node: ast.Attribute, choices: Choices, depth: int) -> Iterator[Found]:
        """Yield what a field of an object is given where the object is made."""
        made = [(end.node, end.choices) for end in self._ends(node.value, choices, depth)
                if isinstance(end.node, ast.Call)]  # fmt: skip
        for call, way in made:
            for described in self.source.targets(call):
                if isinstance(described, ast.ClassDef):
                    yield from self._field(call, described, node.attr, way, depth)
        if made:
            return
        owner = (id(self.source.function_of(node)), f"{ast.unparse(node.value)} is made")
        for described in self._kinds(node):
            for call in self.source.callers(described):
                taken = agreed(choices, {owner: id(call)})
                taken = taken and agreed(taken, self.source.branches(call))
                if taken is not None:
                    yield from self._field(call, described, node.attr, taken, depth)

    def _kinds(self, node: ast.Attribute) -> list[ast.ClassDef]:
        """Return the classes that an object may be of: as declared, or all with this field."""
        own = self.source.class_of(node)
        if isinstance(node.value, ast.Name) and node.value.id == "self" and own is not None:
            return [own]
        declared = self.source.declared(node.value)
        return [
            described
            for described in declared or self.source.classes.values()
            if described.name not in PASSED_ON and self.source.holds_words(described, node.attr)
        ]

    def _field(
        self, call: ast.Call, described: ast.ClassDef, name: str, choices: Choices, depth: int
    ) -> Iterator[Found]:
        given = argument(call, self.source.fields(described), name)
        if given is None:
            defaults = [
                each.value
                for each in described.body
                if isinstance(each, ast.AnnAssign) and ast.unparse(each.target) == name
            ]
            for default in filter(None, defaults):
                yield from self._ends(default, choices, depth)
        elif given[1] is None:
            yield from self._ends(given[0], choices, depth)
        else:
            for end in self._ends(given[0], choices, depth):
                yield from self._step(end, given[1], depth)


PASSED_ON = ("Problem", "Fault")
"""What a message is made as: found where it is made, and not where it is handed on."""


class _Pair(ast.AST):
    """What ``enumerate`` gives: a number and an entry."""

    def __init__(self, end: Found) -> None:
        super().__init__()
        self.end = end


class _Yielded(ast.AST):
    """What a generator gives one after the other."""

    def __init__(self, value: ast.expr) -> None:
        super().__init__()
        self.value = value


def agreed(one: Choices, other: Choices) -> Choices | None:
    """Return two ways taken as one, or None where they part.

    >>> agreed({(1, 2): True}, {(1, 3): False}), agreed({(1, 2): True}, {(1, 2): False})
    ({(1, 2): True, (1, 3): False}, None)
    """
    if any(one.get(key, side) != side for key, side in other.items()):
        return None
    return {**one, **other}


def _speaks(node: ast.AST | Said) -> bool:
    return isinstance(node, tuple) and bool(node)


def _listed(node: ast.AST | Said) -> list[tuple[int, ast.expr]]:
    """Return the entries of what is a list as it is written, each with what tells it apart."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return list(enumerate(node.elts))
    if isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp):
        return [(0, node.elt)]
    return [(id(node.value), node.value)] if isinstance(node, _Yielded) else []


def _results(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """Yield what a function returns, or yields."""
    nodes: list[ast.AST] = list(function.body)
    while nodes:
        node = nodes.pop(0)
        if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            continue
        if isinstance(node, ast.Return | ast.YieldFrom | ast.Yield) and node.value is not None:
            yield node.value
        nodes.extend(ast.iter_child_nodes(node))


def _default(function: Function, name: str) -> ast.expr | None:
    given = function.args
    named = [*given.posonlyargs, *given.args]
    pairs = [*zip(named[::-1], given.defaults[::-1], strict=False),
             *zip(given.kwonlyargs, given.kw_defaults, strict=True)]  # fmt: skip
    return next((value for each, value in pairs if each.arg == name), None)
