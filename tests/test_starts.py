"""What is loaded before it is used makes everybody wait: what a start may load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import rfree

DRAWING = {"altair", "matplotlib", "prince", "seaborn"}
MODELS = {"numba", "scipy", "sklearn", "statsmodels"}
TABLES = {"numpy", "pandas", "pydantic"}
FILES = {"openpyxl", "pyreadstat", "xlsxwriter"}
COMMAND = "import sys; sys.argv[1:] = {!r}; from typology.__main__ import main; main()"


@pytest.mark.parametrize(
    ("start", "kept_out"),
    [
        ("import rfree", DRAWING | MODELS | FILES),
        (COMMAND.format(["--help"]), DRAWING | MODELS | TABLES | FILES | {"rich", "yaml"}),
        (COMMAND.format(["check", "data/questionnaire.yml"]), DRAWING | MODELS | FILES),
        ("import typology.results.checking", DRAWING | {"statsmodels"} | FILES),
        (
            "from typology.documents.exhibits import exhibits_by_name; exhibits_by_name()",
            DRAWING | MODELS | FILES,
        ),
    ],
    ids=["rfree", "help", "check of a questionnaire", "check", "exhibits of a page"],
)
def test_a_start_loads_only_what_it_uses(project: Path, start: str, kept_out: set[str]) -> None:
    told = (
        "import atexit, sys\n"
        "atexit.register(lambda: print('loaded:', *{name.split('.')[0] for name in sys.modules}))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", told + start],
        cwd=project,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=True,
    )
    loaded = set(ended.stdout.rpartition("loaded:")[2].split())
    assert "typology" in loaded or "rfree" in loaded
    assert not loaded & kept_out


@pytest.mark.parametrize("name", rfree.__all__)
def test_each_name_of_rfree_is_there(name: str) -> None:
    assert getattr(rfree, name).__name__ == name
    assert name in dir(rfree)


def test_rfree_has_no_other_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'mca_of_r'"):
        rfree.mca_of_r  # noqa: B018 - asked for, not used
