from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from typology.documents.reproduction import (
    REPRODUCTION_COLUMNS,
    compare_with_reported,
    reproduction_table,
)
from typology.exhibits.labels import Labels
from typology.problems import InputError
from typology.questionnaire.file import load_questionnaire
from typology.results.pipeline import run_pipeline
from typology.study import load_study
from typology.study.reported import PortraitMark, Reported, ReportedPortrait, load_reported

Run = tuple[dict[str, pd.DataFrame], Labels, Reported]


@pytest.fixture(scope="module")
def run(project: Path) -> Run:
    analysis = run_pipeline(load_study(project / "analysis" / "study.yml"), validity=False)
    labels = Labels(analysis.fitted.questionnaire, "fr", analysis.fitted.study.type_names)
    reported = load_reported(project / "data" / "reported.yml", analysis.fitted.questionnaire)
    return analysis.tables, labels, reported


def only(table: pd.DataFrame, aspect: str) -> pd.DataFrame:
    return table[table["aspect"] == aspect].reset_index(drop=True)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_figure_reported_is_compared(run: Run, language: str) -> None:
    tables, labels, reported = run
    table = compare_with_reported(reported, tables, replace(labels, language=language))
    assert tuple(table.columns) == REPRODUCTION_COLUMNS
    assert table["agrees"].dtype == "boolean"
    assert len(only(table, "class_size")) == len(only(table, "class_share")) == 4
    assert len(only(table, "most_unanimous")) == 10
    different = table[~table["agrees"].fillna(True) & (table["aspect"] != "class_share")]
    assert (different["why"].str.len() > 0).all()


def test_what_the_source_does_not_say_is_neither_right_nor_wrong(run: Run) -> None:
    tables, labels, reported = run
    unanimous = only(compare_with_reported(reported, tables, labels), "most_unanimous")
    unknown = unanimous[unanimous["reported"] == "–"]
    assert len(unknown) == 1
    assert unknown["agrees"].isna().all()
    assert "source" in unknown["why"].iloc[0]


def test_sizes_agree_when_and_only_when_they_are_equal(run: Run) -> None:
    tables, labels, reported = run
    sizes = {each.id: each.n for each in reported.classes}
    classes = tables["classes"].assign(n=lambda table: table["type"].map(sizes).astype(float))
    same = only(
        compare_with_reported(reported, {**tables, "classes": classes}, labels), "class_size"
    )
    assert same["agrees"].all()
    classes.loc[0, "n"] += 1
    one_off = only(
        compare_with_reported(reported, {**tables, "classes": classes}, labels), "class_size"
    )
    assert list(one_off["agrees"]) == [False, True, True, True]
    assert "1 de plus" in one_off["why"].iloc[0]


def test_a_type_that_no_class_fits_differs(run: Run) -> None:
    tables, labels, reported = run
    classes = tables["classes"].assign(type="")
    table = compare_with_reported(reported, {**tables, "classes": classes}, labels)
    assert not only(table, "class_size")["agrees"].any()
    assert "Aucune classe" in only(table, "class_size")["why"].iloc[0]


def test_an_item_at_another_rank_says_where_it_is(run: Run) -> None:
    tables, labels, reported = run
    last = tables["item_agreement"].query("block == 'fears'").sort_values("rank")["item"]
    moved = reported.model_copy(
        update={"most_unanimous": {"fears": (last.iloc[1], last.iloc[0], last.iloc[-1])}}
    )
    table = only(compare_with_reported(moved, tables, labels), "most_unanimous")
    assert not table["agrees"].any()
    assert "au rang 2" in table["why"].iloc[0]
    assert f"rang {len(last)}, hors" in table["why"].iloc[2]


