from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from copied_study import copy_study
from typology.cli import prerender
from typology.documents.drawings import drawings_folder
from typology.files.provenance import make_manifest
from typology.problems import InputError
from typology.results.freshness import find_study, made_from_others, outdated
from typology.results.run_results import write_json
from typology.study import Study, load_study


@pytest.fixture
def study(tmp_path: Path, project: Path) -> Study:
    """A copy of the study, with results that hold one file."""
    copied = load_study(copy_study(project, tmp_path))
    write_results(copied)
    return copied


def write_results(study: Study) -> None:
    folder = study.results_path
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    table = folder / "tables" / "axes.csv"
    table.write_text("axis\n1\n", encoding="utf-8")
    manifest = make_manifest(
        inputs=study.inputs, settings=study.settings(), outputs=[table], root=folder
    )
    write_json(folder / "manifest.json", manifest)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_results_of_the_study_as_it_is_are_current(study: Study) -> None:
    assert outdated(study) == ()


def test_another_answer_outdates_the_results(study: Study) -> None:
    change(study.responses_path, "R001", "R999")
    assert outdated(study) == ("inputs",)


def test_another_seed_outdates_the_results(study: Study) -> None:
    change(study.path, "seed: 2019", "seed: 2020")
    assert outdated(load_study(study.path)) == ("inputs", "settings")


def test_other_code_outdates_the_results(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "typology.files.provenance.sha256_of_code", lambda: {"rfree": "", "typology": ""}
    )
    assert outdated(study) == ("code",)


def test_other_versions_outdate_the_results(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typology.files.provenance.package_versions", lambda: {"python": "2.7"})
    assert outdated(study) == ("versions",)


def test_a_result_changed_or_missing_outdates_the_results(study: Study) -> None:
    table = study.results_path / "tables" / "axes.csv"
    table.write_text("axis\n2\n", encoding="utf-8")
    assert outdated(study) == ("results",)
    shutil.rmtree(study.results_path)
    assert outdated(study) == ("results",)


def test_the_study_is_found_from_the_folder_of_the_documents(study: Study, tmp_path: Path) -> None:
    (tmp_path / "quarto").mkdir()
    assert find_study(tmp_path / "quarto") == study.path
    with pytest.raises(FileNotFoundError, match="No study found"):
        find_study(Path(tmp_path.anchor))


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Study]:
    """The studies that the preparation runs."""
    ran: list[Study] = []

    def run_study(study: Study, *, progress: object) -> None:
        assert callable(progress)
        ran.append(study)
        write_results(study)

    monkeypatch.setattr("typology.tools.run.run_study", run_study)
    return ran


def test_current_results_are_not_made_again(study: Study, runs: list[Study]) -> None:
    assert not prerender.prepare_results(study, Console(file=io.StringIO()))
    assert runs == []


def test_outdated_results_are_made_again_and_the_reason_told(
    study: Study, runs: list[Study]
) -> None:
    change(study.responses_path, "R001", "R999")
    told = io.StringIO()
    assert prerender.prepare_results(study, Console(file=told, width=200))
    assert runs == [study]
    assert "entrées changées" in told.getvalue()
    assert outdated(study) == ()


def test_files_that_no_run_wrote_are_named_before_the_results_are_made_again(
    study: Study, runs: list[Study]
) -> None:
    (study.results_path / "mes_notes.docx").write_text("", encoding="utf-8")
    (study.results_path / "tables" / "axes.csv").write_text("axis\n2\n", encoding="utf-8")
    told = io.StringIO()
    assert prerender.prepare_results(study, Console(file=told, width=200))
    assert runs == [study]
    assert "tels quels\N{NO-BREAK SPACE}: mes_notes.docx, tables/axes.csv." in told.getvalue()


def test_a_manifest_of_another_program_is_no_result(study: Study) -> None:
    (study.results_path / "manifest.json").write_text('{"name": "x"}', encoding="utf-8")
    assert outdated(study) == ("results",)


def test_figures_of_other_results_are_removed(study: Study, tmp_path: Path) -> None:
    current = drawings_folder(tmp_path, study.results_path)
    mine = tmp_path / "drawings" / "my_photographs"
    for folder in (current, tmp_path / "drawings" / "0123456789ab", mine):
        (folder / "fr").mkdir(parents=True)
    prerender.remove_former_drawings(tmp_path, study)
    left = {folder.name for folder in (tmp_path / "drawings").iterdir()}
    assert left == {current.name, mine.name}


def test_results_of_answers_given_by_option_are_never_replaced(study: Study) -> None:
    other = study.path.parent / "real_export.csv"
    other.write_bytes(study.responses_path.read_bytes())
    write_results(load_study(study.path, responses=other))
    before = (study.results_path / "manifest.json").read_bytes()
    with pytest.raises(InputError, match=r"real_export\.csv.*under 'responses'"):
        prerender.prepare_results(study, Console(file=io.StringIO()))
    assert (study.results_path / "manifest.json").read_bytes() == before


def test_the_nearest_study_is_found_that_of_an_analysis_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "project" / "pages" / "one"
    inner.mkdir(parents=True)
    outer = tmp_path / "study.yml"
    outer.write_text("", encoding="utf-8")
    assert find_study(inner) == outer
    beside = tmp_path / "project" / "study.yml"
    beside.write_text("", encoding="utf-8")
    assert find_study(inner) == beside
    # A folder of that name is no study.
    (tmp_path / "project" / "analysis" / "study.yml").mkdir(parents=True)
    assert find_study(inner) == beside
    (tmp_path / "project" / "analysis" / "study.yml").rmdir()
    own = tmp_path / "project" / "analysis" / "study.yml"
    own.write_text("", encoding="utf-8")
    assert find_study(inner) == own
    assert find_study(tmp_path / "project") == own
    monkeypatch.chdir(inner)
    assert find_study(Path()) == own


def test_all_that_differs_is_told(study: Study) -> None:
    path = study.results_path / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    assert made_from_others(study, manifest) == ()
    for part in ("inputs", "settings", "code", "versions"):
        assert made_from_others(study, manifest | {part: {}}) == (part,)
    others: dict[str, object] = {"versions": {}, "code": {}, "inputs": {}, "settings": {}}
    told = ("inputs", "settings", "code", "versions")
    assert made_from_others(study, manifest | others) == told
    # What came out is no matter of what went in.
    assert made_from_others(study, manifest | {"outputs": {}, "csv": {}}) == ()
