"""`assign` reads a file as the study of its model does."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from small_study import Project, answers
from typology.fit.fitted_typology import fit_typology
from typology.problems import InputError
from typology.results.checking import read_study
from typology.results.model_file import model_content
from typology.results.run_results import write_json
from typology.study import load_study
from typology.tools.assign.files import assign_file

CHOICES = {
    "respondent_column": "who", "no_answer": ["Don't know"], "ignored_columns": ["Page*"],
    "weights": {"column": "poids"},
}  # fmt: skip


def spoken(seed: int) -> pd.DataFrame:
    """Answers as only the study file explains them."""
    table = answers(80, seed).rename(columns={"respondent": "who"})
    table.loc[:4, "H1"] = "Don't know"
    return table.assign(**{"Page 1": "x", "poids": 1.5})


@pytest.fixture
def model(tmp_path: Path) -> Path:
    study = load_study(Project(tmp_path).write(spoken(3), **CHOICES))
    fitted = fit_typology(study, read_study(study)[1])
    write_json(tmp_path / "model.json", model_content(fitted))
    return tmp_path / "model.json"


def assign(model: Path, table: pd.DataFrame, **more: bool) -> pd.DataFrame:
    path = model.with_name("new.csv")
    table.to_csv(path, index=False)
    return assign_file(
        path,
        model_path=model,
        questionnaire_path=model.with_name("questionnaire.yml"),
        output=model.with_name("types.csv"),
        language="en",
        **more,
    ).table


def test_a_file_that_the_study_reads_is_assigned(model: Path) -> None:
    table = assign(model, spoken(9))
    assert list(table["respondent"].head(2)) == ["P1", "P2"]
    assert list(table["answered"].head(6)) == [9, 9, 9, 9, 9, 10]


def test_types_are_written_over_another_file_when_told_so_alone(model: Path) -> None:
    types = model.with_name("types.csv")
    types.write_bytes(b"my own")
    with pytest.raises(InputError, match="there already"):
        assign(model, spoken(9))
    assert types.read_bytes() == b"my own"
    table = assign(model, spoken(9), force=True)
    assert len(pd.read_csv(types)) == len(table) == 80


def test_an_older_model_is_still_read_and_says_what_it_does_not_know(model: Path) -> None:
    content = json.loads(model.read_text(encoding="utf-8"))
    del content["reading"]
    model.write_text(json.dumps(content), encoding="utf-8")
    plain = spoken(9).replace("Don't know", "")
    assert len(assign(model, plain)) == 80
    with pytest.raises(InputError) as raised:
        assign(model, spoken(9))
    assert any("typology run" in notice for notice in raised.value.notices)


def export(n: int, seed: int) -> pd.DataFrame:
    """An export of Qualtrics: previews, answers not finished, fast ones, a refusal."""
    table = spoken(seed).head(n)
    return table.assign(
        **{
            "Status": ["1", "0"] + ["0"] * (n - 2),
            "Finished": ["1", "1", "0"] + ["1"] * (n - 3),
            "Duration (in seconds)": ["600"] * 3 + ["20"] + ["600"] * (n - 4),
            "RecordedDate": "2023-05-02 10:11:13",
            "I agree": ["yes"] * 4 + ["no"] + ["yes"] * (n - 5),
        }
    )


RULES = {
    "respondents": ["P7"], "partial": "leave out", "fastest": 1,
    "consent": {"column": "I agree", "given": ["yes"]},
}  # fmt: skip


def test_whom_the_study_leaves_out_has_no_type_and_is_counted(tmp_path: Path) -> None:
    choices = {**CHOICES, "exclusions": RULES}
    study = load_study(Project(tmp_path).write(export(80, 3), **choices))
    fitted = fit_typology(study, read_study(study)[1])
    assert len(fitted.active.categories) == 75
    path = tmp_path / "model.json"
    write_json(path, model_content(fitted))
    export(80, 9).to_csv(tmp_path / "new.csv", index=False)
    assigned = assign_file(
        tmp_path / "new.csv", model_path=path, output=tmp_path / "types.csv", language="fr",
        questionnaire_path=tmp_path / "questionnaire.yml",
    )  # fmt: skip
    table = assigned.table.set_index("respondent")
    assert table.loc[["P1", "P3", "P4", "P5", "P7"], "remark"].tolist() == [
        "left out: tests", "left out: partial", "left out: too fast", "left out: refused",
        "left out: named",
    ]  # fmt: skip
    out = table["remark"].str.startswith("left out")
    assert out.sum() == 5
    assert table.loc[out, ["class", "confidence"]].isna().all(axis=None)
    assert set(table.loc[out, "name"]) == {"écarté"}
    assert table.loc[~out, "class"].notna().any()
    assert any("5 of the respondents" in notice for notice in assigned.notices)


def test_a_file_that_does_not_tell_what_the_study_leaves_out_by_is_assigned_whole(
    tmp_path: Path,
) -> None:
    choices = {**CHOICES, "exclusions": RULES}
    study = load_study(Project(tmp_path).write(export(80, 3), **choices))
    fitted = fit_typology(study, read_study(study)[1])
    path = tmp_path / "model.json"
    write_json(path, model_content(fitted))
    spoken(9).to_csv(tmp_path / "new.csv", index=False)
    assigned = assign_file(
        tmp_path / "new.csv", model_path=path, output=tmp_path / "types.csv", language="en",
        questionnaire_path=tmp_path / "questionnaire.yml",
    )  # fmt: skip
    assert assigned.table["remark"].str.startswith("left out").sum() == 1  # P7, by name
    assert any("consent, partial, fastest" in notice for notice in assigned.notices)
