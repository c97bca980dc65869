"""Change the code in random places, one at a time, and tell which changes no test notices.

``python tests/mutation/sample_mutants.py --help``; what it does and how to read it: README.md
beside. Needs ``pip install ".[test,mutation]"``; not part of the suite.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import fnmatch
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent.yml")
PACKAGES = {"rfree": "R-free/rfree", "typology": "analysis/typology"}
BESIDE = ["R-free/reference", "data", "analysis/study.yml", "quarto", "README.md", "CITATION.cff"]
# Tests of the source as it is written, or of fresh processes that know nothing of mutmut: they fail
# in the copy without any change.
OF_THE_SOURCE = [
    "tests/rfree/base/test_row_order.py"
    "::test_every_public_function_is_tried_or_has_no_rows_to_match",
    "tests/typology/answers/test_guarded_reading.py"
    "::test_what_stands_in_the_folder_of_the_user_is_not_run",
    "tests/typology/files/test_provenance.py::test_results_of_other_code_are_outdated",
    "tests/typology/words/test_catalogue.py",
    "tests/typology/words/test_phrases.py",
    "tests/typology/words/test_rated_words.py",
]
SURVIVED, NO_TEST = 0, {5, 33}
MUTATED = "__mutmut_"
# Writes the mutants without running a test, to draw from.
GENERATE = (
    "from pathlib import Path; from mutmut.__main__ import create_mutants; "
    "from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir; "
    "Path('mutants').mkdir(exist_ok=True); copy_src_dir(); copy_also_copy_files()"
)


@dataclass(frozen=True)
class Mutant:
    """One change: where it is and what the lines were and become."""

    key: str
    module: str
    function: str
    was: str
    becomes: str
    message: bool

    @property
    def diff(self) -> str:
        """The change as a patch shows it."""
        lines = [f"- {line}" for line in self.was.splitlines()]
        return "\n".join(lines + [f"+ {line}" for line in self.becomes.splitlines()])


def main() -> int:
    """Run the command."""
    options = parsed(sys.argv[1:])
    if options.stage is None:
        with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
            return report(Path(folder), options)
    options.stage.mkdir(parents=True, exist_ok=True)
    return report(options.stage.resolve(), options)


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options of the command."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n\n", maxsplit=1)[0])
    parser.add_argument(
        "modules",
        nargs="+",
        help="such as rfree.axes.mca, 'rfree.*', typology.answers.cells.answer_cells",
    )
    parser.add_argument("--each", type=int, default=8, help="mutants drawn in each module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", nargs="+", help="folders of tests; by default the packages'")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--stage", type=Path, help="folder of the copy, kept; reused if there")
    return parser.parse_args(arguments)


def report(stage: Path, options: argparse.Namespace) -> int:
    """Draw mutants, run the tests on each, print the score and the survivors."""
    packages = sorted({pattern.split(".")[0] for pattern in options.modules})
    tests = options.tests or [f"tests/{package}" for package in packages]
    copy_project(stage, options.modules, tests)
    mutmut(stage, f"{GENERATE}; create_mutants({options.processes})")
    files = sorted(
        (".".join(path.relative_to(stage / "mutants" / "src").with_suffix("").parts), path)
        for path in (stage / "mutants" / "src").rglob("*.py")
    )
    drawn: list[Mutant] = []
    sizes: dict[str, int] = {}
    for module, path in files:
        if any(fnmatch.fnmatch(module, pattern) for pattern in options.modules):
            candidates = [mutant for mutant in mutants(module, path) if not mutant.message]
            sizes[module] = len(candidates)
            generator = random.Random(f"{options.seed} {module}")
            drawn += generator.sample(candidates, min(options.each, len(candidates)))
    if not drawn:
        print("No mutant in these modules.")
        return 2
    names = ", ".join(repr(mutant.key) for mutant in drawn)
    mutmut(stage, f"from mutmut.__main__ import _run; _run([{names}], {options.processes})")
    codes = exit_codes(stage)
    print_scores(drawn, sizes, codes)
    return 0


def copy_project(stage: Path, modules: Sequence[str], tests: Sequence[str]) -> None:
    """Copy what the tests need, the packages under ``src`` as the tool wants them."""
    for name, folder in PACKAGES.items():
        copy_newer(PROJECT / folder, stage / "src" / name)
    for name in [*BESIDE, "tests"]:
        copy_newer(PROJECT / name, stage / name)
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    version = settings["project"]["version"]
    only = [f"src/{module.replace('.', '/')}.py" for module in modules]
    arguments = ["--import-mode=importlib", "-p", "no:cacheprovider"]
    arguments += [f"--deselect={test}" for test in OF_THE_SOURCE]
    text = f"""[project]
name = "attitude-typology"
version = "{version}"

[tool.pytest.ini_options]
filterwarnings = ["ignore"]
pythonpath = ["tests/made_up"]