def test_marks_of_a_portrait_are_tested_in_their_direction(run: Run) -> None:
    tables, labels, reported = run
    marks = [
        PortraitMark(block="fears", than_all="more"),
        PortraitMark(block="fears", than_all="less"),
        PortraitMark(block="feelings", than_all="more"),
        PortraitMark(variable="sex", category="female", than_all="more"),
    ]
    portrait = ReportedPortrait(marks=tuple(marks))
    first = reported.classes[0].model_copy(update={"portrait": portrait})
    one = reported.model_copy(update={"classes": (first,)})
    without = tables["class_categories"].query("variable != 'sex'")
    table = only(
        compare_with_reported(one, {**tables, "class_categories": without}, labels), "portrait"
    )
    assert list(table["agrees"].astype(object).where(table["agrees"].notna(), None)) == [
        True, False, None, None,
    ]  # fmt: skip


def test_a_difference_that_is_not_significant_does_not_agree(run: Run) -> None:
    tables, labels, reported = run
    tests = tables["class_categories"]
    mark = PortraitMark(variable="practice", category="solo", than_all="more")
    first = reported.classes[0].model_copy(update={"portrait": ReportedPortrait(marks=(mark,))})
    one = reported.model_copy(update={"classes": (first,)})
    for p_adjusted, agrees in ((0.01, True), (0.2, False)):
        changed = tests.assign(p_adjusted=p_adjusted, v_test=1.0)
        table = compare_with_reported(one, {**tables, "class_categories": changed}, labels)
        assert list(only(table, "portrait")["agrees"]) == [agrees]


@pytest.mark.parametrize("simulated", [True, False])
def test_the_paper_says_once_what_a_verdict_is_worth(run: Run, simulated: bool) -> None:
    tables, labels, reported = run
    comparison = compare_with_reported(reported, tables, labels)
    assert set(comparison["agrees"].dropna()) == {True, False}
    table = reproduction_table(comparison, labels, simulated=simulated)
    assert len(table.rows) == len(comparison)
    assert not any("simulé" in cell for row in table.rows for cell in row)
    assert len(table.notes) == 2
    assert ["simulé" in note for note in table.notes] == [simulated] * 2
    alike = comparison[comparison["agrees"].fillna(False)]
    assert reproduction_table(alike, labels, simulated=simulated).notes == table.notes[:1]


def test_every_mistake_in_the_file_is_told_at_once(project: Path, tmp_path: Path) -> None:
    questionnaire = load_questionnaire(project / "data" / "questionnaire.yml")
    source = (project / "data" / "reported.yml").read_text(encoding="utf-8")
    path = tmp_path / "reported.yml"
    path.write_text(source.replace("[F01, F06", "[F01, F66").replace("[E01,", "[E99,"), "utf-8")
    with pytest.raises(InputError) as names:
        load_reported(path, questionnaire)
    assert [problem.value for problem in names.value.problems] == ["F66", "E99"]
    path.write_text(source.replace("n: 59", "n: many").replace("respondents: 312", ""), "utf-8")
    with pytest.raises(InputError) as shapes:
        load_reported(path, questionnaire)
    assert len(shapes.value.problems) == 2


@pytest.mark.parametrize(
    ("mark", "found"),
    [
        ("{than_all: more}", "than_all"),
        ("{block: hopes, than_all: more}", "hopes"),
        ("{variable: practise, category: solo, than_all: more}", "practise"),
        ("{variable: practice, category: alone, than_all: more}", "alone"),
        ("{variable: fear, category: '7', than_all: more}", "7"),
    ],
)
def test_a_mark_must_name_what_the_questionnaire_has(
    project: Path, tmp_path: Path, mark: str, found: str
) -> None:
    questionnaire = load_questionnaire(project / "data" / "questionnaire.yml")
    path = tmp_path / "reported.yml"
    path.write_text(
        "source: {title: T, kind: k, fr: F}\nrespondents: 1\nclasses:\n"
        f"  - {{id: one, fr: un, n: 1, share: 100, portrait: {{marks: [{mark}]}}}}\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as error:
        load_reported(path, questionnaire)
    assert [problem.value for problem in error.value.problems] == [found]
