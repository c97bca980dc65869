from __future__ import annotations

import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from rocrate.rocrate import ROCrate

from command_line import call, said
from small_study import Project, answers
from typology.files.provenance import make_manifest
from typology.problems import InputError
from typology.results.pipeline import run_pipeline
from typology.results.run_results import MANIFEST, write_json, write_tables
from typology.study import load_study
from typology.tools.archive.codecheck import codecheck_file
from typology.tools.archive.files import write_archive

PAPER = {
    "license": "CC-BY-4.0",
    "doi": "10.5281/zenodo.3674056",
    "authors": [
        {"name": "Ada Martin", "orcid": "0000-0002-1825-0097", "affiliations": ["Somewhere"]},
        {"name": "Zoé Petit", "orcid": "0000-0001-5109-3700"},
    ],
}
CHECK = {
    "codecheckers": [{"name": "Cam Checker", "orcid": "0000-0002-1694-233X"}],
    "certificate": "2026-001",
    "report": "https://doi.org/10.5281/zenodo.3674056",
    "summary": "All tables were made again.",
}


FIGURE = "figures/en/respondent_map"


def _with_results(folder: Path, *, simulated: bool) -> Project:
    """Return a small study with the results of a run without the stage of validity."""
    project = Project(folder)
    study = load_study(project.write(answers(), paper=PAPER, simulated=simulated))
    results = folder / "results"
    (results / "figures" / "en").mkdir(parents=True)
    tables = run_pipeline(study, validity=False).tables
    written = [*write_tables(results, tables), results / f"{FIGURE}.png", results / "model.json"]
    for path in written[-2:]:
        path.write_text("{}", encoding="utf-8")
    manifest = make_manifest(
        inputs=study.inputs, settings=study.settings(), outputs=written, root=results
    )
    write_json(results / MANIFEST, manifest)
    return project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return _with_results(tmp_path_factory.mktemp("study"), simulated=True)


