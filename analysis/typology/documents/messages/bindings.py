"""Where the names of a function or of a module are given their values."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True, eq=False)
class Binding:
    """One place where a name is given a value."""

    statement: ast.AST
    source: ast.expr
    steps: tuple[int, ...]  # where in the source: (1,) is the second of two
    each: bool  # whether the source is gone through, and the name is one of its entries


def parameters(function: Function, *, method: bool) -> list[str]:
    """Return the names that the arguments of a function have, without the object of a method."""
    names = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
    return names[1:] if method else names


def argument_names(function: Function) -> list[str]:
    """Return the names of all arguments of a function."""
    given = function.args
    return [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


@cache
def bound_in_function(function: Function) -> dict[str, list[Binding]]:
    """Return where the names of a function are given values, those of functions in it left out."""
    body = function.body if isinstance(function.body, list) else [function.body]
    return _collected(list(body))


@cache
def bound_in_module(tree: ast.Module) -> dict[str, list[Binding]]:
    """Return where the names of a module are given values."""
    return _collected(list(tree.body))


def _collected(nodes: list[ast.AST]) -> dict[str, list[Binding]]:
    """Return the bindings of some statements, those of functions within left out."""
    found: dict[str, list[Binding]] = defaultdict(list)
    while nodes:
        node = nodes.pop()
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            continue
        nodes.extend(ast.iter_child_nodes(node))
        for name, binding in _bound_by(node):
            found[name].append(binding)
    return found


def _bound_by(node: ast.AST) -> Iterator[tuple[str, Binding]]:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from bound(target, node.value, node, each=False)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        yield from bound(node.target, node.value, node, each=False)
    elif isinstance(node, ast.For):
        yield from bound(node.target, node.iter, node, each=True)


def bound(
    target: ast.expr, source: ast.expr, statement: ast.AST, *, each: bool
) -> Iterator[tuple[str, Binding]]:
    """Yield the names that a target gives to a source, or to each of its entries."""
    for name, steps in _names(target, ()):
        yield name, Binding(statement, source, steps, each)


def _names(target: ast.expr, steps: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    if isinstance(target, ast.Name):
        yield target.id, steps
    elif isinstance(target, ast.Tuple | ast.List):
        for at, part in enumerate(target.elts):
            yield from _names(part, (*steps, at))
