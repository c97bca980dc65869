"""The header is found wherever survey tools and their users put it."""

from __future__ import annotations

from pathlib import Path

import pytest

from typology.answers.platforms import AnswerTable, read_tables
from typology.answers.platforms.header_rows import find_header
from typology.questionnaire import Questionnaire
from typology.questionnaire.header_names import KnownNames


@pytest.fixture(scope="module")
def names() -> KnownNames:
    def text(words: str) -> dict[str, str]:
        return {"en": words}

    items = [
        {"id": f"G{at}", "en": f"It saves {what}"} for at, what in enumerate(("time", "money"))
    ]
    tools = [{"code": "mail", "en": "E-mail"}, {"code": "chat", "en": "Chat"}]
    return KnownNames(
        Questionnaire.model_validate(
            {
                "title": text("Remote work"),
                "scales": {"s": [{"code": 1, "en": "No"}, {"code": 2, "en": "Yes"}]},
                "blocks": [
                    {"id": "gains", "title": text("Gains"), "scale": "s",
                     "direction": "favourable", "items": items}
                ],
                "respondent": [
                    {"id": "age", "type": "number", "en": "Age"},
                    {"id": "tools", "type": "multiple", "en": "Tools used", "choices": tools},
                ],
            }
        )
    )  # fmt: skip


def read(folder: Path, text: str, names: KnownNames | None) -> AnswerTable:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    (table,) = read_tables(path, recognise=names.find if names else None)
    return table


@pytest.mark.parametrize(
    "titles",
    [
        "Survey of May\n",
        "Survey of May,,,\n,,,\n",
        "Survey, 12,of,May\n\n",
        "Gains,,Age,\n",
        "2,,,\n",
    ],
)
def test_titles_above_the_header_are_told_and_left_out(tmp_path, names, titles):
    table = read(tmp_path, titles + "id,G0,G1,age\nA,1,2,40\n", names)
    assert table.headers == ("id", "G0", "G1", "age")
    assert table.cells.to_numpy().tolist() == [["A", "1", "2", "40"]]
    row = titles.count("\n") + 1
    assert list(table.cells.index) == [row + 1]
    assert table.notices[0].startswith(f"The header is on row {row}; not read above it: row 1")
    assert table.notices[0].in_("fr").startswith(f"L'en-tête est à la ligne {row}")


def test_a_title_is_told_from_a_header_without_the_questionnaire(tmp_path):
    table = read(tmp_path, "Survey of May\nid;x;y\nA;1;2\n", None)
    assert table.headers == ("id", "x", "y")


@pytest.mark.parametrize("known", [True, False])
def test_a_header_on_the_first_row_is_never_moved(tmp_path, names, known):
    table = read(
        tmp_path, "id,G0,G1,tools\nA,1,2,mail\n,,,\nG0,1,2,chat\n", names if known else None
    )
    assert table.headers == ("id", "G0", "G1", "tools")
    assert len(table.cells) == 2
    assert not table.notices


def test_rows_of_texts_and_import_ids_below_the_header_are_no_respondents(tmp_path, names):
    text = (
        "StartDate,ResponseId,Q1_1,Q1_2\n"
        "Start Date,Response ID,Do you agree? - It saves time,Do you agree? - It saves money\n"
        '"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1_1""}",'
        '"{""ImportId"":""QID1_2""}"\n'
        "2024-01-01,R_1,Yes,No\n"
    )
    for known in (names, None):
        table = read(tmp_path, text, known)
        assert table.headers == ("StartDate", "ResponseId", "Q1_1", "Q1_2")
        assert table.description(2) == "Do you agree? - It saves time"
        assert table.cells.to_numpy().tolist() == [["2024-01-01", "R_1", "Yes", "No"]]
        assert "row 2, 3" in table.notices[0]


def test_a_second_row_of_wordings_is_no_respondent(tmp_path, names):
    table = read(tmp_path, "id,G0,G1\n,It saves time,It saves money\nA,1,2\n", names)
    assert table.headers == ("id", "G0", "G1")
    assert table.description(1) == "It saves time"
    assert list(table.cells.index) == [3]


def test_a_header_on_two_rows_is_joined(tmp_path, names):
    text = (
        "Respondent ID,Do you agree?,,Age,Tools used,\n"
        ",It saves time,It saves money,Open-Ended Response,E-mail,Chat\n"
        "1001,Yes,No,38,E-mail,\n"
    )
    for known in (names, None):
        table = read(tmp_path, text, known)
        assert table.headers == (
            "Respondent ID", "Do you agree? [It saves time]", "Do you agree? [It saves money]",
            "Age", "Tools used [E-mail]", "Tools used [Chat]",
        )  # fmt: skip
        assert table.cells.to_numpy().tolist() == [["1001", "Yes", "No", "38", "E-mail", ""]]
        assert "row 2 continues it" in table.notices[0]


def test_a_header_whose_parts_alone_have_names_is_joined(tmp_path, names):
    text = "Respondent,Do you agree?,\n,It saves time,It saves money\n1001,Yes,No\n"
    table = read(tmp_path, text, names)
    assert table.headers == (
        "Respondent", "Do you agree? [It saves time]", "Do you agree? [It saves money]",
    )  # fmt: skip
    assert table.cells.to_numpy().tolist() == [["1001", "Yes", "No"]]


def test_a_row_that_says_response_below_names_is_no_respondent(tmp_path, names):
    table = read(tmp_path, "id,G0,G1,age\n,,,Open-Ended Response\nA,1,2,40\n", names)
    assert table.headers == ("id", "G0", "G1", "age")
    assert table.cells.to_numpy().tolist() == [["A", "1", "2", "40"]]


def test_an_answer_is_no_part_of_a_header():
    found = find_header([["id", "comment", "", "x"], ["A", "Response time", "late", "1"]], [1, 2])
    assert found.names == ("id", "comment", "", "x")
    assert found.first_row == 1


def test_rows_that_repeat_the_header_are_left_out(tmp_path):
    table = read(tmp_path, "id,G0,G1\nA,1,2\nid,G0,G1\nB,1,2\n", None)
    assert table.cells[0].tolist() == ["A", "B"]
    assert table.notices == ("Rows that repeat the header are not read: 3.",)


def test_a_line_below_a_blank_row_is_no_respondent(tmp_path):
    table = read(tmp_path, "id,G0,G1\nA,1,2\nB,,\n,,\nTotal: 2,,\n", None)
    assert table.cells[0].tolist() == ["A", "B"]
    assert table.notices == ("Cells outside the table are not read: A5 ('Total: 2').",)
