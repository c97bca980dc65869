"""The encoding of a text file: which is taken, what is refused and on which line."""

from __future__ import annotations

import codecs

import pytest

from typology.answers.platforms import text_encoding as module
from typology.answers.platforms.text_encoding import text_encoding, utf_16_without_mark
from typology.problems import InputError, Problem

TEXT = "id;âge;ville\nR1;34;Orléans\n"
EXPECTED = (
    "a table of answers: one row a respondent, columns separated by commas, semicolons or tabs"
)


def refused(content: bytes) -> Problem:
    with pytest.raises(InputError) as caught:
        text_encoding(content, "a.csv")
    (problem,) = caught.value.problems
    assert (problem.column, problem.where) == ("", "a.csv")
    return problem


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"), (TEXT.encode("utf-8-sig"), "utf-8-sig"), (b"", "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"), (TEXT.encode("utf-32"), "utf-32"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "utf-32"),
        (TEXT.encode("utf-16-le"), "utf-16-le"), (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)  # fmt: skip
def test_unicode_is_taken_without_a_word(content: bytes, encoding: str) -> None:
    found, notices = text_encoding(content, "a.csv")
    assert (found, notices) == (encoding, [])
    assert content.decode(found).lstrip("\ufeff") == ("" if not content else TEXT)


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman")]
)
def test_older_encodings_are_taken_and_told(encoding: str, name: str) -> None:
    # Mac Roman: "ê" is 0x90, which Windows-1252 does not have.
    text = TEXT + "R2;40;Forêt\n" if encoding == "mac_roman" else TEXT
    found, (notice,) = text_encoding(text.encode(encoding), "a.csv")
    assert found == encoding
    assert notice == f"The file is not UTF-8; it was read as {name}. Check the accents."


def test_letters_lost_before_are_counted() -> None:
    found, (notice,) = text_encoding("a;\ufffd\nb;\ufffd".encode(), "a.csv")
    assert found == "utf-8"
    assert notice == (
        "Letters lost in an earlier conversion (shown as \ufffd): 2. "
        "Export the answers again if they matter."
    )
    assert len(text_encoding("a;\ufffd".encode("utf-8-sig"), "a.csv")[1]) == 1


@pytest.mark.parametrize("letters", ["é", "œ", "’", "€", "«", "°", "—"])
def test_two_encodings_are_told_with_the_line_and_the_byte(letters: str) -> None:
    content = f"id;{letters}\n".encode() + b"R1;34\nR2;\xe9t\xe9\n"
    problem = refused(content)
    assert (problem.row, problem.value) == ("3", "the byte 0xe9")
    assert problem.expected == "one encoding in the whole file, UTF-8 or Windows-1252"
    assert problem.remedy == "Export the answers again as UTF-8, or as .xlsx."


def test_two_bytes_that_are_letters_of_both_are_no_second_encoding() -> None:
    assert text_encoding(b"\xe9t\xe9;\xc2", "a.csv")[0] == "cp1252"


def test_what_is_cut_in_the_middle_of_a_character_is_no_table() -> None:
    problem = refused(TEXT.encode("utf-16")[:-1])
    assert (problem.row, problem.value) == ("", "text cut in the middle of a character")
    assert problem.expected == EXPECTED
    assert problem.remedy == "Export the answers from the survey tool again, as CSV or .xlsx."


@pytest.mark.parametrize(("controls", "kept"), [(3, True), (4, False)])
def test_a_few_control_characters_are_text(controls: int, kept: bool) -> None:
    content = b"id;a\n" + b"\x01" * controls
    if kept:
        assert text_encoding(content, "a.csv")[0] == "utf-8"
    else:
        assert refused(content).value == "bytes that are no text"


def test_one_control_character_in_two_hundred_is_text() -> None:
    # 1000 characters: five are as many as may be.
    assert text_encoding(b"\x02" * 5 + b"a" * 995, "a.csv")[0] == "utf-8"
    assert refused(b"\x02" * 6 + b"a" * 994).value == "bytes that are no text"
    assert text_encoding(b"a;" + b"\t\n\r" * 50, "a.csv")[0] == "utf-8"
    for control in (b"\x08", b"\x0b", b"\x0e", b"\x1f"):
        assert refused(b"a" + control * 9).value == "bytes that are no text"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_nought_is_told_with_its_line(encoding: str) -> None:
    problem = refused("id;number\nR1;3\nR2;\0 and more text\n".encode(encoding))
    assert (problem.row, problem.value) == ("3", "the character U+0000")
    assert problem.expected == "text"
    assert problem.remedy == "Export the answers again as UTF-8, or as .xlsx."


def test_long_texts_are_looked_through_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PIECE", 7)
    assert text_encoding(TEXT.encode(), "a.csv")[0] == "utf-8"
    assert text_encoding(TEXT.encode("cp1252"), "a.csv")[0] == "cp1252"
    wide = "id;a\n" * 4 + "R1;\0" + "b" * 40
    assert refused(wide.encode("utf-16")).row == "5"
    assert refused(("x" * 20 + "\0" + "b" * 40).encode("utf-16")).row == "1"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("abcd".encode("utf-16-le"), "utf-16-le"), ("abcd".encode("utf-16-be"), "utf-16-be"),
        ("abc".encode("utf-16-le"), ""), ("abcd".encode("utf-16-le")[:-1] + b"\0\0", ""),
        (b"abcdefgh", ""), ("жжжжжж".encode("utf-16-le"), ""),
        # Seven of ten are not more than 0.7; eight are.
        (b"a\0" * 7 + b"ab" * 3, ""), (b"a\0" * 8 + b"ab" * 2, "utf-16-le"),
        (b"\0a" * 7 + b"ab" * 3, ""), (b"\0a" * 8 + b"ab" * 2, "utf-16-be"),
    ],
)  # fmt: skip
def test_utf_16_is_known_by_its_noughts(content: bytes, encoding: str) -> None:
    assert utf_16_without_mark(content) == encoding
