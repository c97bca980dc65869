"""The commands assign and compare: what they write and say, in French and in English."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from command_line import call, said
from typology.cli import command as cli
from typology.files.provenance import make_manifest
from typology.fit.fitted_typology import FittedTypology, fit_typology
from typology.results.checking import read_study
from typology.results.model_file import model_content
from typology.results.run_results import write_json
from typology.study import load_study
from typology.tools.short_form.scored_form import make_short_form


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sentence of a table is broken into lines."""
    monkeypatch.setenv("COLUMNS", "400")


@pytest.fixture(scope="module")
def fitted(project: Path) -> FittedTypology:
    study = load_study(project / "analysis" / "study.yml")
    return fit_typology(study, read_study(study)[1])


@pytest.fixture(scope="module")
def types(fitted: FittedTypology) -> pd.Series:
    return fitted.classes.labels


@pytest.fixture(scope="module")
def model(fitted: FittedTypology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    form = make_short_form(fitted)
    assert form is not None
    path = tmp_path_factory.mktemp("model") / "model.json"
    write_json(path, model_content(fitted, short_form=form.content))
    return path


@pytest.fixture
def options(project: Path, model: Path, tmp_path: Path) -> list[object]:
    return [
        "--model", model, "--questionnaire", project / "data" / "questionnaire.yml",
        "--output", tmp_path / "types.csv",
    ]  # fmt: skip


@pytest.fixture
def answers(project: Path) -> Path:
    return project / "data" / "simulated_responses.csv"


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", ("Données simulées", "Répondants classés : 312", "les réticents", "Confiance")),
     ("en", ("Simulated data", "Respondents assigned: 312", "the reluctant", "Confidence"))],
)  # fmt: skip
def test_a_file_is_given_its_types(
    options: list[object],
    answers: Path,
    types: pd.Series,
    *,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    language: str,
    words: tuple[str, ...],
) -> None:
    assert call("assign", answers, *options, "--language", language) == 0
    table = pd.read_csv(tmp_path / "types.csv", dtype={"respondent": str})
    assert table.set_index("respondent")["class"].astype(int).to_dict() == types.to_dict()
    printed = said(capsys)
    assert [each for each in words if each not in printed] == []


def test_the_short_form_is_scored(
    options: list[object], answers: Path, types: pd.Series, tmp_path: Path
) -> None:
    assert call("assign", answers, *options, "--short-form", "--language", "fr") == 0
    table = pd.read_csv(tmp_path / "types.csv", dtype={"respondent": str})
    same = table.set_index("respondent")["class"] == types
    assert 0.8 < same.mean() < 1


@pytest.mark.parametrize(("language", "heading"), [("fr", "Attendu"), ("en", "Expected")])
def test_another_questionnaire_is_refused(
    project: Path,
    model: Path,
    answers: Path,
    *,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    language: str,
    heading: str,
) -> None:
    other = project / "tests" / "bfi_study" / "questionnaire.yml"
    output = tmp_path / "types.csv"
    code = call(
        "assign", answers, "--model", model, "--questionnaire", other, "--output", output,
        "--language", language,
    )  # fmt: skip
    assert code == cli.INPUT_ERROR
    assert heading in said(capsys)
    assert not output.exists()


def test_the_identifiers_are_those_of_the_study(
    options: list[object], answers: Path, model: Path, tmp_path: Path
) -> None:
    renamed = tmp_path / "new.csv"
    table = pd.read_csv(answers, dtype=str, keep_default_na=False)
    table.rename(columns={"respondent": "dossier"}).to_csv(renamed, index=False)
    content = json.loads(model.read_text(encoding="utf-8")) | {"respondent_column": "dossier"}
    changed = tmp_path / "model.json"
    write_json(changed, content)
    assert call("assign", renamed, *options, "--model", changed) == 0
    written = pd.read_csv(tmp_path / "types.csv")["respondent"]
    assert written.tolist() == table["respondent"].tolist()


