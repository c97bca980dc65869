"""A plan on disk: its tables, its figure, its answer in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd
from joblib import cpu_count

from typology.exhibits.canvas.saving import save_figure
from typology.files.csv_tables import csv_bytes
from typology.files.provenance import PLAN, make_manifest
from typology.problems import InputError, Problem
from typology.results.replaced_folder import replaced_folder
from typology.results.run_results import MANIFEST, write_json
from typology.tools.plan.criteria import Criteria, reached_sizes
from typology.tools.plan.figure import plan_alt, plan_figure
from typology.tools.plan.measure import (
    FEWEST_RESPONDENTS,
    MOST_PLANNED,
    PlanGrid,
    draw_planted_samples,
    plan_table,
)
from typology.tools.plan.planted import Planted, load_planted
from typology.tools.plan.sentences import answer, assumptions, changes_told
from typology.words import curly_apostrophes, word
from typology.words.phrases import phrase

FIGURE, ANSWER = "plan", "plan.txt"
_TABLES = ("plan", "criteria", "samples")


@dataclass(frozen=True)
class WrittenPlan:
    """A plan and the folder it was written to, with what it says in words."""

    planted: Planted
    plan: pd.DataFrame
    criteria: pd.DataFrame
    answer: tuple[str, ...]
    assumptions: tuple[str, ...]
    notices: tuple[str, ...]
    output: Path

    @property
    def language(self) -> str:
        """Return the language it speaks."""
        return self.planted.study.choices.language


def write_plan(
    path: Path,
    *,
    output: Path,
    grid: PlanGrid,
    criteria: Criteria,
    design_path: Path | None = None,
    language: str | None = None,
    separation: float = 1.0,
    shares: Sequence[float] | None = None,
    missing: float | None = None,
    n_jobs: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> WrittenPlan:
    """Simulate the samples of a plan and write what they say.

    Parameters
    ----------
    path, design_path, language, separation, shares, missing
        As for `typology.tools.plan.planted.load_planted`.
    output : Path
        Folder to write: ``plan.csv``, ``criteria.csv``, ``samples.csv``, ``plan.svg``,
        ``plan.png``, ``plan.txt``, ``manifest.json``.
    grid : PlanGrid
    criteria : Criteria
    n_jobs : int or None
        Cores; all of them when None. The results do not depend on it.
    progress : callable or None
        Told the work done, of ``grid.work``.

    Raises
    ------
    InputError
        If a file or a number cannot be used, or the folder cannot be written; nothing is written
        then.
    """
    _refuse_sizes(grid)
    planted = load_planted(
        path,
        design_path=design_path,
        language=language,
        separation=separation,
        shares=shares,
        missing=missing,
    )
    spoken = planted.study.choices.language
    with replaced_folder(output, made_by=PLAN, inputs=planted.inputs.values()) as replacement:
        samples = draw_planted_samples(
            planted, grid, n_jobs=n_jobs or cpu_count(), progress=progress
        )
        plan = plan_table(samples)
        reached = reached_sizes(plan, criteria)
        told = tuple(answer(plan, reached, spoken))
        changes = changes_told(separation=separation, missing=missing, language=spoken)
        grounds = tuple(assumptions(planted, grid, changes, spoken))
        folder = replacement.folder
        outputs = [folder / ANSWER]
        outputs[0].write_bytes(_text(told, grounds, spoken).encode())
        for name, table in zip(_TABLES, (plan, reached, samples), strict=True):
            outputs.append(folder / f"{name}.csv")
            outputs[-1].write_bytes(csv_bytes(table.assign(simulated=True)))
        drawn = plan_figure(plan, reached, spoken)
        outputs += save_figure(drawn, folder / FIGURE, alt=plan_alt(plan, reached, spoken))
        settings = {
            "grid": asdict(grid),
            "criteria": asdict(criteria),
            "separation": separation,
            "shares": None if shares is None else list(shares),
            "missing": missing,
            "design": planted.design.model_dump(mode="json"),
            "study": planted.study.settings(),
        }
        manifest = make_manifest(
            inputs=planted.inputs, settings=settings, outputs=outputs, root=folder, made_by=PLAN
        )
        write_json(folder / MANIFEST, manifest)
    notices = tuple(replacement.notices)
    return WrittenPlan(planted, plan, reached, told, grounds, notices, output)


def _text(told: Sequence[str], grounds: Sequence[str], language: str) -> str:
    """Return the answer as a text: what it says, then what it rests on."""
    lines = [
        word("plan_title", language),
        "",
        word("plan_simulated", language),
        "",
        *told,
        "",
        word("plan_assumptions", language),
        *(f"- {each}" for each in grounds),
    ]
    return curly_apostrophes("\n".join(lines)) + "\n"


def _refuse_sizes(grid: PlanGrid) -> None:
    """Refuse sizes that no plan can have, and no size at all."""
    expected = phrase(
        "numbers of respondents from {low} to {high}", low=FEWEST_RESPONDENTS, high=MOST_PLANNED
    )
    remedy = phrase("Give them like this: --sizes 100,200,400.")
    problems = [
        Problem("", "", str(size), expected, remedy, "--sizes")
        for size in grid.sizes
        if not FEWEST_RESPONDENTS <= size <= MOST_PLANNED
    ]
    if not grid.sizes:
        problems = [Problem("", "", "", expected, remedy, "--sizes")]
    if problems:
        raise InputError(problems)


def read_positive_numbers(text: str, option: str) -> list[float]:
    """Return the numbers of an option, separated by commas; `InputError` with each that is none."""
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    numbers: list[float] = []
    problems = []
    for part in parts:
        try:
            value = float(part)
        except ValueError:
            value = float("nan")
        if value > 0 and value != float("inf"):
            numbers.append(value)
            continue
        expected = phrase("numbers above 0, separated by commas")
        problems.append(Problem("", "", part, expected, phrase("Correct it."), option))
    if not parts:
        expected = phrase("numbers above 0, separated by commas")
        problems.append(Problem("", "", "", expected, phrase("Correct it."), option))
    if problems:
        raise InputError(problems)
    return numbers


def read_sizes(text: str) -> tuple[int, ...]:
    """Return the sizes of an option, each once, ascending."""
    numbers = read_positive_numbers(text, "--sizes")
    broken = [each for each in numbers if not each.is_integer()]
    if broken:
        expected = phrase("whole numbers")
        raise InputError(
            Problem("", "", f"{each:g}", expected, phrase("Correct it."), "--sizes")
            for each in broken
        )
    return tuple(sorted({int(each) for each in numbers}))
