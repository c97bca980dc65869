"""The sources of the package as trees: what a name stands for, and where it is given its value."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, cached_property, wraps
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Concatenate, ParamSpec, TypeVar, cast

from typology.documents.messages.bindings import (
    FUNCTIONS,
    Binding,
    Function,
    argument_names,
    bound,
    bound_in_function,
    bound_in_module,
)

Given = ParamSpec("Given")
Result = TypeVar("Result")
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_WORDS = re.compile("phrase|Problem", re.IGNORECASE)
_LEAVE = (ast.Return, ast.Raise, ast.Continue, ast.Break)

Choices = dict[tuple[int, object], object]
"""What was taken of a way that forks: the side of an ``if``, the caller of a function."""


def _kept(
    method: Callable[Concatenate[SourceCode, Given], Result],
) -> Callable[Concatenate[SourceCode, Given], Result]:
    """Return a method that looks once for the same thing in the same sources."""

    @wraps(method)
    def looked_up(self: SourceCode, /, *given: Given.args, **named: Given.kwargs) -> Result:
        key = (method.__name__, *given, *named.values())
        if key not in self.known:
            self.known[key] = method(self, *given, **named)
        return cast("Result", self.known[key])

    return looked_up


class SourceCode:
    """The trees of all modules of a package, with what leads from one node to another."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.known: dict[tuple[object, ...], object] = {}
        self.trees = {name: ast.parse(text) for name, text in texts.items()}
        self.parent: dict[ast.AST, ast.AST] = {}
        self.module: dict[ast.AST, str] = {}
        self.calls: dict[str, list[ast.Call]] = defaultdict(list)
        self.defined: dict[tuple[str, str], ast.AST] = {}  # by module and name
        self.methods: dict[str, list[ast.FunctionDef]] = defaultdict(list)
        self.classes: dict[str, ast.ClassDef] = {}
        for name, tree in self.trees.items():
            self._add(name, tree)

    def _add(self, name: str, tree: ast.Module) -> None:
        for node in ast.walk(tree):
            self.module[node] = name
            for child in ast.iter_child_nodes(node):
                self.parent[child] = node
            if isinstance(node, ast.Call):
                self.calls[_last_name(node.func)].append(node)
            elif isinstance(node, ast.ClassDef):
                self.classes[node.name] = node
                for each in node.body:
                    if isinstance(each, ast.FunctionDef):
                        self.methods[each.name].append(each)
        for statement in tree.body:
            if isinstance(statement, ast.FunctionDef | ast.ClassDef):
                self.defined[name, statement.name] = statement

    @cached_property
    def _imports(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Where a name of a module comes from: module and name there."""
        return {
            (name, alias.asname or alias.name): (statement.module or "", alias.name)
            for name, tree in self.trees.items()
            for statement in ast.walk(tree)
            if isinstance(statement, ast.ImportFrom)
            for alias in statement.names
        }

    def home(self, module: str, name: str) -> tuple[str, str]:
        """Return the module that defines a name which another may only import."""
        while (module, name) not in self.defined and (module, name) in self._imports:
            module, name = self._imports[module, name]
        return module, name

    def around(self, node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
        """Yield the nodes around a node, from the nearest, each with the part that it is in."""
        while node in self.parent:
            inner, node = node, self.parent[node]
            yield node, inner

    @_kept
    def function_of(self, node: ast.AST) -> Function | None:
        """Return the function that a node is in."""
        for outer, inner in self.around(node):
            if isinstance(outer, FUNCTIONS) and inner is not getattr(outer, "args", None):
                return outer
        return None

    def class_of(self, node: ast.AST) -> ast.ClassDef | None:
        """Return the class that a node is in."""
        return next((each for each, _ in self.around(node) if isinstance(each, ast.ClassDef)), None)

    @_kept
    def branches(self, node: ast.AST) -> Choices:
        """Return the sides of every fork that lead to a node, within its function."""
        taken: Choices = {}
        function = self.function_of(node)
        owner = id(function)
        for outer, inner in self.around(node):
            if outer is function:
                break
            if isinstance(outer, ast.If | ast.IfExp) and inner is not outer.test:
                body = outer.body if isinstance(outer.body, list) else [outer.body]
                key, positive = asked(outer.test)
                taken.setdefault((owner, key), any(inner is each for each in body) == positive)
            elif isinstance(outer, ast.Match):
                taken[owner, id(outer)] = id(inner)
        return taken

    @_kept
    def bindings(self, name: ast.Name) -> list[Binding] | Function:
        """Return where the value of a name may come from; the function of which it is an argument.

        What another value replaces on the way to the name is left out.
        """
        for outer, _ in self.around(name):
            if isinstance(outer, _COMPREHENSIONS):
                found = [
                    each
                    for clause in outer.generators
                    for each in bound(clause.target, clause.iter, clause, each=True)
                    if each[0] == name.id and not _within(name, clause.iter, self.parent)
                ]
                if found:
                    return [binding for _, binding in found]
            if isinstance(outer, FUNCTIONS):
                given = bound_in_function(outer).get(name.id)
                if given:
                    return self._reaching(name, given, outer)
                if name.id in argument_names(outer):
                    return outer
        module, known = self.home(self.module[name], name.id)
        tree = self.trees.get(module)
        return [] if tree is None else bound_in_module(tree).get(known, [])

    def _reaching(
        self, name: ast.Name, given: list[Binding], function: Function
    ) -> list[Binding] | Function:
        if self.function_of(name) is not function:
            return given
        here = [outer for outer, _ in self.around(name)]
        lists = {id(block) for block in self._blocks(name)}
        reaching = []
        for binding in sorted(given, key=lambda each: -each.statement.lineno):  # type: ignore[attr-defined]
            statement = binding.statement
            later = statement.lineno > name.lineno or (  # type: ignore[attr-defined]
                statement in here and not isinstance(statement, ast.For | ast.With | ast.NamedExpr)
            )
            looped = any(
                isinstance(outer, ast.For | ast.While) and outer in here
                for outer, _ in self.around(statement)
            )
            if later and not looped:
                continue
            blocks = list(self._blocks(statement))
            apart = [block for block in blocks if id(block) not in lists]
            if any(isinstance(block[-1], _LEAVE) for block in apart):
                continue
            reaching.append(binding)
            if not apart and not later:
                return reaching
        return reaching or given

    def _blocks(self, node: ast.AST) -> Iterator[list[ast.stmt]]:
        """Yield the lists of statements that a node is in, within its function."""
        function = self.function_of(node)
        for outer, inner in self.around(node):
            if outer is function:
                return
            for part in ("body", "orelse", "finalbody"):
                block = getattr(outer, part, None)
                if isinstance(block, list) and any(inner is each for each in block):
                    yield block

    @_kept
    def targets(self, call: ast.Call) -> list[ast.AST]:
        """Return the functions, methods or class that a call may be of."""
        function = call.func
        if isinstance(function, ast.Name):
            for outer, _ in self.around(call):
                if isinstance(outer, ast.FunctionDef):
                    for each in outer.body:
                        if isinstance(each, ast.FunctionDef) and each.name == function.id:
                            return [each]
            found = self.defined.get(self.home(self.module[call], function.id))
            return [] if found is None else [found]
        if not isinstance(function, ast.Attribute):
            return []
        named = {keyword.arg for keyword in call.keywords if keyword.arg}
        methods = [each for each in self.methods.get(function.attr, [])
                   if each.args.kwarg or named <= set(argument_names(each))]  # fmt: skip
        own = [each for each in methods if self.module[each] == self.module[call]]
        if own or methods:
            return list(own) or (list(methods) if len(methods) == 1 else [])
        named_so = [node for (_, name), node in self.defined.items() if name == function.attr]
        return named_so if len(named_so) == 1 else []

    @_kept
    def callers(self, function: ast.AST) -> list[ast.Call]:
        """Return the calls of a function or of a class."""
        named = getattr(function, "name", "")
        return [call for call in self.calls.get(named, ()) if function in self.targets(call)]

    def added(self, listed: ast.Name) -> list[ast.expr]:
        """Return what is added to a list of a function, one at a time."""
        return [
            call.args[0]
            for call in self.calls["append"]
            if self.function_of(call) is self.function_of(listed)
            and ast.unparse(call.func) == f"{listed.id}.append"
        ]

    def declared(self, node: ast.expr) -> list[ast.ClassDef]:
        """Return the classes that the declarations of an object name; none where none does."""
        if isinstance(node, ast.Subscript):
            return self.declared(node.value)
        if isinstance(node, ast.Call):
            returned = [each.returns for each in self.targets(node)
                        if isinstance(each, ast.FunctionDef) and each.returns]  # fmt: skip
            return self._named_in(returned)
        if not isinstance(node, ast.Name):
            return []
        narrowed = self._narrowed(node)
        if narrowed is not None:
            return self._named_in([narrowed], derived=True)
        given = self.bindings(node)
        if isinstance(given, list):
            return [each for binding in given for each in self.declared(binding.source)]
        arguments = (*given.args.posonlyargs, *given.args.args, *given.args.kwonlyargs)
        return self._named_in([each.annotation for each in arguments
                               if each.arg == node.id and each.annotation])  # fmt: skip

    def _narrowed(self, node: ast.Name) -> ast.expr | None:
        """Return the type that an object is known to be of: as caught, or as asked before."""
        for outer, inner in self.around(node):
            if isinstance(outer, ast.ExceptHandler) and outer.name == node.id:
                return outer.type
            if (
                isinstance(outer, ast.If)
                and any(inner is each for each in outer.body)
                and isinstance(outer.test, ast.Call)
                and ast.unparse(outer.test).startswith(f"isinstance({node.id}, ")
            ):
                return outer.test.args[1]
        return None

    def _named_in(self, nodes: list[ast.expr], *, derived: bool = False) -> list[ast.ClassDef]:
        """Return the classes that types name, with those derived from them."""
        names = {part.id for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name)}
        return [
            each
            for name, each in self.classes.items()
            if name in names or (derived and names & {ast.unparse(base) for base in each.bases})
        ]

    @_kept
    def holds_words(self, described: ast.ClassDef, name: str) -> bool:
        """Return whether a field of a class is declared to hold phrases."""
        bases = [self.classes[base.id] for base in described.bases
                 if isinstance(base, ast.Name) and base.id in self.classes]  # fmt: skip
        for each in (node for one in (described, *bases) for node in ast.walk(one)):
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                if each.target.id == name and "Phrase" in ast.unparse(each.annotation):
                    return True
            elif isinstance(each, ast.FunctionDef) and each.name == "__init__":
                return any(
                    given.arg == name
                    and given.annotation is not None
                    and "Phrase" in ast.unparse(given.annotation)
                    for given in (*each.args.args, *each.args.kwonlyargs)
                )
        return False

    @_kept
    def fields(self, described: ast.ClassDef) -> list[str]:
        """Return what a class is made of, in its order."""
        for made in described.body:
            if isinstance(made, ast.FunctionDef) and made.name == "__init__":
                return [each.arg for each in (*made.args.args[1:], *made.args.kwonlyargs)]
        inherited = [
            name
            for base in described.bases
            if isinstance(base, ast.Name) and base.id in self.classes
            for name in self.fields(self.classes[base.id])
        ]
        return inherited + [
            each.target.id
            for each in described.body
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
        ]


def asked(test: ast.expr) -> tuple[str, bool]:
    """Return what a test asks, and whether it asks for it: ``not one`` asks for ``one``."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        question, positive = asked(test.operand)
        return question, not positive
    return ast.unparse(test), True


def argument(call: ast.Call, names: list[str], name: str) -> tuple[ast.expr, int | None] | None:
    """Return what a call gives for a name; with the place in it where ``*several`` are given.

    >>> call = ast.parse("f(1, *rest)").body[0].value
    >>> ast.unparse(argument(call, ["a", "b", "c"], "c")[0]), argument(call, ["a"], "a")[1]
    ('rest', None)
    """
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value, None
    if name not in names:
        return None
    wanted = names.index(name)
    for at, given in enumerate(call.args):
        if isinstance(given, ast.Starred):
            return given.value, wanted - at
        if at == wanted:
            return given, None
    return None


def _within(node: ast.AST, outer: ast.AST, parent: dict[ast.AST, ast.AST]) -> bool:
    while node in parent:
        if node is outer:
            return True
        node = parent[node]
    return False


def _last_name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


@cache
def own_source() -> SourceCode:
    """Return the sources of this package, as they are installed: of the modules with messages."""
    texts = _modules(files("typology"), "typology")
    return SourceCode({name: text for name, text in texts if _WORDS.search(text)})


def _modules(folder: Traversable, name: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            yield from _modules(entry, f"{name}.{entry.name}")
        elif entry.name == "__init__.py":
            yield name, entry.read_text(encoding="utf-8")
        elif entry.name.endswith(".py"):
            yield f"{name}.{entry.name[:-3]}", entry.read_text(encoding="utf-8")
