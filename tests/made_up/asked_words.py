"""Which words the code asks for, read from the code: the keys and members of every word()."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

DECLARING = {"table_exhibit", "figure_exhibit", "document_table"}
"""What declares an exhibit: its caption is asked for where it is declared."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)


@dataclass(frozen=True)
class Asked:
    """One call of word().

    Parameters
    ----------
    path : Path
    line : int
    keys : frozenset of str or None
        What the key may be; None where the code does not tell.
    members : tuple of frozenset of str or None
        What each member may be; None where the tables say it.
    """

    path: Path
    line: int
    keys: frozenset[str] | None
    members: tuple[frozenset[str] | None, ...]


@dataclass
class Code:
    """The modules of a package, with what their names are bound to.

    Parameters
    ----------
    package : Path
    """

    package: Path
    _parents: dict[ast.AST, ast.AST] = field(default_factory=dict)

    @cached_property
    def trees(self) -> dict[Path, ast.Module]:
        """Every module, parsed."""
        trees = {
            path: ast.parse(path.read_text(encoding="utf-8"))
            for path in sorted(self.package.rglob("*.py"))
        }
        for tree in trees.values():
            for node in ast.walk(tree):
                for child in ast.iter_child_nodes(node):
                    self._parents[child] = node
        return trees

    @cached_property
    def calls(self) -> dict[str, list[ast.Call]]:
        """Every call, by the last name of what is called."""
        found: dict[str, list[ast.Call]] = {}
        for tree in self.trees.values():
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and (name := _name(node.func)):
                    found.setdefault(name, []).append(node)
        return found

    def asked(self) -> Iterator[Asked]:
        """Yield every call of word(), and the caption of every exhibit."""
        for path, tree in self.trees.items():
            for node in ast.walk(tree):
                if not isinstance(node, ast.Call):
                    continue
                if _name(node.func) in DECLARING:
                    yield from self._caption(path, node)
                if _name(node.func) != "word":
                    continue
                if self._function(node) in {"word", "caption"}:  # hands on what it is asked for
                    continue
                skipped = 2 if isinstance(node.func, ast.Name) else 1
                members = tuple(_frozen(self.texts(each)) for each in node.args[skipped:])
                yield Asked(path, node.lineno, _frozen(self.texts(node.args[0])), members)

    def _caption(self, path: Path, call: ast.Call) -> Iterator[Asked]:
        own = {each.arg: each.value for each in call.keywords}
        name = self.texts(own.get("caption_key", call.args[0]))
        if name is not None:
            yield Asked(path, call.lineno, frozenset({"caption"}), (frozenset(name),))

    def texts(self, node: ast.expr, depth: int = 0) -> set[str] | None:
        """Return the texts that an expression may be; None where the code does not tell."""
        if depth > 8:
            return None
        parts: list[ast.expr] | None = None
        if isinstance(node, ast.Constant):
            return {node.value} if isinstance(node.value, str) else None
        if isinstance(node, ast.IfExp):
            parts = [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp):
            parts = node.values
        elif isinstance(node, ast.Subscript):
            parts = self._values(node.value, depth)
        elif isinstance(node, ast.Call) and _name(node.func) == "get" and len(node.args) == 2:
            held = self._values(node.func.value, depth)  # type: ignore[attr-defined]
            parts = None if held is None else [*held, node.args[1]]
        elif isinstance(node, ast.Call) and _name(node.func) == "str":
            return self.texts(node.args[0], depth + 1)
        elif isinstance(node, ast.Name):
            parts = self._bound(node, depth)
        if not parts:
            return None
        found: set[str] = set()
        for part in parts:
            texts = self.texts(part, depth + 1)
            if texts is None:
                return None
            found |= texts
        return found

    def _values(self, node: ast.expr, depth: int) -> list[ast.expr] | None:
        """Return the values of a dictionary written in the code."""
        for each in self._literals(node, depth):
            if isinstance(each, ast.Dict):
                return each.values
        return None

    def _literals(self, node: ast.expr, depth: int) -> list[ast.expr]:
        if isinstance(node, ast.Name) and depth <= 8:
            bound = self._bound(node, depth + 1) or []
            return [found for each in bound for found in self._literals(each, depth + 1)]
        return [node]

    def _elements(self, node: ast.expr, depth: int) -> list[ast.expr] | None:
        """Return what an iterable written in the code yields."""
        found: list[ast.expr] = []
        for each in self._literals(node, depth):
            if isinstance(each, ast.Tuple | ast.List | ast.Set):
                found += each.elts
            elif isinstance(each, ast.Dict):
                found += [key for key in each.keys if key is not None]
            elif isinstance(each, ast.Call) and _name(each.func) in {"items", "values"}:
                held = each.func.value  # type: ignore[attr-defined]
                for known in self._literals(held, depth):
                    if not isinstance(known, ast.Dict):
                        return None
                    if _name(each.func) == "values":
                        found += known.values
                        continue
                    pairs = zip(known.keys, known.values, strict=True)
                    found += [ast.Tuple([key, value], ast.Load()) for key, value in pairs if key]
            elif isinstance(each, ast.Call) and _name(each.func) == "zip":
                columns = [self._elements(arg, depth + 1) for arg in each.args]
                rows = max((len(column) for column in columns if column), default=0)
                unknown = ast.Constant(None)
                filled = [column or [unknown] * rows for column in columns]
                found += [ast.Tuple(list(row), ast.Load()) for row in zip(*filled, strict=False)]
            elif isinstance(each, ast.Call) and _name(each.func) == "enumerate":
                inner = self._elements(each.args[0], depth + 1) or []
                found += [ast.Tuple([ast.Constant(0), item], ast.Load()) for item in inner]
            else:
                return None
        return found or None

    def _bound(self, name: ast.Name, depth: int) -> list[ast.expr] | None:
        """Return every expression that a name is bound to, from the inside out."""
        scope: ast.AST | None = name
        while scope is not None:
            scope = self._parents.get(scope)
            if isinstance(scope, COMPREHENSIONS):
                found = [
                    bound
                    for each in scope.generators
                    for bound in self._unpacked(each.target, each.iter, name.id, depth)
                ]
            elif isinstance(scope, FUNCTIONS):
                found = self._assigned(scope, name.id, depth) or self._given(scope, name.id)
            elif isinstance(scope, ast.Module):
                found = self._assigned(scope, name.id, depth)
                found = found or self._imported(scope, name.id, depth)
            else:
                continue
            if found:
                return found
        return None

    def _assigned(self, scope: ast.AST, name: str, depth: int) -> list[ast.expr]:
        found: list[ast.expr] = []
        for node in ast.walk(scope):
            if isinstance(scope, ast.Module) and self._parents.get(node) is not scope:
                continue
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name) and target.id == name:
                        found.append(node.value)
                    elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                        pairs = zip(target.elts, node.value.elts, strict=False)
                        found += [
                            value
                            for each, value in pairs
                            if isinstance(each, ast.Name) and each.id == name
                        ]
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                if isinstance(node.target, ast.Name) and node.target.id == name:
                    found.append(node.value)
            elif isinstance(node, ast.For):
                found += self._unpacked(node.target, node.iter, name, depth)
            elif isinstance(node, ast.Call) and _name(node.func) == "append":
                held = node.func.value  # type: ignore[attr-defined]
                if isinstance(held, ast.Name) and held.id == name:
                    found.append(ast.List(node.args, ast.Load()))
        return found

    def _imported(self, module: ast.Module, name: str, depth: int) -> list[ast.expr]:
        """Return what a name is bound to in the module of the package that it comes from."""
        for node in ast.walk(module):
            if isinstance(node, ast.ImportFrom) and node.module:
                own = [each.name for each in node.names if (each.asname or each.name) == name]
                path = self.package.parent.joinpath(*node.module.split(".")).with_suffix(".py")
                if own and path in self.trees:
                    return self._assigned(self.trees[path], own[0], depth)
        return []

    def _unpacked(
        self, target: ast.expr, iterable: ast.expr, name: str, depth: int
    ) -> list[ast.expr]:
        """Return what a name of a loop's target is in each turn."""
        place = _place(target, name)
        if place is None:
            return []
        unknown: list[ast.expr] = [ast.Constant(None)]
        elements = self._elements(iterable, depth + 1)
        if elements is None:
            return unknown
        found = []
        for each in elements:
            part = each
            for position in place:
                if not isinstance(part, ast.Tuple | ast.List) or position >= len(part.elts):
                    return unknown
                part = part.elts[position]
            found.append(part)
        return found

    def _function(self, node: ast.AST) -> str:
        while node in self._parents:
            node = self._parents[node]
            if isinstance(node, ast.FunctionDef):
                return node.name
        return ""

    def _module(self, node: ast.AST) -> ast.AST:
        while node in self._parents:
            node = self._parents[node]
        return node

    def _given(self, function: ast.AST, name: str) -> list[ast.expr]:
        """Return what the calls of a function give for one of its parameters."""
        if not isinstance(function, ast.FunctionDef):
            return []
        own = function.args
        places = [each.arg for each in (*own.posonlyargs, *own.args)]
        if name not in places + [each.arg for each in own.kwonlyargs]:
            return []
        found: list[ast.expr] = []
        method = bool(places) and places[0] in {"self", "cls"}
        for call in self.calls.get(function.name, []):
            if function.name.startswith("_") and self._module(call) is not self._module(function):
                continue
            given = {str(each.arg): each.value for each in call.keywords}
            given |= _by_place(places[method:], call.args)
            if name in given:
                found.append(given[name])
        defaults = dict(zip(places[::-1], own.defaults[::-1], strict=False))
        defaults |= {
            each.arg: value
            for each, value in zip(own.kwonlyargs, own.kw_defaults, strict=True)
            if value is not None
        }
        if name in defaults:
            found.append(defaults[name])
        return found


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _place(target: ast.expr, name: str) -> tuple[int, ...] | None:
    """Return where a name stands in a target: () for itself, (1, 0) within tuples."""
    if isinstance(target, ast.Name):
        return () if target.id == name else None
    if isinstance(target, ast.Tuple):
        for position, each in enumerate(target.elts):
            inner = _place(each, name)
            if inner is not None:
                return (position, *inner)
    return None


def _by_place(places: list[str], given: list[ast.expr]) -> dict[str, ast.expr]:
    """Return what is given by place; beyond a starred argument, from the end."""
    starred = [at for at, each in enumerate(given) if isinstance(each, ast.Starred)]
    if not starred:
        return dict(zip(places, given, strict=False))
    before, after = given[: starred[0]], given[starred[-1] + 1 :]
    pairs = [*zip(places, before, strict=False)]
    pairs += zip(reversed(places), reversed(after), strict=False)
    return dict(pairs)


def _frozen(texts: set[str] | None) -> frozenset[str] | None:
    return None if texts is None else frozenset(texts)
