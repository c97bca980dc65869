"""Whatever a file holds, it is read as it stands or refused in words."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from typology.answers.platforms import AnswerTable, read_tables
from typology.answers.platforms.garbled_letters import mended_letters
from typology.files.csv_tables import from_text
from typology.files.yaml_files import load_mapping
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire, questionnaire_from_mapping

few = settings(
    max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)

LATIN = st.characters(codec="cp1252", categories=("L", "N", "P", "S", "Zs"), exclude_characters="�")
ANY = st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="�")


def trimmed(letters: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Cells: texts whose first and last character are no space, without an apostrophe that guards.

    "'=A1" in CSV is the text "=A1", kept from being run; what looks garbled is mended.
    """
    texts = st.text(letters, max_size=12).map(str.strip).map(from_text)
    return texts.filter(lambda text: mended_letters(text) == text)


@st.composite
def tables(draw: st.DrawFn, letters: st.SearchStrategy[str]) -> list[list[str]]:
    """A header and rows, the first cell of each row filled, the header without titles above."""
    width = draw(st.integers(2, 5))
    header = [f"column {at}" for at in range(width)]
    rows = draw(
        st.lists(st.lists(trimmed(letters), min_size=width, max_size=width), min_size=1, max_size=8)
    )
    return [header, *([f"r{at}", *row[1:]] for at, row in enumerate(rows))]


def read(name: str, content: bytes) -> AnswerTable:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        (table,) = read_tables(path)
    return table


def same(table: AnswerTable, rows: list[list[str]]) -> bool:
    return [list(table.headers), *table.cells.to_numpy().tolist()] == rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@given(rows=tables(ANY))
@few
def test_a_table_written_as_csv_is_read_back(
    rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    assert same(read("a.csv", stream.getvalue().encode(encoding)), rows)


@given(rows=tables(LATIN))
@few
def test_a_table_written_in_windows_letters_is_read_back_or_refused(rows: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
    content = stream.getvalue().encode("cp1252")
    try:
        table = read("a.csv", content)
    except InputError:
        return  # letters that together look like UTF-8: two encodings, or bytes of neither
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        assert same(table, rows)


@given(rows=tables(ANY))
@few
def test_a_table_written_as_a_workbook_is_read_back(rows: list[list[str]]) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(at, column, text)
    book.close()
    assert same(read("a.xlsx", stream.getvalue()), rows)


@given(numbers=st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=8))
@few
def test_numbers_of_a_workbook_keep_their_value(numbers: list[float]) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "x"])
    for at, number in enumerate(numbers, start=1):
        sheet.write_string(at, 0, f"r{at}")
        sheet.write_number(at, 1, number)
    book.close()
    read_back = read("a.xlsx", stream.getvalue()).cells[1]
    assert [float(text) for text in read_back] == pytest.approx(numbers, rel=1e-14)


def check(error: InputError) -> None:
    """Every problem says what was expected and what to do, in both languages."""
    for problem in error.problems:
        assert problem.expected
        assert problem.remedy
        assert problem.text("fr") != problem.text("en")


START = st.sampled_from(
    [b"", b"PK\x03\x04", b"$FL2", b"\xff\xfe", b"id,E01\n", b"id;E01\nA;", b"<"]
)


@given(start=START, content=st.binary(max_size=400), name=st.sampled_from(["a.csv", "a.dta"]))
@few
def test_any_bytes_are_a_table_or_an_input_error(start: bytes, content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(start + content)
        try:
            assert read_tables(path)
        except InputError as error:
            check(error)


@given(text=st.text(st.sampled_from('id,;\t"\n\r\x00é1 '), max_size=200))
@few
def test_any_text_is_a_table_or_an_input_error(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text(text, encoding="utf-8", newline="")
        try:
            assert read_tables(path)
        except InputError as error:
            check(error)


PIECES = st.sampled_from(
    [
        *("title", "scales", "blocks", "a", "b", "~", "1", "0x1", "1e999", ".nan", "9" * 5000),
        *("yes", ": ", "- ", "\n", "\n  ", "\n    ", ", ", "[", "]", "{", "}", "'", '"', "#", "|"),
        *(">", "&a ", "*a", "<<: ", "? ", "!!int ", "!!binary ", "!!timestamp ", "!x "),
        *("\\ud800", "\\0", "é", "\t", "%", "@", "`", "---\n", "...\n", "2019-01-01", "="),
    ]
)  # fmt: skip


@given(text=st.lists(PIECES, max_size=40).map("".join))
@few
def test_any_yaml_is_plain_content_or_an_input_error(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yml"
        path.write_text(text, encoding="utf-8")
        try:
            content = load_mapping(path)
        except InputError as error:
            check(error)
            return
    assert is_plain(content)


def is_plain(content: Any) -> bool:
    """Whether a value is made of what a study is made of, and can be written again."""
    if isinstance(content, dict):
        return all(isinstance(key, str) and is_plain(each) for key, each in content.items())
    if isinstance(content, list):
        return all(map(is_plain, content))
    if isinstance(content, str):
        return bool(content.encode("utf-8")) or not content
    return content is None or isinstance(content, bool | int | float)


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(-1e300, 1e300)
    | st.sampled_from(["", " ", "agreement", "E01", "fr", "x" * 100, "single", "\u202e", "é"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["fr", "en", "code", "id", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(content: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a mapping."""
    steps = content.items() if isinstance(content, dict) else enumerate(content)
    found = []
    for step, inside in steps:
        found.append((*here, step))
        if isinstance(inside, dict | list):
            found += places(inside, (*here, step))
    return found


@pytest.fixture(scope="module")
def written(project: Path) -> Path:
    return project / "data" / "questionnaire.yml"


@given(data=st.data())
@few
def test_a_questionnaire_with_any_value_anywhere_is_read_or_refused(
    written: Path, data: st.DataObject
) -> None:
    content = yaml.safe_load(written.read_text(encoding="utf-8"))
    content["blocks"] = [dict(block, items=block["items"][:1]) for block in content["blocks"]]
    for _ in range(data.draw(st.integers(1, 3))):
        *above, step = data.draw(st.sampled_from(places(content)))
        target = content
        for each in above:
            target = target[each]
        target[step] = data.draw(VALUES)
    try:
        questionnaire = questionnaire_from_mapping(content, where="questionnaire.yml")
    except InputError as error:
        check(error)
        return
    for item in questionnaire.items:
        assert questionnaire.scale_of(item).codes


def test_a_questionnaire_written_again_is_read_the_same(written: Path, tmp_path: Path) -> None:
    questionnaire = load_questionnaire(written)
    path = tmp_path / "again.yml"
    content = questionnaire.model_dump(mode="json", exclude_defaults=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert load_questionnaire(path) == questionnaire
    assert isinstance(questionnaire, Questionnaire)


def test_a_block_without_a_scale_is_refused(written: Path) -> None:
    content = yaml.safe_load(written.read_text(encoding="utf-8"))
    content["blocks"][0]["scale"] = ""
    with pytest.raises(InputError, match="expected the name of a scale"):
        questionnaire_from_mapping(content)
