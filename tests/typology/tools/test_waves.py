"""Waves: of the same people, of others, and weighted."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from rich.console import Console
from statsmodels.stats.contingency_tables import SquareTable

from typology.tools.compare.files import Compared, compare_groups, compare_waves
from typology.tools.compare.terminal import print_compared
from weighted_study import HOPES, ITEMS, answers, write_study

MOVED = 12


def second_wave() -> pd.DataFrame:
    """The same people a year later: the last doubting ones answer like the hopeful ones."""
    wave = answers()
    doubting, hopeful = wave.index[::3][-MOVED:], wave.index[2::3][-MOVED:]
    wave.loc[doubting, list(ITEMS)] = wave.loc[hopeful, list(ITEMS)].to_numpy()
    wave.loc[:20, "H1"] = np.minimum(wave.loc[:20, "H1"] + 1, 5)
    return wave


def compare(folder: Path, wave: pd.DataFrame, **options: object) -> Compared:
    independent = bool(options.pop("independent", False))
    (folder / "study").mkdir()
    study = write_study(folder / "study", **options)  # type: ignore[arg-type]
    wave.to_csv(folder / "wave.csv", index=False)
    return compare_waves(
        study.path, folder / "wave.csv", study=study.path, output=folder / "out", language="en",
        independent=independent,
    )  # fmt: skip


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    return compare(tmp_path_factory.mktemp("panel"), second_wave())


def test_people_in_both_files_are_compared_with_themselves(panel: Compared) -> None:
    tables = panel.comparison.tables
    test = tables["comparison_test"].iloc[0]
    assert (test["design"], test["test"], test["n_first"]) == ("panel", "stuart_maxwell", 90)
    assert any("panel" in notice and "--independent" in notice for notice in panel.notices)
    moved = tables["comparison_transitions"]
    changed = moved[moved["class_first"] != moved["class_second"]]
    assert moved["n"].sum() == 90
    assert changed["n"].sum() >= MOVED
    assert moved.groupby("class_first")["share"].sum().to_numpy() == pytest.approx(100)
    square = moved.pivot_table(index="class_first", columns="class_second", values="n")
    expected = SquareTable(square.to_numpy(), shift_zeros=False).homogeneity()
    assert test["statistic"] == pytest.approx(expected.statistic)
    assert test["p_value"] == pytest.approx(expected.pvalue)


def test_the_item_that_moved_most_is_found_by_its_own_people(panel: Compared) -> None:
    items = panel.comparison.tables["comparison_items"].set_index("item")
    assert items["rank"].idxmin() in HOPES
    change = (second_wave()["H1"] - answers()["H1"]).mean()
    assert items.loc["H1", "mean_difference"] == pytest.approx(change)


def test_paired_intervals_are_narrower_than_those_of_strangers(
    panel: Compared, tmp_path: Path
) -> None:
    strangers = compare(tmp_path, second_wave(), independent=True)
    assert strangers.comparison.tables["comparison_test"]["design"].item() == "independent"
    widths = [
        (each.comparison.tables["comparison_items"].eval("mean_high - mean_low")).mean()
        for each in (panel, strangers)
    ]
    assert widths[0] < widths[1]


def test_people_of_one_wave_alone_are_counted_and_left_out(tmp_path: Path) -> None:
    wave = second_wave().iloc[10:]
    found = compare(tmp_path, wave).comparison.tables["comparison_test"].iloc[0]
    assert (found["n_first"], found["only_first"], found["only_second"]) == (80, 10, 0)


def test_numbered_respondents_are_no_panel(tmp_path: Path) -> None:
    wave = second_wave().drop(columns="id")
    found = compare(tmp_path, wave, table=answers().drop(columns="id"), respondent_column=None)
    assert found.comparison.tables["comparison_test"]["design"].item() == "independent"
    assert any("different people" in notice for notice in found.notices)


def test_other_people_are_weighted_to_the_population_in_each_wave(tmp_path: Path) -> None:
    wave = answers(80, seed=9)
    wave["id"] = [f"S{at}" for at in range(80)]
    found = compare(tmp_path, wave, weights="margins")
    test = found.comparison.tables["comparison_test"].iloc[0]
    assert (test["design"], test["test"]) == ("independent", "rao_scott")
    weights = pd.Series(found.comparison.second.weight)
    assert weights.groupby(wave["sex"]).sum()["f"] / weights.sum() == pytest.approx(0.49)
    shares = found.comparison.tables["comparison_shares"]
    assert shares["n_second"].sum() == 80
    assert shares["share_second"].sum() == pytest.approx(100)
    items = found.comparison.tables["comparison_items"].set_index("item")
    by_hand = np.average(wave["H1"], weights=weights)
    assert items.loc["H1", "mean_second"] == pytest.approx(by_hand)


def test_groups_keep_the_weights_of_the_whole(tmp_path: Path) -> None:
    study = write_study(tmp_path, weights="margins")
    found = compare_groups(
        study.path, study=study.path, group="sex", categories=("f", "m"),
        output=tmp_path / "out", language="en",
    )  # fmt: skip
    reference = found.comparison.reference
    whole = pd.Series(reference.sample_weight, index=reference.items.index)
    first = found.comparison.first
    np.testing.assert_allclose(first.weight, whole.loc[first.items.index])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_terminal_shows_who_moved(tmp_path: Path, language: str) -> None:
    (tmp_path / "study").mkdir()
    study = write_study(tmp_path / "study")
    second_wave().to_csv(tmp_path / "wave.csv", index=False)
    found = compare_waves(
        study.path, tmp_path / "wave.csv", study=study.path, output=tmp_path / "out",
        language=language,
    )  # fmt: skip
    console = Console(file=StringIO(), width=120)
    print_compared(console, found)
    told = console.file.getvalue()  # type: ignore[attr-defined]
    assert {"fr": "D'un type à l'autre", "en": "From one type to another"}[language] in told
    assert "Stuart" in told


@pytest.mark.parametrize("left_out", [0, 2])
def test_it_is_said_that_the_tables_written_hide_what_the_screen_shows(
    tmp_path: Path, left_out: int
) -> None:
    found = compare(tmp_path, second_wave().iloc[left_out:])
    written = [pd.read_csv(path) for path in (found.output / "tables").glob("*.csv")]
    hidden = sum(int(table["hidden"].sum()) for table in written if "hidden" in table)
    assert found.hidden_rows == hidden
    console = Console(file=StringIO(), width=1000)
    print_compared(console, found)
    told = console.file.getvalue()  # type: ignore[attr-defined]
    assert (f"{hidden} rows are hidden" in told) == (hidden > 0)
    assert hidden > 0 or not left_out
