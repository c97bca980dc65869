"""The ways to install agree: pyproject, the conda environment, the pinned set."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

CONDA_ONLY = {"python", "pip", "quarto"}


def requirement(text: str) -> tuple[str, str]:
    name, bound = re.fullmatch(r"([\w.-]+)\s*>=\s*([\d.]+)", text.strip()).groups()  # type: ignore[union-attr]
    return name.lower(), bound


def declared(project: Path) -> dict[str, str]:
    content = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = content["optional-dependencies"]
    # A tool outside the suite, for those who change the code: tests/mutation/README.md.
    extras.pop("mutation")
    listed = [*content["dependencies"], *(each for extra in extras.values() for each in extra)]
    # The PyPI package fetches the program when it is installed; conda ships the program itself.
    return dict(requirement(each) for each in listed if not each.startswith("quarto-cli"))


def test_the_conda_environment_has_the_dependencies_of_pyproject(project: Path) -> None:
    environment = yaml.safe_load((project / "environment.yml").read_text(encoding="utf-8"))
    listed = [each for each in environment["dependencies"] if isinstance(each, str)]
    by_pip = next(each["pip"] for each in environment["dependencies"] if isinstance(each, dict))
    listed += [each for each in by_pip if each != "-e ."]
    conda = dict(requirement(each) for each in listed if ">" in each)
    own = {name: bound for name, bound in conda.items() if name not in CONDA_ONLY}
    assert own == declared(project)
    assert {each.split(">")[0] for each in listed} >= CONDA_ONLY
    assert environment["channels"] == ["conda-forge"]


def test_every_dependency_is_pinned_above_its_lower_bound(project: Path) -> None:
    lines = (project / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.lower().split("==") for line in lines if line and not line.startswith("#"))
    for name, bound in declared(project).items():
        pinned = pins[name]
        assert _version(pinned) >= _version(bound), name


def test_every_lower_bound_was_tested(project: Path) -> None:
    lines = (project / ".ci" / "lowest.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.lower().split("==") for line in lines if line and not line.startswith("#"))
    for name, bound in declared(project).items():
        assert _version(pins[name]) == _version(bound), name


def _version(text: str) -> tuple[int, ...]:
    parts = [int(part) for part in re.findall(r"\d+", text)[:3]]
    return (*parts, 0, 0, 0)[:3]
