"""Every tool that writes a file leaves one with other contents alone, unless told to replace it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

import kinds_study
from typology.files.written_tables import table_bytes
from typology.problems import InputError
from typology.tools.forms.files import write_form
from typology.tools.questionnaire_versions.files import compare_version_files
from typology.tools.simulate.files import write_simulation
from typology.tools.verify import files as verification_files
from typology.tools.verify.verification import VERIFY_TOLERANCE, Verification


@pytest.fixture
def study(tmp_path: Path) -> Path:
    kinds_study.write_kinds_study(tmp_path, n=30)
    return tmp_path


def replaced_when_told_so_alone(write: Callable[..., object], file: Path) -> None:
    """Write once, again over the same contents, over others, and over others with ``force``."""
    write()
    written = file.read_bytes()
    write()  # the same contents: nothing is lost
    file.write_bytes(b"my own")
    for force in ({}, {"force": False}):
        with pytest.raises(InputError, match="there already"):
            write(**force)
        assert file.read_bytes() == b"my own"
    write(force=True)
    assert file.read_bytes() == written


def test_what_changed_between_two_versions_of_a_questionnaire(study: Path) -> None:
    changed = kinds_study.questionnaire()
    changed["title"] = {"fr": "Un autre titre", "en": "Another title"}
    kinds_study.put(study / "new.yml", changed)
    write = partial(
        compare_version_files, study / "questionnaire.yml", study / "new.yml",
        output=study / "changes.csv", language="en",
    )  # fmt: skip
    replaced_when_told_so_alone(write, study / "changes.csv")


def test_the_types_of_simulated_answers(study: Path) -> None:
    output = study / "made.csv"
    write = partial(write_simulation, study / "questionnaire.yml", n=30, seed=8, output=output)
    replaced_when_told_so_alone(write, study / "made_types.csv")


def test_the_form_of_a_questionnaire(study: Path) -> None:
    write = partial(
        write_form, study / "questionnaire.yml", platform="html", languages=["en"],
        output=study / "form.html",
    )  # fmt: skip
    replaced_when_told_so_alone(write, study / "form_en.html")


def test_the_outputs_that_were_verified(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = pd.DataFrame({"output": ["a.csv"], "kind": ["table"], "status": ["same"]})
    asked: list[float] = []

    def verify(_: Path, *, tolerance: float, **_more: object) -> Verification:
        asked.append(tolerance)
        return Verification(pd.DataFrame(), outputs, tolerance, "en")

    monkeypatch.setattr(verification_files, "verify_run", verify)
    file = study / "verified.csv"
    write = partial(verification_files.verify_files, study / "study.yml", output=file)
    replaced_when_told_so_alone(write, file)
    assert file.read_bytes() == table_bytes(file, outputs)
    assert set(asked) == {VERIFY_TOLERANCE}
    # Without a file to write the outputs are verified all the same.
    assert verification_files.verify_files(study / "study.yml").outputs is outputs
