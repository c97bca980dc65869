"""What `check` says is what `run` would say, all at once, whatever is there to be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from command_line import call
from small_study import HOPES, ITEMS, Project, answers, questionnaire
from typology.files.provenance import RUN_COMMAND, make_manifest
from typology.problems import InputError
from typology.results.checking import Check, begin_study, check_study_answers
from typology.results.pipeline import run_pipeline
from typology.results.run_results import MANIFEST, write_json
from typology.study import load_study
from typology.study.sections import MISSING_RULES
from typology.tools.run import run_study


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def told(act: Callable[[Any], object], path: Path) -> tuple[str, ...]:
    try:
        act(load_study(path, for_checking=True))
    except InputError as error:
        return tuple(map(str, error.problems))
    return ()


def checked(path: Path) -> tuple[str, ...]:
    return told(check_study_answers, path)


def same_answers(most: int, others: int) -> pd.DataFrame:
    table = answers(most + others)
    table.loc[: most - 1, ITEMS] = 3
    return table


def few_complete() -> pd.DataFrame:
    table = answers(120)
    table.loc[3:, "H1"] = None
    return table


def with_weights(values: object) -> pd.DataFrame:
    return answers().assign(weight=values)


REFUSED: dict[str, tuple[pd.DataFrame, dict[str, object], list[str]]] = {
    "four respondents": (
        answers(4), {"passive_below": 5}, ["passive_below", "4 respondents", "10 active items"],
    ),
    "nearly all alike": (
        same_answers(117, 3), {"passive_below": 5}, ["117 of 120 respondents"],
    ),
    "all alike": (same_answers(40, 0), {}, [", ".join(ITEMS), "the answer 3 from all"]),
    "an item with one answer": (answers().assign(H2=4), {}, ["H2", "the answer 4 from all"]),
    "an item with one answer often enough": (
        answers().assign(H2=[5, *[4] * 59]), {"passive_below": 2}, ["H2", "only the answer 4"],
    ),
    "an item that nobody answered": (answers().assign(H2=""), {}, ["H2", "no answer from anybody"]),
    "complete cases": (
        few_complete(), {"missing": "complete cases", "classes": 4},
        ["3 of 120", "passive category"],
    ),
    "exclusions": (
        answers().assign(**dict.fromkeys(HOPES, "")), {"exclusions": {"max_missing_share": 10}},
        ["0 respondent(s)"],
    ),
    "more classes than profiles": (same_answers(58, 2), {"classes": 4}, ["3 respondent(s)"]),
    "too many axes": (answers(), {"axes": 100}, ["at most"]),
    "a rate never reached": (answers(), {"axes": "greenacre >= 0.999"}, ["all axes make"]),
    "an unknown respondent": (
        answers(), {"exclusions": {"respondents": ["P1", "P600"]}}, ["P600", "Did you mean 'P60'"],
    ),
    "a short form of all items": (answers(), {"short_form": 10}, ["10 active ones"]),
    "an unknown block": (answers(), {"active": ["hopes", "doubt"]}, ["doubt", "'doubts'"]),
    "one axis": (
        pd.concat([answers(20).assign(**dict.fromkeys(ITEMS, code)) for code in (2, 4)]).assign(
            respondent=range(40)
        ),
        {"classes": 2, "axes": 1},
        ["one axis"],
    ),
    "no weight at all": (
        with_weights(0), {"weights": {"column": "weight"}}, ["0 on every row"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_check_says_what_run_says(project: Project, case: str) -> None:
    table, choices, words = REFUSED[case]
    path = project.write(table, **choices)
    said = checked(path)
    assert len(said) == 1
    assert [word for word in words if word not in said[0]] == []
    assert told(run_pipeline, path) == said


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    n=st.integers(1, 14),
    seed=st.integers(0, 99),
    holes=st.sampled_from([0.0, 0.2, 0.6]),
    levels=st.integers(1, 5),
    choices=st.fixed_dictionaries(
        {
            "classes": st.sampled_from([2, 3, 5, "auto"]),
            "passive_below": st.sampled_from([0, 2, 5]),
            "missing": st.sampled_from(MISSING_RULES),
        }
    ),
)
def test_any_small_sample_is_checked_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, **drawn: Any
) -> None:
    n, seed = drawn["n"], drawn["seed"]
    table = answers(n, seed)
    table[ITEMS] = table[ITEMS].clip(upper=drawn["levels"])
    gaps = np.random.default_rng(seed).random((n, len(ITEMS))) < drawn["holes"]
    table[ITEMS] = table[ITEMS].mask(gaps, "")
    path = Project(tmp_path_factory.mktemp("small")).write(table, **drawn["choices"])
    assert checked(path) == told(begin_study, path)


def test_a_sample_that_passes_the_check_is_described(project: Project) -> None:
    for n in (3, 5, 8):
        path = project.write(answers(n), classes=3, axes=2)
        if not checked(path):
            tables = run_pipeline(load_study(path), validity=False).tables
            assert tables["classes"]["n"].sum() == n


def test_problems_of_all_files_are_told_though_the_answers_are_not_there(project: Project) -> None:
    path = project.write(active=["hopes", "fears"])
    project.change("questionnaire.yml", lambda read: read["respondent"][0].update(type="choice"))
    said = checked(path)
    assert [
        place for place in ("answers.csv", "respondent › sex › type") if place not in str(said)
    ] == []
    project.put("questionnaire.yml", questionnaire())
    said = checked(path)
    assert len(said) == 2
    assert "answers.csv" in said[0]
    assert "fears" in said[1]


def test_a_study_without_answers_yet_is_fine(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project.write(responses=None)
    assert check_study_answers(load_study(path)).responses is None
    for argument in (path, project.folder / "questionnaire.yml"):
        assert call("check", argument, "--language", "en") == 0
        assert "No answers yet" in capsys.readouterr().out
    assert call("run", path) == 2
    assert "--responses" in capsys.readouterr().err


def test_a_wrong_study_file_is_told_with_its_questionnaire(project: Project) -> None:
    path = project.write(answers(), clases=3)
    project.change("questionnaire.yml", lambda read: read["blocks"][0].update(direction="up"))
    said = str(checked(path))
    assert "clases" in said
    assert "direction" in said


def test_named_respondents_are_left_out_and_counted(project: Project) -> None:
    path = project.write(answers(), exclusions={"respondents": ["P1", "P7"]})
    check = passed(path)
    assert check.quality is not None
    flow = check.quality.flow.set_index("step_id")
    assert flow.loc["named", "excluded"] == 2
    assert not set(check.quality.kept) & {"P1", "P7"}


def test_numbers_name_respondents_too(project: Project) -> None:
    table = answers().assign(respondent=range(101, 161))
    check = passed(project.write(table, exclusions={"respondents": [101]}))
    assert check.quality is not None
    assert "101" not in check.quality.kept


def test_the_first_of_twins_may_be_left_out_by_name(project: Project) -> None:
    table = answers()
    table.iloc[1, 1:] = table.iloc[0, 1:]
    exclusions = {"respondents": ["P1"], "duplicates": True}
    check = passed(project.write(table, exclusions=exclusions))
    assert check.quality is not None
    assert "P2" in check.quality.kept


def test_a_name_leaves_out_every_copy_of_its_row(project: Project) -> None:
    table = answers().assign(n=1)
    table["respondent"] = [f"{number:03}" for number in range(1, len(table) + 1)]
    table.loc[table.index[:3], "n"] = [2, 3, 4]
    weights = {"column": "n", "frequencies": True}
    check = passed(project.write(table, weights=weights, exclusions={"respondents": ["002"]}))
    assert check.quality is not None
    flow = check.quality.flow.set_index("step_id")
    assert (flow.loc["read", "remaining"], flow.loc["named", "excluded"]) == (len(table) + 6, 3)
    assert "001 (2/2)" in check.quality.kept
    assert not any(name.startswith("002") for name in check.quality.kept)
    assert not len(check.quality.duplicates)
    one = passed(project.write(table, weights=weights, exclusions={"respondents": ["003 (1/4)"]}))
    assert one.quality is not None
    assert one.quality.flow.set_index("step_id").loc["named", "excluded"] == 1


def test_rows_with_the_same_answers_are_duplicates_once_each(project: Project) -> None:
    table = answers().assign(n=2)
    table.iloc[1, 1:] = table.iloc[0, 1:]
    weights = {"column": "n", "frequencies": True}
    check = passed(project.write(table, weights=weights))
    assert check.quality is not None
    assert check.quality.duplicates["respondent"].tolist() == ["P1 (1/2)", "P2 (1/2)"]


def test_an_unknown_name_is_told_by_the_names_of_rows(project: Project) -> None:
    table = answers().assign(n=2)
    weights = {"column": "n", "frequencies": True}
    said = str(checked(project.write(table, weights=weights, exclusions={"respondents": ["Z9"]})))
    assert "(P1, P2, P3 and 57 more)" in said


def passed(path: Path) -> Check:
    return check_study_answers(load_study(path, for_checking=True))


def test_a_study_may_name_a_folder_of_parquet_parts_and_no_other_folder(project: Project) -> None:
    table = answers(60)
    path = project.write(table, responses="parts")
    assert any("a file that exists" in problem for problem in checked(path))
    (project.folder / "parts").mkdir()
    assert any("parts: found a folder" in problem for problem in checked(path))
    for number, rows in enumerate((table[:25], table[25:])):
        rows.to_parquet(project.folder / "parts" / f"part-{number}.parquet", index=False)
    assert checked(path) == ()
    assert load_study(path).inputs["responses"] == project.folder / "parts"


def test_results_of_another_study_of_the_folder_are_not_replaced(project: Project) -> None:
    path = project.write(answers())
    other = path.with_name("other.yml")
    other.write_bytes(path.read_bytes())
    results = load_study(path).results_path
    results.mkdir()
    manifest = make_manifest(
        inputs={"study": path}, settings={}, outputs=[], root=results, made_by=RUN_COMMAND
    )
    write_json(results / MANIFEST, manifest)
    assert checked(path) == ()
    (said,) = checked(other)
    assert "the results of another study, study.yml" in said
    assert 'results: "results_other"' in said
    with pytest.raises(InputError, match="the results of another study"):
        run_study(load_study(other))
    path.unlink()  # no study any more
    assert checked(other) == ()
