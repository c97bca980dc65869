"""Files of statistics programs and of Arrow: missing values of every kind, categories, types."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

import kinds_study
from typology.answers.platforms import read_tables
from typology.answers.responses import Responses, read_responses
from typology.problems import InputError
from typology.questionnaire.file import load_questionnaire

NEVER_TO_ALWAYS = {1: "Jamais", 2: "Rarement", 3: "Souvent", 4: "Toujours", 9: "Ne sait pas"}
REFUSED = -99


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kinds")
    kinds_study.write_kinds_study(folder, n=40)
    return folder


@pytest.fixture(scope="module")
def plain(folder: Path) -> Responses:
    return read_responses(
        folder / "responses.csv", load_questionnaire(folder / "questionnaire.yml")
    )


@pytest.fixture(scope="module")
def raw(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "responses.csv", dtype=str, keep_default_na=False)


def assert_same(path: Path, plain: Responses) -> None:
    read = read_responses(path, plain.questionnaire)
    pd.testing.assert_frame_equal(read.items, plain.items)
    named = [name for name in read.respondent if not str(name).startswith("comment:")]
    pd.testing.assert_frame_equal(read.respondent[named], plain.respondent[named])
    assert {"sex", "age", "tools:video", "reasons:care", "since"} <= set(named)


def test_values_that_spss_declares_missing_are_no_answers(
    tmp_path: Path, raw: pd.DataFrame, plain: Responses
) -> None:
    table = raw.rename(columns=lambda name: name.replace(":", "_"))
    for item in ("D1", "D2", "N1"):
        table[item] = pd.to_numeric(table[item]).fillna(REFUSED)
    table["age"] = pd.to_numeric(table["age"]).fillna(999)
    labels = {item: {**NEVER_TO_ALWAYS, REFUSED: "Refus"} for item in ("D1", "D2")}
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(
        table,
        str(path),
        variable_value_labels=labels,
        missing_ranges={
            "D1": [{"lo": REFUSED, "hi": -90}], "D2": [REFUSED], "N1": [REFUSED], "age": [999],
        },
    )  # fmt: skip
    assert_same(path, plain)


def test_letters_after_the_point_are_no_answers_of_stata(
    tmp_path: Path, raw: pd.DataFrame, plain: Responses
) -> None:
    table = raw.rename(columns=lambda name: name.replace(":", "_"))
    codes = pd.to_numeric(table["D1"])
    codes[:3] = np.nan
    table["D1"] = ["a" if np.isnan(code) else int(code) for code in codes]
    path = tmp_path / "a.dta"
    pyreadstat.write_dta(
        table,
        str(path),
        variable_value_labels={"D1": {**NEVER_TO_ALWAYS, "a": "Refus"}},
        missing_user_values={"D1": ["a"]},
    )
    read = read_responses(path, plain.questionnaire)
    expected = plain.items["D1"].copy()
    expected.iloc[:3] = pd.NA
    pd.testing.assert_series_equal(read.items["D1"], expected)


def test_a_factor_of_numbers_is_read_by_its_labels(
    tmp_path: Path, raw: pd.DataFrame, plain: Responses
) -> None:
    table = raw.rename(columns=lambda name: name.replace(":", "_"))
    levels = {age: place for place, age in enumerate(sorted(set(table["age"])), start=1)}
    table["age"] = table["age"].map(levels).astype(float)
    labels = {float(place): age or "Sans réponse" for age, place in levels.items()}
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(table, str(path), variable_value_labels={"age": labels})
    assert_same(path, plain)
    told = read_responses(path, plain.questionnaire).notices
    assert any("age: the file numbers the answers otherwise" in notice for notice in told)


def typed(raw: pd.DataFrame) -> pd.DataFrame:
    """The answers as an analyst keeps them: numbers with holes, categories, logical, dates."""
    table = raw.replace("", None)
    for name in raw:
        if name[0] in "HDN" and name[1:].isdigit():
            table[name] = pd.to_numeric(table[name]).astype("Int64")
        if name.startswith("tools:") and not name.endswith("text"):
            table[name] = raw[name].map({"1": True, "0": False}).astype("boolean")
    table["sex"] = table["sex"].map({"f": "Femme", "m": "Homme"}).astype("category")
    table["since"] = pd.to_datetime(table["since"])
    table["age"] = pd.to_numeric(table["age"])
    return table


@pytest.mark.parametrize("index", [False, True])
def test_a_parquet_file_of_pandas_is_the_same_table(
    tmp_path: Path, raw: pd.DataFrame, plain: Responses, *, index: bool
) -> None:
    table = typed(raw)
    path = tmp_path / "a.parquet"
    (table.set_index("respondent") if index else table).to_parquet(path)
    assert_same(path, plain)


def test_a_parquet_file_with_dictionaries_in_several_groups_is_the_same_table(
    tmp_path: Path, raw: pd.DataFrame, plain: Responses
) -> None:
    table = pa.Table.from_pandas(typed(raw))
    words = {str(code): label for code, label in NEVER_TO_ALWAYS.items()}
    said = pa.array([words.get(code) for code in raw["D1"]]).dictionary_encode()
    table = table.set_column(table.schema.get_field_index("D1"), "D1", said)
    path = tmp_path / "answers"  # the content decides, not the extension
    pq.write_table(table, path, row_group_size=7)
    assert_same(path, plain)


def test_lists_and_odd_values_of_parquet_are_told_as_a_spreadsheet_shows_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"id": [1, 2], "tools": [["mail", "chat"], None], "E01": [2.0, None]}), path
    )
    (table,) = read_tables(path)
    assert table.headers == ("id", "tools", "E01")
    assert table.cells.to_numpy().tolist() == [["1", "mail;chat", "2"], ["2", "", ""]]


def test_a_damaged_parquet_file_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + b"x" * 60)
    with pytest.raises(InputError, match="a damaged Parquet file"):
        read_tables(path)


def parts_of(table: pd.DataFrame, folder: Path) -> Path:
    folder.mkdir()
    for number, start in enumerate(range(0, len(table), 11)):
        part = table.iloc[start : start + 11].reset_index(drop=True)
        part.to_parquet(folder / f"part-{number:02d}.parquet")
    (folder / "_SUCCESS").write_text("")
    return folder


def test_a_folder_of_parquet_parts_is_one_table(
    tmp_path: Path, raw: pd.DataFrame, plain: Responses
) -> None:
    assert_same(parts_of(typed(raw), tmp_path / "answers"), plain)


def test_parts_whose_dictionaries_and_types_differ_are_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    for number, cells in enumerate((["no", "yes"], ["maybe", "no"], [1, 2])):
        column = pa.array(cells) if number == 2 else pa.array(cells).dictionary_encode()
        pq.write_table(pa.table({"E01": column}), folder / f"{number}.parquet")
    (table,) = read_tables(folder)
    assert table.cells[0].tolist() == ["no", "yes", "maybe", "no", "1", "2"]
    assert table.name == "answers"


def test_parts_with_other_columns_or_damaged_are_named(tmp_path: Path, raw: pd.DataFrame) -> None:
    folder = parts_of(typed(raw), tmp_path / "answers")
    typed(raw).rename(columns={"age": "years"}).to_parquet(folder / "part-99.parquet")
    with pytest.raises(InputError, match=r"other columns than in part-00.parquet: age, years"):
        read_tables(folder)
    (folder / "part-99.parquet").write_bytes(b"PAR1" + b"x" * 60)
    with pytest.raises(InputError, match="a damaged Parquet file") as refused:
        read_tables(folder)
    assert refused.value.problems[0].where == "answers/part-99.parquet"


def test_a_folder_without_parts_is_refused_as_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a folder"):
        read_tables(tmp_path)


def test_parts_are_read_a_column_at_a_time(
    tmp_path: Path, raw: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = parts_of(typed(raw), tmp_path / "answers")
    asked = []
    read = pq.ParquetFile.read

    def counted(file: pq.ParquetFile, columns: list[str] | None = None) -> pa.Table:
        asked.append(columns)
        return read(file, columns=columns)

    monkeypatch.setattr(pq.ParquetFile, "read", counted)
    read_tables(folder)
    n_parts = len(list(folder.glob("*.parquet")))
    assert len(asked) == n_parts * raw.shape[1]
    assert all(columns is not None and len(columns) == 1 for columns in asked)
