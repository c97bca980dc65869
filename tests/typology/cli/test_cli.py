"""The command: what it writes, what it says, in French and in English."""

from __future__ import annotations

import errno
import json
import os
import runpy
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pytest
import yaml
from PIL import Image
from rich.console import Console

import rfree
import typology
from command_line import call
from leftovers import leftovers
from short_runs import few_starts
from typology.cli import command as cli
from typology.cli.terminal import print_summary
from typology.documents.drawings import drawing, drawings_folder
from typology.exhibits.labels import Labels
from typology.files.interruption import SIGNALS
from typology.questionnaire.file import load_questionnaire
from typology.results.pipeline import run_pipeline
from typology.results.run_results import read_results
from typology.results.workbook import write_workbook
from typology.study import load_study
from typology.tools.run import run_study

HOPES, DOUBTS = ("H1", "H2", "H3"), ("D1", "D2", "D3")
ITEMS = (*HOPES, *DOUBTS)
LABELS = ("Pas du tout d'accord", "Plutôt pas d'accord", "Ni l'un ni l'autre", "Plutôt d'accord",
          "Tout à fait d'accord")  # fmt: skip
FRENCH_AND_ENGLISH = pytest.mark.parametrize("language", ["fr", "en"])
HEADINGS = {"fr": "Attendu", "en": "Expected"}


def questionnaire() -> dict[str, object]:
    def item(name: str) -> dict[str, str]:
        return {"id": name, "fr": f"Énoncé {name}", "en": f"Statement {name}"}

    points = [{"code": at, "fr": label, "en": f"Level {at}"} for at, label in enumerate(LABELS, 1)]
    block = {"scale": "agreement"}
    return {
        "title": {"fr": "Le café", "en": "Coffee"},
        "scales": {"agreement": points},
        "blocks": [
            {"id": "hopes", "title": {"fr": "Espoirs", "en": "Hopes"}, "direction": "favourable",
             "items": [item(name) for name in HOPES], **block},
            {"id": "doubts", "title": {"fr": "Doutes", "en": "Doubts"},
             "direction": "unfavourable", "items": [item(name) for name in DOUBTS], **block},
        ],
        "respondent": [
            {"id": "age", "type": "number", "fr": "Âge", "en": "Age", "min": 18, "bands": [40]}
        ],
    }  # fmt: skip


def answers() -> pd.DataFrame:
    """60 respondents of three types, from -1 (doubting) to 1 (hopeful)."""
    rng = np.random.default_rng(3)
    attitude = np.repeat([-1.2, 0.0, 1.2], 20)[:, None]
    direction = np.array([1, 1, 1, -1, -1, -1])
    codes = np.rint(3 + direction * attitude + rng.normal(0, 0.6, (60, 6))).clip(1, 5).astype(int)
    table = pd.DataFrame(codes, columns=list(ITEMS)).astype(str)
    table.insert(0, "respondent", [f"P{number}" for number in range(1, 61)])
    table["age"] = rng.integers(25, 70, 60).astype(str)
    return table