@pytest.fixture(scope="module")
def archive(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("deposit") / "study.zip"
    write_archive(project.folder, output=output)
    return output


def _graph(archive: Path) -> dict[str, dict[str, Any]]:
    with zipfile.ZipFile(archive) as content:
        metadata = json.loads(content.read("ro-crate-metadata.json"))
    return {each["@id"]: each for each in metadata["@graph"]}


def test_the_archive_holds_the_study_and_its_results(archive: Path, project: Project) -> None:
    with zipfile.ZipFile(archive) as content:
        names = set(content.namelist())
    manifest = json.loads((project.folder / "results" / "manifest.json").read_text())
    assert {"study.yml", "questionnaire.yml", "answers.csv", "codecheck.yml"} <= names
    assert {f"results/{output}" for output in manifest["outputs"]} <= names


def test_every_file_is_described_with_its_checksum(archive: Path) -> None:
    graph = _graph(archive)
    with zipfile.ZipFile(archive) as content:
        for name in set(content.namelist()) - {"ro-crate-metadata.json"}:
            entity = graph[name]
            assert entity["sha256"] == hashlib.sha256(content.read(name)).hexdigest()
            assert len(entity["name"]) > 3
            assert entity["encodingFormat"]
    parts = {each["@id"] for each in graph["./"]["hasPart"]}
    assert set(content.namelist()) - {"ro-crate-metadata.json"} <= parts


def test_tables_and_figures_are_told_in_words(archive: Path) -> None:
    graph = _graph(archive)
    assert graph["results/tables/axes.csv"]["name"] != "Result: axes.csv"
    assert not graph[f"results/{FIGURE}.png"]["name"].startswith("Result")
    assert "respondents on the first plane" in graph[f"results/{FIGURE}.png"]["name"]  # English
    with zipfile.ZipFile(archive) as content:
        listed = yaml.safe_load(content.read("codecheck.yml"))["manifest"]
    assert {f"results/{FIGURE}.png", "results/tables/axes.csv"} <= {each["file"] for each in listed}


def test_the_run_is_told_as_a_process_run_crate(archive: Path) -> None:
    graph = _graph(archive)
    root, run = graph["./"], graph["#run"]
    assert root["conformsTo"]["@id"] == "https://w3id.org/ro/wfrun/process/0.5"
    assert {"name", "description", "datePublished", "license"} <= set(root)
    assert root["mentions"] in ({"@id": "#run"}, [{"@id": "#run"}])
    assert run["@type"] == "CreateAction"
    assert graph[run["instrument"]["@id"]]["@type"] == "SoftwareApplication"
    assert {each["@id"] for each in run["object"]} >= {"answers.csv", "study.yml"}
    assert any(each["@id"].startswith("results/tables/") for each in run["result"])
    assert graph["https://orcid.org/0000-0002-1825-0097"]["name"] == "Ada Martin"


def test_the_library_reads_it_back(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as content:
        content.extractall(tmp_path)
    crate = ROCrate(tmp_path)
    assert crate.name == "Coffee"
    with zipfile.ZipFile(archive) as content:
        assert len(crate.data_entities) == len(content.namelist()) - 1


def test_the_same_study_gives_the_same_bytes(archive: Path, project: Project) -> None:
    again = archive.with_name("again.zip")
    write_archive(project.folder, output=again)
    assert again.read_bytes() == archive.read_bytes()


def test_a_file_that_is_there_is_replaced_when_told_so_alone(
    archive: Path, project: Project, tmp_path: Path
) -> None:
    output = tmp_path / "deposit.zip"
    output.write_bytes(b"my own")
    with pytest.raises(InputError, match="there already"):
        write_archive(project.folder, output=output)
    assert output.read_bytes() == b"my own"
    write_archive(project.folder, output=output, force=True)
    assert output.read_bytes() == archive.read_bytes()


def test_answers_that_are_not_simulated_stay_out_unless_asked_for(tmp_path: Path) -> None:
    path = _with_results(tmp_path, simulated=False).folder
    for enclosed in (False, True):
        output = tmp_path / f"{enclosed}.zip"
        write_archive(path, output=output, with_answers=enclosed)
        with zipfile.ZipFile(output) as content:
            assert ("answers.csv" in content.namelist()) is enclosed
        withheld = {"@id": "#answers"} in _graph(output)["#run"]["object"]
        assert withheld is not enclosed


def test_results_of_another_study_are_refused(project: Project, tmp_path: Path) -> None:
    text = (project.folder / "study.yml").read_text()
    (project.folder / "study.yml").write_text(text.replace("seed: 1", "seed: 2"))
    try:
        with pytest.raises(InputError):
            write_archive(project.folder, output=tmp_path / "a.zip")
    finally:
        (project.folder / "study.yml").write_text(text)
    assert not (tmp_path / "a.zip").exists()


def test_a_study_without_a_licence_is_told_the_line_to_paste(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = Project(tmp_path)
    project.write(pd.DataFrame({"H1": [1]}))
    code = call("archive", tmp_path / "a.zip", "--study", tmp_path, "--language", "fr")
    assert code == 2
    assert "CC-BY-4.0" in said(capsys)


def _codecheck(tmp_path: Path, paper: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    project = Project(tmp_path)
    study = load_study(project.write(pd.DataFrame({"H1": [1]}), paper=paper))
    outputs = {"results/tables/classes.csv": "The classes", "results/figures/en/map.png": "Map"}
    written = codecheck_file(study, "en", outputs)
    assert written.text.startswith("---\n")  # an explicit document
    content: dict[str, Any] = yaml.safe_load(written.text)
    return content, written.lacking


def test_a_checked_study_has_all_that_codecheck_requires(tmp_path: Path) -> None:
    """Rules CC-CFG-004 to -026 of the register of CODECHECK for the specification 2.0."""
    content, lacking = _codecheck(tmp_path, PAPER | {"codecheck": CHECK})
    assert lacking == ()
    assert content["version"] == "https://codecheck.org.uk/spec/config/2.0/"
    for each in content["manifest"]:
        assert not Path(each["file"]).is_absolute()
        assert each["comment"]
    assert content["paper"]["title"] == "Coffee"
    for person in (*content["paper"]["authors"], *content["codechecker"]):
        assert person["name"]
        assert re.fullmatch(r"(\d{4}-){3}\d{3}[\dX]", person["ORCID"])
    assert content["paper"]["reference"] == "https://doi.org/10.5281/zenodo.3674056"
    assert re.fullmatch(r"\d{4}-\d{3}", content["certificate"])
    assert content["report"].startswith("https://doi.org/10.")
    assert content["summary"]


def test_what_is_not_known_is_left_out_and_named(tmp_path: Path) -> None:
    content, lacking = _codecheck(tmp_path, {"authors": [{"name": "Ada Martin"}]})
    assert lacking == ("orcid", "doi", "codechecker", "certificate", "report", "summary")
    assert not {"certificate", "report", "codechecker", "summary"} & set(content)
    assert not re.search("FIXME|TODO|XXX", str(content))


@pytest.mark.parametrize(
    ("key", "value"),
    [("doi", "zenodo 3674056"), ("license", "free to use"), ("doi", "10.5281"),
     ("codecheck", CHECK | {"certificate": "26-1"}), ("codecheck", CHECK | {"codecheckers": []})],
)  # fmt: skip
def test_a_wrong_key_is_refused(tmp_path: Path, key: str, value: object) -> None:
    with pytest.raises(InputError):
        load_study(Project(tmp_path).write(pd.DataFrame({"H1": [1]}), paper={key: value}))