def test_the_answers_are_never_written_over(
    project: Path, model: Path, answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "answers.csv"
    shutil.copy(answers, copy)
    before = copy.read_bytes()
    questionnaire = project / "data" / "questionnaire.yml"
    code = call(
        "assign", copy, "--model", model, "--questionnaire", questionnaire, "--output", copy,
        "--language", "en",
    )  # fmt: skip
    assert code == cli.INPUT_ERROR
    assert "another file than those that are read" in said(capsys)
    assert copy.read_bytes() == before


def test_types_are_written_over_nothing_unless_told_so(
    options: list[object], answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "types.csv"
    output.write_text("mine", encoding="utf-8")
    assert call("assign", answers, *options, "--language", "fr") == cli.INPUT_ERROR
    assert "ajoutez --force" in said(capsys)
    assert output.read_text(encoding="utf-8") == "mine"
    assert call("assign", answers, *options, "--force") == 0
    written = output.read_bytes()
    assert call("assign", answers, *options) == 0  # the very same file
    assert output.read_bytes() == written
    assert sorted(tmp_path.iterdir()) == [output]


def test_a_comparison_never_replaces_a_run(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results"
    (results / "tables").mkdir(parents=True)
    table = results / "tables" / "axes.csv"
    table.write_text("axis\n1\n", encoding="utf-8")
    manifest = make_manifest(inputs={}, settings={}, outputs=[table], root=results)
    write_json(results / "manifest.json", manifest)
    study = project / "analysis" / "study.yml"
    code = call("compare", study, "--group", "sex", "--output", results, "--language", "en")
    assert code == cli.INPUT_ERROR
    assert "results of `typology run`" in said(capsys)
    assert table.read_text(encoding="utf-8") == "axis\n1\n"


def test_two_waves_are_compared(
    project: Path, answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wave = tmp_path / "second.csv"
    table = pd.read_csv(answers, dtype=str, keep_default_na=False).iloc[:200]
    table.assign(respondent=[f"S{at}" for at in range(200)]).to_csv(wave, index=False)
    output = tmp_path / "comparison"
    study = project / "analysis" / "study.yml"
    assert call("compare", answers, wave, "--study", study, "--output", output) == 0
    printed = said(capsys)
    for words in ("Part de chaque type", "Énoncés qui diffèrent le plus", "Procrustes", "Holm"):
        assert words in printed
    assert {path.stem for path in (output / "tables").glob("*.csv")} == {
        "comparison_shares", "comparison_test", "comparison_items", "comparison_classes",
        "comparison_agreement", "comparison_invariance",
    }  # fmt: skip
    for name in ("figures/change.svg", "figures/change.png", "manifest.json"):
        assert (output / name).is_file()


def test_the_same_people_asked_twice_are_a_panel_unless_told_otherwise(
    project: Path, answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wave, output = tmp_path / "second.csv", tmp_path / "comparison"
    pd.read_csv(answers, dtype=str, keep_default_na=False).iloc[:200].to_csv(wave, index=False)
    study = project / "analysis" / "study.yml"
    for options, told, design in (
        ((), "c'est un panel", "panel"),
        (("--independent",), "de personnes différentes", "independent"),
    ):
        assert call("compare", answers, wave, "--study", study, "--output", output, *options) == 0
        assert told in " ".join(said(capsys).split())
        test = pd.read_csv(output / "tables" / "comparison_test.csv")
        assert test["design"].item() == design


def test_two_groups_are_compared_in_english(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "comparison"
    study = project / "analysis" / "study.yml"
    assert call(
        "compare", study, "--group", "practice", "--first", "solo", "--second", "group",
        "--output", output, "--language", "en",
    ) == 0  # fmt: skip
    printed = said(capsys)
    assert "in the types of the whole study" in printed
    shares = pd.read_csv(output / "tables" / "comparison_shares.csv")
    raw = pd.read_csv(project / "data" / "simulated_responses.csv")["practice"]
    for name, practice in (("n_first", "solo"), ("n_second", "group")):
        told, whole = shares[name].dropna(), (raw == practice).sum()
        assert told.sum() == whole if len(told) == len(shares) else told.sum() < whole
        assert not told.between(1, 4).any()
    agreement = pd.read_csv(output / "tables" / "comparison_agreement.csv")
    assert agreement["sample"].tolist() == ["first", "second"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "une deuxième vague, ou une question qui fait des groupes"),
        (("--group", "practise"), "Vouliez-vous écrire « practice »"),
        (("--group", "practice"), "Nommez les deux groupes avec --first et --second."),
        (("--group", "practice", "--first", "solo", "--second", "solo"), "deux groupes différents"),
    ],
)
def test_what_cannot_be_compared_is_told(
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    words: str,
) -> None:
    study = project / "analysis" / "study.yml"
    output = tmp_path / "comparison"
    code = call("compare", study, *arguments, "--output", output, "--language", "fr")
    assert code == cli.INPUT_ERROR
    told = said(capsys).replace("\u00a0", " ")
    assert words in told
    assert not output.exists()


def test_a_folder_with_other_files_is_not_replaced(project: Path, tmp_path: Path) -> None:
    kept = tmp_path / "folder" / "thesis.txt"
    kept.parent.mkdir()
    kept.write_text("kept", encoding="utf-8")
    study = project / "analysis" / "study.yml"
    code = call("compare", study, "--group", "sex", "--output", kept.parent)
    assert code == cli.INPUT_ERROR
    assert kept.read_text(encoding="utf-8") == "kept"
