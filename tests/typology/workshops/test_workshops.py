"""Workshops: what the sheet of one may hold, what is written, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from typology.cli.command import main
from typology.problems import InputError
from typology.workshops.files import (
    nominal_group_tables,
    swot_tables,
    write_nominal_group,
    write_swot,
)
from typology.workshops.nominal_group import Votes, read_nominal_group
from typology.workshops.swot import read_swot

EXAMPLES = Path(__file__).parents[3] / "data" / "examples"
RANKS = "idea,Ann,Bob,Cy\nmeet,1,2,1\nshare,2,1,3\npay,3,,2\n"
SWOT = "champ;énoncé;groupe\nForces;Se connaître;A\nforce;se connaitre;B\nMenaces;Règles;B\n"


def sheet(folder: Path, text: str, name: str = "votes.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str, votes: Votes = "ranks", most: float | None = None) -> str:
    with pytest.raises(InputError) as error:
        read_nominal_group(sheet(folder, text), votes=votes, most=most)
    return str(error.value)


def test_ranks_become_points_totals_and_ranks_by_hand(tmp_path: Path) -> None:
    workshop = read_nominal_group(sheet(tmp_path, RANKS), votes="ranks")
    ideas = workshop.tables["nominal_group_ideas"].set_index("idea")
    assert workshop.most == 3
    assert ideas["total"].to_dict() == {"meet": 8, "share": 6, "pay": 3}
    assert ideas["rank"].to_dict() == {"meet": 1, "share": 2, "pay": 3}
    agreement = workshop.tables["nominal_group_agreement"].iloc[0]
    # Sums of ranks 4, 6, 8 (an idea not chosen is last): S = 8, W = 12 * 8 / (9 * 24).
    assert agreement["w"] == pytest.approx(96 / 216)
    assert agreement["method"] == "exact"


def test_the_same_votes_as_points(tmp_path: Path) -> None:
    text = "idée;Ann;Bob;Cy\nmeet;3;2;3\nshare;2;3;1\npay;1;;2\n"
    as_points = read_nominal_group(sheet(tmp_path, text, "points.csv"), votes="points")
    as_ranks = read_nominal_group(sheet(tmp_path, RANKS), votes="ranks")
    for name in ("nominal_group_ideas", "nominal_group_agreement"):
        pd.testing.assert_frame_equal(as_points.tables[name], as_ranks.tables[name])


@pytest.mark.parametrize("tied", ["1,2,2,4", "1,2.5,2.5,4", "1,3,3,4", "1,2,2,3"])
def test_ties_may_be_written_in_any_way(tied: str, tmp_path: Path) -> None:
    rows = "\n".join(f"idea {at},{rank},{at}" for at, rank in enumerate(tied.split(","), 1))
    workshop = read_nominal_group(sheet(tmp_path, f"idea,Ann,Bob\n{rows}\n"), votes="ranks")
    ann = workshop.tables["nominal_group_votes"].query("participant == 'Ann'")
    assert ann["points"].tolist() == [4, 2.5, 2.5, 1]


def test_groups_are_pooled_under_common_names(tmp_path: Path) -> None:
    text = (
        "group,idea,common idea,P1,P2\nA,Meet,,2,2\nA,Pay,,1,1\nB,See each other,meet,1,2\n"
        "B,Share,,2,1\n"
    )
    workshop = read_nominal_group(sheet(tmp_path, text), votes="points")
    pooled = workshop.tables["nominal_group_pooled"].set_index("idea")
    assert pooled.loc["Meet", ["rank", "total", "panels", "judges"]].tolist() == [1, 7, 2, 4]
    assert pooled.loc["Share", "importance"] == pytest.approx(100 * 3 / 8)
    among = workshop.tables["nominal_group_agreement"]["among"].tolist()
    assert among == ["group", "group", "everyone", "groups"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (RANKS.replace("meet,1", "meet,0"), "row 2, column Ann: found '0'"),
        (RANKS.replace("meet,1", "meet,best"), "column Ann: found 'best'"),
        (RANKS.replace("meet,1", "meet,5"), "column Ann: found '2, 3, 5'"),
        (RANKS.replace("share", "Meet"), "row 3, column idea: found 'Meet'"),
        (RANKS.replace("share", ""), "row 3, column idea: found nothing"),
        (RANKS.replace("idea", "topic"), "a column 'idea'"),
        (RANKS.replace("Bob", "ann"), "column ann: found nothing, expected each column once"),
        ("idea,group\nmeet,A\npay,A\n", "a column for each participant"),
        ("idea,Ann,Bob\nmeet,1,1\n", "at least 2 ideas"),
        ("group,idea,Ann\nA,meet,1\n,pay,2\n", "row 3, column group: found nothing"),
        ("group,idea,Ann\nA,meet,1\nA,pay,2\nB,meet,\nB,pay,\n", "votes of a participant"),
        ("idea,Ann,note\nmeet,1,good\npay,2,bad\n", "Remove this column if it is no participant"),
    ],
)
def test_what_is_wrong_with_a_sheet_is_told_with_its_place(
    text: str, told: str, tmp_path: Path
) -> None:
    assert told in problems(tmp_path, text)


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    text = "idea,Ann,Bob\nmeet,x,1\nMeet,2,-1\n,1,1\n"
    told = problems(tmp_path, text)
    assert all(part in told for part in ("column Ann", "column Bob", "'Meet'", "row 4"))


def test_more_than_the_most_is_refused(tmp_path: Path) -> None:
    assert "at most 2 ranks" in problems(tmp_path, RANKS, most=2)
    assert "points from 0 to 2" in problems(tmp_path, RANKS, "points", most=2)


def test_a_participant_without_votes_is_told_and_not_counted(tmp_path: Path) -> None:
    text = "idea,Ann,Bob,Cy\nmeet,1,2,\npay,2,1,\n"
    workshop = read_nominal_group(sheet(tmp_path, text), votes="ranks")
    assert set(workshop.tables["nominal_group_ideas"]["judges"]) == {2}
    assert "Cy" in workshop.notices[0]


def test_one_participant_has_totals_and_no_agreement(tmp_path: Path) -> None:
    workshop = read_nominal_group(sheet(tmp_path, "idea,Ann\nmeet,1\npay,2\n"), votes="ranks")
    assert workshop.tables["nominal_group_agreement"]["method"].tolist() == [""]
    assert nominal_group_tables(workshop, "en")["agreement"].rows[0][3] == "–"


def test_statements_are_counted_whatever_the_words_of_the_fields(tmp_path: Path) -> None:
    workshop = read_swot(sheet(tmp_path, SWOT))
    said = workshop.tables["swot_statements"]
    assert said[["field", "statement", "groups"]].to_numpy().tolist() == [
        ["strengths", "Se connaître", 2], ["threats", "Règles", 1],
    ]  # fmt: skip
    assert swot_tables(workshop, "fr")["counts"].rows[0][:4] == ("Forces", "1", "1", "2")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SWOT.replace("Menaces", "Menasse"), "row 4, column field: found 'Menasse'"),
        (SWOT.replace("Menaces", ""), "row 4, column field: found nothing"),
        (SWOT.replace("Règles", ""), "row 4, column statement: found nothing"),
        (SWOT.replace("se connaitre;B", "se connaitre;A"), "row 2 has it already"),
        (SWOT.replace("champ", "case"), "a column 'field'"),
    ],
)
def test_what_is_wrong_with_statements_is_told(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read_swot(sheet(tmp_path, text))
    assert told in str(error.value)


def test_an_excel_sheet_with_a_title_above_is_read(tmp_path: Path) -> None:
    path = tmp_path / "votes.xlsx"
    rows = [["Atelier de mars", None, None], ["idée", "Ann", "Bob"], ["meet", 1, 2], ["pay", 2, 1]]
    pd.DataFrame(rows).to_excel(path, header=False, index=False)
    ideas = read_nominal_group(path, votes="ranks").tables["nominal_group_ideas"]
    assert ideas["total"].tolist() == [3, 3]
    assert ideas["tied"].all()


@pytest.mark.parametrize(
    "command",
    [
        ["nominal-group", str(EXAMPLES / "nominal_group" / "votes.csv"), "--points"],
        ["swot", str(EXAMPLES / "swot" / "statements.csv")],
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_command_writes_tables_workbooks_and_figures_and_says_simulated(
    command: list[str], language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    with pytest.raises(SystemExit) as ended:
        main([*command, "--output", str(folder), "--language", language])
    assert ended.value.code == 0
    name = command[0].replace("-", "_")
    for each in ("fr", "en"):
        assert (folder / f"{name}-{each}.xlsx").is_file()
        assert (folder / "figures" / each / f"{name}.png").is_file()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["simulated"] is True
    assert {"fr": "Données simulées", "en": "Simulated data"}[language] in capsys.readouterr().out


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    path = sheet(tmp_path, RANKS)
    for name in ("one", "two"):
        write_nominal_group(path, votes="ranks", output=tmp_path / name)
    one, two = (
        json.loads((tmp_path / name / "manifest.json").read_text()) for name in ("one", "two")
    )
    assert one == two


def test_a_sheet_that_is_wrong_writes_nothing_and_keeps_former_results(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_swot(sheet(tmp_path, SWOT, "good.csv"), output=folder)
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(InputError):
        write_swot(sheet(tmp_path, SWOT.replace("Menaces", "x"), "bad.csv"), output=folder)
    assert (folder / "manifest.json").read_bytes() == before


def test_ranks_or_points_must_be_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["nominal-group", str(sheet(tmp_path, RANKS)), "--language", "en"])
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert "--ranks" in told.out + told.err