@dataclass(frozen=True)
class Folder:
    """A study on disk, and its files as they can be spoilt."""

    path: Path

    def file(self, name: str) -> Path:
        return self.path / name

    def change(self, name: str, change: Callable[[dict[str, object]], object]) -> None:
        content = yaml.safe_load(self.file(name).read_text(encoding="utf-8"))
        change(content)
        self.file(name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    def spoil(self, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
        read = pd.read_csv(self.file("answers.csv"), dtype=str, keep_default_na=False)
        change(read).to_csv(self.file("answers.csv"), index=False)


@pytest.fixture
def study(tmp_path: Path) -> Folder:
    return write_study(tmp_path / "coffee")


def write_study(path: Path) -> Folder:
    path.mkdir()
    choices = {
        "title": {"fr": "Le café", "en": "Coffee"}, "questionnaire": "questionnaire.yml",
        "responses": "answers.csv", "results": "results", "language": "fr", "seed": 1,
        "respondent_column": "respondent", "active": ["hopes", "doubts"],
        "missing": "passive category", "axes": 2, "classes": 3,
        "validity": {"resamples": 9, "null_replicates": 19, "imputations": 2},
    }  # fmt: skip
    for name, content in (("study.yml", choices), ("questionnaire.yml", questionnaire())):
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (path / name).write_text(text, encoding="utf-8")
    answers().to_csv(path / "answers.csv", index=False)
    return Folder(path)


def run_alone(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    packages = {str(Path(package.__file__).parent.parent) for package in (rfree, typology)}
    return subprocess.run(
        [sys.executable, "-m", "typology", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(packages), "PYTHONIOENCODING": "utf-8",
             **environment},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Folder, str]:
    """A study after a run at 80 columns in processes of its own, and what the run printed."""
    folder = write_study(tmp_path_factory.mktemp("run") / "coffee")
    done = run_alone("run", folder.path, COLUMNS="80", LOKY_MAX_CPU_COUNT="2")
    assert (done.returncode, done.stderr) == (0, "")
    return folder, done.stdout


# --- What a run gives.


def test_a_run_writes_tables_workbook_model_and_manifest(
    ran: tuple[Folder, str],
) -> None:
    results = ran[0].file("results")
    for name in ("manifest.json", "model.json", "typology.xlsx", "tables/classes.csv"):
        assert (results / name).is_file(), name


def test_what_is_of_single_respondents_is_private(ran: tuple[Folder, str]) -> None:
    results = ran[0].file("results")
    private = results / "private"
    assert (private / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert (private / "tables" / "respondents.csv").is_file()
    listed = json.loads((results / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert not [name for name in listed if name.startswith("private/")]
    for name in ("respondents", "class_examples", "missing_by_respondent", "linkage",
                 "stability_respondents", "duplicates", "straight_lining"):  # fmt: skip
        assert not (results / "tables" / f"{name}.csv").exists(), name


def test_results_without_their_private_folder_are_whole(
    ran: tuple[Folder, str], tmp_path: Path
) -> None:
    shared = tmp_path / "results"
    shutil.copytree(ran[0].file("results"), shared, ignore=shutil.ignore_patterns("private"))
    assert "classes" in read_results(shared).tables


def test_a_run_prints_its_stages_and_its_findings(ran: tuple[Folder, str]) -> None:
    printed = ran[1]
    for said in ("Classification", "Le café", "répondants analysés", "Benzécri", "Espoirs",
                 "Doutes : les plus unanimes".replace(" :", "\u00a0:"), "Résultats"):  # fmt: skip
        assert said in printed
    assert "…" not in printed


@FRENCH_AND_ENGLISH
def test_what_is_printed_and_written_is_of_the_study_alone(
    ran: tuple[Folder, str], tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, printed = ran
    wave, model = tmp_path / "wave.csv", folder.file("results") / "model.json"
    answers().assign(respondent=[f"Q{number}" for number in range(60)]).to_csv(wave, index=False)
    asked = ("--language", language)
    source = ("--model", model, "--questionnaire", folder.file("questionnaire.yml"))
    assert call("assign", wave, *source, "--output", tmp_path / "typed.csv", *asked) == 0
    compared = ("--output", tmp_path / "compared", "--independent", *asked)
    assert call("compare", folder.path, wave, "--study", folder.path, *compared) == 0
    assert leftovers(printed + capsys.readouterr().out) == []
    texts = {**texts_in(folder.file("results")), **texts_in(tmp_path)}
    assert {
        "manifest.json",
        "explorer.html",
        "data_protection-fr.md",
        "typology.xlsx",
    } <= texts.keys()
    assert {name: found for name, text in texts.items() if (found := leftovers(text))} == {}


def texts_in(folder: Path) -> dict[str, str]:
    """Return what the files of a folder say, by their names there; of a picture, what tells it."""

    def text(path: Path) -> str:
        if path.suffix == ".xlsx":
            with ZipFile(path) as book:
                return "\n".join(book.read(name).decode("utf-8") for name in book.namelist())
        if path.suffix == ".png":
            with Image.open(path) as image:
                return str(image.info)
        return path.read_text(encoding="utf-8")

    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): text(path) for path in files}


def test_two_runs_give_the_same_bytes(ran: tuple[Folder, str], tmp_path: Path) -> None:
    copy = Folder(tmp_path / "coffee")
    shutil.copytree(ran[0].path, copy.path)
    shutil.rmtree(copy.file("results"))
    run_study(load_study(copy.file("study.yml")), n_jobs=1)  # the first one used two cores
    first, second = contents(ran[0].file("results")), contents(copy.file("results"))
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_figures_are_drawn_and_told_in_every_language(ran: tuple[Folder, str]) -> None:
    figures = ran[0].file("results") / "figures"
    assert sorted(path.name for path in figures.iterdir()) == ["en", "fr"]
    names = {path.stem for path in (figures / "fr").iterdir()}
    assert {"inertia", "tree", "category_map", "respondent_map"} <= names
    expected = {
        f"{name}.{ending}"
        for name in names
        for ending in ("svg", "png", "txt")
        if ending == "svg" or not name.endswith("_narrow")  # the same map, for telephones
    }
    told = {}
    for language in ("fr", "en"):
        assert {path.name for path in (figures / language).iterdir()} == expected
        told[language] = (figures / language / "tree.txt").read_text(encoding="utf-8")
    assert told["fr"] != told["en"]


def test_documents_show_the_figures_of_the_run(ran: tuple[Folder, str], tmp_path: Path) -> None:
    results = ran[0].file("results")
    shown = drawing("tree", "fr", documents=tmp_path, results=results, ending="svg")
    drawn = results / "figures" / "fr" / "tree.svg"
    assert shown.path.is_relative_to(drawings_folder(tmp_path, results))
    assert shown.path.read_bytes() == drawn.read_bytes()
    assert shown.alt == drawn.with_suffix(".txt").read_text(encoding="utf-8").strip()


def test_the_explorer_of_the_run_opens_from_the_disk(ran: tuple[Folder, str]) -> None:
    page = (ran[0].file("results") / "explorer.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "http" not in page.partition('<script type="application/json">')[0]


def test_an_interrupted_run_leaves_the_former_results(
    ran: tuple[Folder, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = ran[0].path
    before = contents(folder)
    shorten_runs(monkeypatch)

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("typology.tools.run.draw_figures", interrupt)
    assert call("run", folder, "--replicates", 19) == 130
    assert contents(folder) == before
    assert sorted(path.name for path in folder.iterdir()) == [
        "answers.csv", "questionnaire.yml", "results", "study.yml",
    ]  # fmt: skip


def test_a_folder_that_cannot_be_written_is_told(
    study: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "typology.xlsx")

    shorten_runs(monkeypatch)
    monkeypatch.setattr("typology.tools.run.draw_figures", refuse)
    assert call("run", study.path) == cli.INPUT_ERROR
    assert "Fermez les logiciels" in " ".join(capsys.readouterr().err.split())
    assert not study.file("results").exists()


def shorten_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the stage of validity out, the longest, of runs that end after it."""
    monkeypatch.setattr("typology.tools.run.run_pipeline", partial(run_pipeline, validity=False))


@pytest.mark.parametrize("blocks", [2, 3])
def test_the_summary_cuts_no_word(study: Folder, blocks: int) -> None:
    titles = ["Espoirs-et-attentes-de-toujours", "Doutes", "Autres-doutes-et-craintes"][:blocks]
    if blocks == 3:
        study.change("questionnaire.yml", split_doubts)
        study.change("study.yml", lambda it: it.update(active=["hopes", "doubts", "others"]))
    study.change("questionnaire.yml", lambda it: entitle(it, titles))
    with few_starts():
        analysis = run_pipeline(load_study(study.file("study.yml")))
    for width in (80, 120):
        out = StringIO()
        print_summary(Console(file=out, width=width), analysis)
        printed = out.getvalue()
        assert "…" not in printed
        assert max(map(len, printed.splitlines())) <= max(
            width, len(f"Résultats : {study.file('results')}")
        )
        if blocks == 3:  # one row a block, under one column a class
            rows = printed[printed.index("Accord moyen") :].splitlines()
            assert rows[1].split() == ["Classe", "1", "2", "3"]
            assert [row.split()[0] for row in rows[2:5]] == titles


def split_doubts(content: dict[str, object]) -> None:
    blocks = content["blocks"]
    assert isinstance(blocks, list)
    items = blocks[1]["items"]
    blocks.append({**blocks[1], "id": "others", "items": items[2:]})
    blocks[1] = {**blocks[1], "items": items[:2]}


def entitle(content: dict[str, object], titles: list[str]) -> None:
    blocks = content["blocks"]
    assert isinstance(blocks, list)
    for block, title in zip(blocks, titles, strict=True):
        block["title"] = {"fr": title, "en": title}


# --- The other commands.


def test_check_passes_and_writes_nothing(study: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(study.path)
    assert call("check", study.path, "--language", "fr") == 0
    assert "Aucun problème" in capsys.readouterr().out
    assert call("check", study.path, "--language", "en") == 0
    assert "No problem" in capsys.readouterr().out
    assert contents(study.path) == before


def test_answers_in_words_of_another_keyboard_pass(study: Folder) -> None:
    def in_words(table: pd.DataFrame) -> pd.DataFrame:
        words = {str(code): text.upper() for code, text in enumerate(LABELS, 1)}
        table[list(ITEMS)] = table[list(ITEMS)].replace(words)
        return table.rename(columns={name: f"enonce {name} :" for name in ITEMS})

    study.spoil(in_words)
    text = study.file("answers.csv").read_text(encoding="utf-8").replace(",", ";")
    study.file("answers.csv").write_bytes(text.encode("cp1252"))
    assert call("check", study.path) == 0


def test_an_answer_given_once_is_no_problem(study: Folder) -> None:
    def once(table: pd.DataFrame) -> pd.DataFrame:
        table["H1"] = ["1", *["4"] * 30, *["5"] * 29]
        return table

    study.spoil(once)
    assert call("check", study.path) == 0
    analysis = run_pipeline(load_study(study.file("study.yml")), validity=False)
    assert analysis.fitted.classes.number == 3


def test_simulate_never_replaces_answers_that_are_not_said_to_be_simulated(
    study: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = study.file("answers.csv")
    real = answers.read_bytes()
    arguments = ("simulate", "--questionnaire", study.file("questionnaire.yml"),
                 "--output", answers, "--force", "--language", "en")  # fmt: skip
    assert call(*arguments) == cli.INPUT_ERROR
    assert "answers that do not say" in " ".join(capsys.readouterr().err.split())
    assert answers.read_bytes() == real
    answers.unlink()
    assert call(*arguments, "--seed", 1) == 0
    assert call(*arguments, "--seed", 2) == 0  # its own answers may go


def test_simulate_writes_answers_that_pass(
    study: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    study.file("answers.csv").unlink()
    arguments = ("simulate", "--questionnaire", study.file("questionnaire.yml"), "--seed", 5,
                 "--respondents", 40, "--output", study.file("answers.csv"))  # fmt: skip
    assert call(*arguments, "--language", "fr") == 0
    assert "40 répondants simulés" in capsys.readouterr().out
    first = study.file("answers.csv").read_bytes()
    assert call(*arguments, "--language", "en") == 0
    assert "40 simulated respondents" in capsys.readouterr().out
    assert study.file("answers.csv").read_bytes() == first
    assert call("check", study.path) == cli.INPUT_ERROR  # its study file calls them real
    assert "simulated: true" in capsys.readouterr().err
    in_study(simulated=True)(study)
    assert call("check", study.path) == 0


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("answers.csv", "ne se disent pas simulées"),
        ("questionnaire.yml", "ceux qui sont lus"),
        ("", "un dossier qui existe"),
        ("nowhere/answers.csv", "un dossier qui existe"),
    ],
)
def test_simulate_writes_over_nothing_of_others(
    study: Folder, output: str, told: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(study.path)
    monkeypatch.setenv("COLUMNS", "300")
    before = contents(study.path)
    arguments = ("simulate", "--questionnaire", "questionnaire.yml", "--language", "fr")
    assert call(*arguments, "--output", output) == cli.INPUT_ERROR
    assert told in " ".join(capsys.readouterr().err.split())
    assert contents(study.path) == before


def test_the_types_write_over_nothing_and_force_replaces_both(
    study: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    output, types = study.file("new.csv"), study.file("new_types.csv")
    types.write_text("mine", encoding="utf-8")
    arguments = ("simulate", "--questionnaire", study.file("questionnaire.yml"), "--respondents",
                 10, "--output", output)  # fmt: skip
    assert call(*arguments, "--language", "en") == cli.INPUT_ERROR
    assert "new_types.csv" in capsys.readouterr().err
    assert not output.exists()
    assert types.read_text(encoding="utf-8") == "mine"
    assert call(*arguments, "--force") == 0
    assert len(pd.read_csv(output)) == len(pd.read_csv(types)) == 10
    assert call(*arguments) == 0  # the very same files


def test_more_respondents_than_a_machine_holds_are_refused(
    study: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("simulate", "--questionnaire", study.file("questionnaire.yml"), "--output",
                 study.file("new.csv"), "--language", "fr")  # fmt: skip
    assert call(*arguments, "--respondents", 10**11) == cli.INPUT_ERROR
    assert "100000" in capsys.readouterr().err
    design = study.file("simulation.yml")
    design.write_text(f"respondents: {10**11}\n", encoding="utf-8")
    assert call(*arguments) == cli.INPUT_ERROR
    assert "respondents" in capsys.readouterr().err
    assert not study.file("new.csv").exists()


@pytest.mark.parametrize("command", ["run", "check", "simulate"])
def test_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(command, "--help") == 0
    assert f"typology {command}" in capsys.readouterr().out.split("Example")[1]


# --- Bad files: told at their place, in both languages; nothing is written.


def one_answer(row: int, column: str, text: str) -> Callable[[Folder], None]:
    def spoil(table: pd.DataFrame) -> pd.DataFrame:
        table.loc[row, column] = text
        return table

    return lambda study: study.spoil(spoil)


def column_of(column: str, text: str) -> Callable[[Folder], None]:
    return lambda study: study.spoil(lambda table: table.assign(**{column: text}))


def first_rows(number: int) -> Callable[[Folder], None]:
    return lambda study: study.spoil(lambda table: table.head(number))


def in_study(**choices: object) -> Callable[[Folder], None]:
    return lambda study: study.change("study.yml", lambda content: content.update(choices))


def holding(name: str, content: bytes) -> Callable[[Folder], None]:
    def write(study: Folder) -> None:
        study.file(name).write_bytes(content)

    return write


def one_language(study: Folder) -> None:
    def remove(content: dict[str, object]) -> None:
        content["title"] = {"fr": "Le café"}

    study.change("questionnaire.yml", remove)


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
BAD = {
    "an item answered off-scale": (one_answer(11, "D2", "6"), ["13", "P12", "D2", "6"]),
    "a column missing": (lambda study: study.spoil(lambda t: t.drop(columns="H2")), ["H2"]),
    "two columns for one item": (
        lambda study: study.spoil(lambda t: t.assign(**{"Énoncé H1": t["H1"].to_numpy()[::-1]})),
        ["H1", "Énoncé H1", "9"],
    ),
    "an unknown column": (column_of("Remarques", "rien"), ["Remarques", "ignored_columns"]),
    "ids repeated": (one_answer(4, "respondent", "P1"), ["2, 6", "respondent", "P1"]),
    "all answers missing for an item": (column_of("H3", ""), ["H3"]),
    "an item with one category only": (column_of("H3", "4"), ["H3", "4"]),
    "fewer respondents than classes": (in_study(classes=100), ["100", "classes"]),
    "1 respondent": (first_rows(1), ["1"]),
    "2 respondents": (first_rows(2), ["2"]),
    "3 respondents": (
        lambda study: [first_rows(3)(study), in_study(classes=4)(study)],
        ["3"],
    ),
    "no respondent": (first_rows(0), ["answers.csv"]),
    "more axes than there are": (in_study(axes=99), ["99", "axes"]),
    "a questionnaire in one language only": (one_language, ["questionnaire.yml", "title › en"]),
    "answers outside the folder": (in_study(responses="../../answers.csv"), ["../../answers.csv"]),
    "answers that are nowhere": (in_study(responses="nowhere.csv"), ["nowhere.csv"]),
    "an unknown block": (in_study(active=["hopes", "doubt"]), ["active", "doubt", "doubts"]),
    "an unknown key": (in_study(axis=3), ["axis", "axes"]),
    "a study that is no mapping": (holding("study.yml", b"- fr\n- en\n"), ["study.yml"]),
    "a study that is no YAML": (holding("study.yml", b"title: a: b\n"), ["study.yml", "1"]),
    "an empty study": (holding("study.yml", b""), ["study.yml"]),
    "an empty questionnaire": (holding("questionnaire.yml", b""), ["questionnaire.yml"]),
    "empty answers": (holding("answers.csv", b""), ["answers.csv"]),
    "a PDF named .csv": (holding("answers.csv", PDF), ["answers.csv", "PDF"]),
}


@FRENCH_AND_ENGLISH
@pytest.mark.parametrize("fault", BAD)
def test_bad_input_is_told_at_its_place_and_nothing_is_written(
    study: Folder, fault: str, language: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("COLUMNS", "200")
    spoil, named = BAD[fault]
    spoil(study)
    before = contents(study.path)
    assert call("run", study.path, "--language", language) == cli.INPUT_ERROR
    told = capsys.readouterr().err
    assert HEADINGS[language] in told
    assert [name for name in named if name not in told] == []
    assert "Traceback" not in told
    assert contents(study.path) == before
    assert not study.file("results").exists()


def test_check_tells_everything_at_once_with_what_was_noticed(
    study: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    one_answer(11, "D2", "6")(study)
    one_answer(20, "age", "quarante")(study)
    in_study(active=["hopes", "doubt"])(study)
    text = study.file("answers.csv").read_text(encoding="utf-8").replace("P60", "Zoé")
    study.file("answers.csv").write_bytes(text.encode("cp1252"))
    assert call("check", study.path) == cli.INPUT_ERROR
    told = capsys.readouterr().err
    for said in ("Windows-1252", "3 problèmes", "doubt", "quarante", "D2"):
        assert said in told


def test_a_questionnaire_and_answers_that_cannot_be_read_are_both_told(
    study: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    one_language(study)
    holding("answers.csv", PDF)(study)
    assert call("check", study.path) == cli.INPUT_ERROR
    told = capsys.readouterr().err
    assert "2 problèmes" in told
    assert "questionnaire.yml" in told
    assert "answers.csv" in told


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_of_problems_cuts_no_word(
    study: Folder, width: int,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("COLUMNS", str(width))
    study.spoil(lambda table: table.assign(Remarques="x").drop(columns="H2"))
    one_answer(11, "D2", "une-réponse-en-un-seul-mot-plus-long-que-sa-colonne")(study)
    assert call("check", study.path) == cli.INPUT_ERROR
    told = capsys.readouterr().err
    assert "…" not in told
    table, _, to_paste = told.partition("À coller")
    assert max(map(len, table.splitlines())) <= width
    assert yaml.safe_load(to_paste.partition("\n")[2])  # lines whole, to be pasted


@pytest.mark.parametrize("width", [60, 80])
def test_a_narrow_terminal_keeps_lines_to_paste_whole(
    study: Folder, width: int,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("COLUMNS", str(width))
    in_study(active=["hopes", "doubt"])(study)
    study.change("questionnaire.yml", lambda content: content["blocks"][0].pop("title"))
    study.spoil(lambda table: table.assign(Remarques="x", Observations="x", Commentaires="x"))
    assert call("check", study.path, "--language", "en") == cli.INPUT_ERROR
    lines = capsys.readouterr().err.splitlines()
    assert 'title: {fr: "Espoirs", en: "Hopes"}' in lines
    assert all(len(line) <= width for line in lines if line.startswith(" "))
    said = [sum(line.startswith(f"  {heading}  ") for line in lines)
            for heading in ("Found     ", "Expected  ", "What to do")]  # fmt: skip
    assert said[0] == said[1] == said[2] > 1


@pytest.mark.parametrize("width", [60, 80])
def test_a_long_word_is_told_whole_in_a_narrow_terminal(
    study: Folder, width: int,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("COLUMNS", str(width))
    long = "une-réponse-en-un-seul-mot-plus-long-que-toute-la-ligne-d-un-terminal-étroit"
    one_answer(11, "D2", long)(study)
    assert call("check", study.path) == cli.INPUT_ERROR
    assert long in capsys.readouterr().err


# --- Places that are not for results, signs that no name has, being stopped.


@pytest.mark.parametrize("command", ["run", "check"])
@pytest.mark.parametrize("named", ["data", "notes"])
def test_results_over_a_folder_of_others_are_refused_before_the_run(
    study: Folder, command: str, named: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setattr("typology.tools.run.run_pipeline", None)  # not to be reached
    folder = study.file(named)
    folder.mkdir()
    (folder / "manifest.json").write_text('{"name": "a page"}', encoding="utf-8")
    (folder / "mine.docx").write_text("mine", encoding="utf-8")
    if named == "data":
        study.file("answers.csv").rename(folder / "answers.csv")
        in_study(responses="data/answers.csv")(study)
    in_study(results=named)(study)
    before = contents(study.path)
    assert call(command, study.path, "--language", "fr") == cli.INPUT_ERROR
    told = " ".join(capsys.readouterr().err.split())
    assert ("contient answers.csv" if named == "data" else "d'autres fichiers") in told
    assert contents(study.path) == before


@pytest.mark.parametrize("results", [".", "", "..", "answers.csv", "answers.csv/results", "loop"])
def test_results_that_are_no_place_are_refused_before_the_run(
    study: Folder, results: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr("typology.tools.run.run_pipeline", None)
    monkeypatch.chdir(study.path)
    before = contents(study.path)
    study.file("loop").symlink_to("loop")
    code = call("run", "study.yml", "--results", results, "--language", "fr")
    assert code == cli.INPUT_ERROR
    assert "Attendu" in capsys.readouterr().err
    study.file("loop").unlink()
    assert contents(study.path) == before


def test_a_sign_that_no_name_has_is_told_where_it_is(
    study: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (("run", "a\0b"), ("run", study.path, "--results", "a\0b"),
                      ("simulate", "--output", "a\0b"), ("assign", "a\0b")):  # fmt: skip
        assert call(*arguments) == cli.INPUT_ERROR
        assert "NUL" in capsys.readouterr().err
    in_study(**dict.fromkeys(("results", "responses", "questionnaire", "margins"), "a\0b"))(study)
    assert call("check", study.path) == cli.INPUT_ERROR
    assert "U+0000" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "loop.yml"),
        ("run", "loop.yml"),
        ("check", "study.yml", "--responses", "loop.yml"),
        ("run", "study.yml", "--responses", "loop.yml"),
        ("simulate", "--questionnaire", "loop.yml"),
        ("assign", "answers.csv", "--model", "loop.yml"),
    ],
)
def test_links_that_lead_to_themselves_are_told(
    study: Folder, arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(study.path)
    study.file("loop.yml").symlink_to("loop.yml")
    assert call(*arguments, "--language", "en") == cli.INPUT_ERROR
    assert "loop.yml" in capsys.readouterr().err


def test_links_that_lead_to_themselves_are_told_in_the_study_file(
    study: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    study.file("loop").symlink_to("loop")
    in_study(responses="loop", questionnaire="loop", results="loop/results")(study)
    assert call("check", study.path) == cli.INPUT_ERROR
    assert "2 problèmes" in capsys.readouterr().err


def test_a_full_disk_is_told_as_such(
    study: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fill(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "tree.png")

    monkeypatch.setattr("typology.tools.run.run_pipeline", fill)
    assert call("run", study.path, "--language", "fr") == cli.INPUT_ERROR
    told = " ".join(capsys.readouterr().err.split())
    assert "un disque plein" in told
    assert not study.file("results").exists()


def test_a_full_disk_is_told_as_such_by_the_workbook_too(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("No disk that is always full here.")
    content = load_study(write_study(tmp_path / "coffee").file("study.yml"))
    analysis = run_pipeline(content, validity=False)
    labels = Labels(analysis.fitted.questionnaire, "fr", {})
    with pytest.raises(OSError, match="No space"):
        write_workbook(Path("/dev/full"), analysis.tables, labels, simulated=False)


@pytest.mark.parametrize("error", [MemoryError(), BrokenProcessPool()])
def test_a_machine_too_small_is_told(
    study: Folder, error: Exception,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("typology.tools.run.run_pipeline", fail)
    assert call("run", study.path, "--language", "fr") == cli.INPUT_ERROR
    assert "pas assez de mémoire" in " ".join(capsys.readouterr().err.split())


def test_an_input_changed_during_the_run_is_told(
    study: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def write(*_: object, **__: object) -> list[Path]:
        study.file("answers.csv").write_text("other", encoding="utf-8")
        return []

    monkeypatch.setattr("typology.tools.run._write", write)
    monkeypatch.setattr(
        "typology.tools.run.run_pipeline",
        lambda given, **_: SimpleNamespace(fitted=SimpleNamespace(study=given)),
    )
    for name in ("model_content", "make_short_form", "write_private"):
        monkeypatch.setattr(f"typology.tools.run.{name}", lambda *_, **__: None)
    monkeypatch.setattr(
        "typology.tools.run.leaving_results",
        lambda *_: SimpleNamespace(private={}, private_model=None),
    )
    assert call("run", study.path, "--language", "en") == cli.INPUT_ERROR
    told = " ".join(capsys.readouterr().err.split())
    assert "answers.csv" in told
    assert "Run again." in told
    assert not study.file("results").exists()


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_command_that_is_stopped_says_so(
    study: Folder, number: signal.Signals,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(
        "typology.tools.run.run_pipeline", lambda *_, **__: signal.raise_signal(number)
    )
    before = contents(study.path)
    assert call("run", study.path, "--language", "fr") == 128 + number
    told = capsys.readouterr().err
    assert told.startswith("Arrêt (")
    assert told.count("Arrêt") == 1
    assert contents(study.path) == before


def test_processes_of_a_run_do_not_run_the_command_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes are spawned, each imports the main module under another name."""
    monkeypatch.setattr("typology.cli.command.main", None)
    runpy.run_module("typology.__main__", run_name="__mp_main__")


def test_lines_ended_as_on_windows_change_nothing(study: Folder) -> None:
    before = load_study(study.file("study.yml"))
    questions = load_questionnaire(before.questionnaire_path)
    for name in ("study.yml", "questionnaire.yml"):
        text = study.file(name).read_bytes().replace(b"\n", b"\r\n")
        study.file(name).write_bytes(text)
    assert load_study(study.file("study.yml")).choices == before.choices
    assert load_questionnaire(before.questionnaire_path) == questions


# --- The language.


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"LC_ALL": "fr_FR.UTF-8"}, "Un problème"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr_CA.UTF-8"}, "Un problème"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "fr_FR.UTF-8"}, "One problem"),
        ({"LC_ALL": "C"}, "One problem"),
    ],
)
def test_the_system_s_language_is_used_when_the_study_cannot_be_read(
    tmp_path: Path, variables: dict[str, str], said: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert call("check", tmp_path / "nowhere.yml") == cli.INPUT_ERROR
    assert said in capsys.readouterr().err


def test_the_study_s_language_is_used_whatever_the_system_s(
    study: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    in_study(classes="beaucoup")(study)
    assert call("check", study.path) == cli.INPUT_ERROR
    assert "un nombre entier" in " ".join(capsys.readouterr().err.split())


def test_a_terminal_without_accents_gets_no_traceback(study: Folder) -> None:
    in_study(classes="beaucoup")(study)
    done = run_alone("check", study.path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == cli.INPUT_ERROR
    assert "Un probleme" in done.stderr
    assert "Traceback" not in done.stderr