[tool.mutmut]
source_paths = ["src"]
only_mutate = {json.dumps(only)}
also_copy = {json.dumps(sorted({name.split("/")[0] for name in BESIDE}))}
pytest_add_cli_args = {json.dumps(arguments)}
pytest_add_cli_args_test_selection = {json.dumps(list(tests))}
use_git_change_detection = false
"""
    written = stage / "pyproject.toml"
    if written.exists() and written.read_text(encoding="utf-8") != text:
        # What was learnt for other modules or tests says nothing of these.
        shutil.rmtree(stage / "mutants", ignore_errors=True)
    written.write_text(text, encoding="utf-8")


def copy_newer(source: Path, target: Path) -> None:
    """Copy a file or a folder; files already there with the same text keep their date."""
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_bytes() != source.read_bytes():
            shutil.copyfile(source, target)
        return
    kept = {"__pycache__", "_site", ".quarto", "private"}
    for path in source.iterdir() if source.exists() else ():
        if path.name not in kept:
            copy_newer(path, target / path.name)


def mutmut(stage: Path, code: str) -> None:
    """Run a piece of mutmut in the copy, single-threaded, seeing the changed packages alone."""
    environment = os.environ | {
        "PYTHONPATH": str(stage / "mutants" / "src"),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PY_IGNORE_IMPORTMISMATCH": "1",
    }
    log = stage / "mutmut.log"
    with log.open("a", encoding="utf-8") as output:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=stage, env=environment, stdout=output,
            stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    if done.returncode:
        tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-30:]
        raise SystemExit("\n".join([*tail, "mutmut failed: its last lines are above."]))


def mutants(module: str, path: Path) -> Iterator[Mutant]:
    """Yield the mutants that mutmut wrote in a file."""
    functions: dict[str, ast.FunctionDef] = {
        node.name: node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and MUTATED in node.name
    }
    stem = module.removesuffix(".__init__")
    for name, changed in functions.items():
        mangled = name.partition(MUTATED)[0]
        original = functions[f"{mangled}{MUTATED}orig"]
        if changed is original:
            continue
        was, becomes = changed_lines(original, changed)
        yield Mutant(
            key=f"{stem}.{name}",
            module=module,
            function=mangled.replace("xǁ", "").replace("x_", "", 1).replace("ǁ", "."),
            was=was,
            becomes=becomes,
            message=says_only_words(original, changed) or not becomes,
        )


def changed_lines(original: ast.FunctionDef, changed: ast.FunctionDef) -> tuple[str, str]:
    """Return the lines of a function that differ, before and after."""
    before, after = (
        ast.unparse(node.args).split("\n") + ast.unparse(node.body).splitlines()
        for node in (original, changed)
    )
    lines = list(difflib.ndiff(before, after))
    return tuple(
        "\n".join(line[2:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )  # type: ignore[return-value]


def says_only_words(original: ast.AST, changed: ast.AST) -> bool:
    """Whether the change is in a message, or in a guard that the tests' data never meet.

    Messages: what is inside ``raise``, ``warn`` and the texts given to ``phrase``. Guards:
    ``zip(strict=...)`` and ``stacklevel``.
    """
    way = way_to_change(original, changed)
    last, becomes = way[-1]
    for node, _ in way:
        if isinstance(node, ast.Raise):
            return True
        if isinstance(node, ast.keyword) and node.arg in {"strict", "stacklevel"}:
            return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in {"warnings.warn", "cast"}:
                return True
            if called == "phrase" and isinstance(last, ast.Constant):
                return True
    return (
        isinstance(last, ast.Call)
        and isinstance(becomes, ast.Call)
        and ast.unparse(last.func) == ast.unparse(becomes.func) == "zip"
        and len(last.args) == len(becomes.args)
    )


def way_to_change(original: ast.AST, changed: ast.AST) -> list[tuple[ast.AST, ast.AST]]:
    """Return the pairs of nodes from the top to the smallest that differ."""
    way = [(original, changed)]
    while len(pairs := differing_children(*way[-1])) == 1:
        way.append(pairs[0])
    return way


def differing_children(node: ast.AST, other: ast.AST) -> list[tuple[ast.AST, ast.AST]]:
    """Return the pairs of children that differ; none where the two nodes cannot be compared."""
    mine, others = list(ast.iter_child_nodes(node)), list(ast.iter_child_nodes(other))
    if type(node) is not type(other) or len(mine) != len(others):
        return []
    return [
        (one, two) for one, two in zip(mine, others, strict=True) if ast.dump(one) != ast.dump(two)
    ]


def exit_codes(stage: Path) -> dict[str, int | None]:
    """Return how the tests ended for each mutant that was run."""
    found: dict[str, int | None] = {}
    for path in (stage / "mutants" / "src").rglob("*.meta"):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def equivalent() -> dict[tuple[str, str], str]:
    """Return why each mutant of the list changes nothing, by function and change."""
    listed = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) or {}
    return {
        (function, "\n".join(line.strip() for line in entry["change"].splitlines())): entry["why"]
        for function, entries in listed.items()
        for entry in entries
    }


def print_scores(drawn: list[Mutant], sizes: dict[str, int], codes: dict[str, int | None]) -> None:
    """Print what was noticed, by module, and each survivor."""
    allowed = equivalent()
    tried, noticed = defaultdict(int), defaultdict(int)  # type: ignore[var-annotated]
    survivors = []
    same = 0
    for mutant in drawn:
        code = codes.get(mutant.key)
        unnoticed = code is None or code == SURVIVED or code in NO_TEST
        if unnoticed and (f"{mutant.module}.{mutant.function}", mutant.diff) in allowed:
            same += 1
            continue
        tried[mutant.module] += 1
        noticed[mutant.module] += not unnoticed
        if unnoticed:
            survivors.append((mutant, "no test" if code in NO_TEST else "survived"))
    for mutant, what in survivors:
        print(f"\n{mutant.key} ({what})\n{mutant.diff}")
    print("\nmodule | drawn | noticed")
    for module, number in tried.items():
        print(f"{module} | {number} | {noticed[module]}")
    total, seen = sum(tried.values()), sum(noticed.values())
    weights = sum(sizes[module] for module in tried)
    weighted = sum(sizes[module] * noticed[module] / tried[module] for module in tried) / weights
    print(f"\n{seen} of {total} noticed: {seen / total:.1%}; {weighted:.1%} with each module")
    print(f"counted as its size; {same} equivalent, left out (equivalent.yml).")


if __name__ == "__main__":
    raise SystemExit(main())
