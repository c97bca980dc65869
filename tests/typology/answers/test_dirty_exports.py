"""Exports as people bring them: in other languages, with points, copies, cut headings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter

import kinds_study
from platform_exports import Row, export_rows, write_export
from typology.answers.platforms.garbled_letters import mended_letters
from typology.answers.responses import Responses, inspect_responses, read_responses
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Responses:
    folder = tmp_path_factory.mktemp("kinds")
    kinds_study.write_kinds_study(folder, n=30)
    asked = load_questionnaire(folder / "questionnaire.yml")
    return read_responses(folder / "responses.csv", asked)


def same_as(plain: Responses, read: Responses, platform: str) -> None:
    """Check every cell; none ticked is no answer where a platform keeps no empty list."""
    index = read.items.index
    pd.testing.assert_frame_equal(read.items, plain.items.set_axis(index), check_names=False)
    told = plain.respondent[[name for name in plain.respondent if "comment:" not in str(name)]]
    told = told.set_axis(index)
    ticks = ["tools:video", "tools:phone", "tools:other"]
    told.loc[(~told[ticks].any(axis=1)).to_numpy(), ticks] = pd.NA
    found = read.respondent[list(told)]
    pd.testing.assert_frame_equal(found, told, check_names=False)
    assert f"An export of {platform}." in read.notices


def renamed(rows: list[Row], names: dict[str, str]) -> list[Row]:
    return [{names.get(name, name): cell for name, cell in row.items()} for row in rows]


ELSEWHERE = [
    ("Microsoft Forms",
     ("Id.", "Hora de inicio", "Hora de finalización", "Correo electrónico", "Nombre")),
    ("Microsoft Forms",
     ("ID", "Ora di inizio", "Ora di completamento", "Posta elettronica", "Nome")),
    ("Microsoft Forms", ("Id", "Begintijd", "Tijd van voltooien", "E-mail", "Naam")),
    ("Microsoft Forms", ("ID", "Hora de início", "Hora de conclusão", "Email", "Nome")),
    ("Microsoft Forms", ("ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name")),
    ("Google Forms", ("Marca temporal",)),
    ("Google Forms", ("Informazioni cronologiche",)),
    ("Google Forms", ("Carimbo de data/hora",)),
    ("Google Forms", ("Tijdstempel",)),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "headings"), ELSEWHERE)
@pytest.mark.parametrize("words", ["fr", "en"])
def test_platforms_shown_in_other_languages_are_known(
    plain: Responses, tmp_path: Path, platform: str, headings: tuple[str, ...], words: str
) -> None:
    rows = export_rows(plain, platform, words)
    rows = renamed(rows, dict(zip(list(rows[0]), headings, strict=False)))
    read = read_responses(write_export(tmp_path / "a.csv", rows, platform), plain.questionnaire)
    same_as(plain, read, platform)
    if platform == "Microsoft Forms":
        assert read.collected.minutes is not None
        assert read.collected.minutes.to_numpy() == pytest.approx(10)


PARTS = [
    ("Antwort", "Offene Antwort", "Datum", "Sonstiges (bitte angeben)"),
    ("Respuesta", "Respuesta de texto", "Fecha", "Otro (especifique)"),
    ("Response", "Open-Ended Response", "Date / Time", "Other (please specify)"),
    ("Réponse", "Réponse ouverte", "Date / Heure", "Autre (veuillez préciser)"),
    ("Odpowiedź", "Odpowiedź otwarta", "Data", "Other (please specify)"),
]


@pytest.mark.parametrize("parts", PARTS, ids=lambda parts: parts[0])
def test_a_question_above_its_only_column_is_known_whatever_stands_below(
    plain: Responses, tmp_path: Path, parts: tuple[str, ...]
) -> None:
    response, open_ended, date, other = parts
    below = dict.fromkeys(("Sex", "Where do you work?"), response)
    below |= dict.fromkeys(("Age", "Comment", "A wish"), open_ended) | {"Settled since": date}
    rows = export_rows(plain, "SurveyMonkey", "en")
    names = {}
    for name in rows[0]:
        title, bar, part = name.partition("||")
        if title in below and part in ("Response", "Open-Ended Response"):
            names[name] = f"{title}{bar}{below[title]}"
        elif part == "Other: ...":
            names[name] = f"{title}{bar}{other}"
    path = write_export(tmp_path / "a.csv", renamed(rows, names), "SurveyMonkey")
    same_as(plain, read_responses(path, plain.questionnaire), "SurveyMonkey")


@pytest.mark.parametrize(
    "names", [("Points - {}", "Feedback - {}"), ("Puntos: {}", "Comentarios: {}"),
              ("{} [Score]", "{} [Feedback]")],
)  # fmt: skip
def test_points_and_feedback_of_a_quiz_are_no_answers(
    plain: Responses, tmp_path: Path, names: tuple[str, str]
) -> None:
    rows = export_rows(plain, "Microsoft Forms", "en")
    asked = list(rows[0])[5:]
    rows = [
        {**row, "Total points": "5", "Quiz feedback": ""}
        | {name.format(each): "0" for each in asked for name in names}
        for row in rows
    ]
    path = write_export(tmp_path / "a.csv", rows, "Microsoft Forms")
    read = read_responses(path, plain.questionnaire)
    same_as(plain, read, "Microsoft Forms")
    assert any(names[0].format("Age") in notice for notice in read.notices)


@pytest.mark.parametrize(
    "ranks", [("1er", "2e", "3ème"), ("1st", "2nd", "3rd"), ("Rang 1", "Rang 2", "Rang 3"),
              ("1er choix", "2e choix", "3e choix"), ("1.", "2.", "3."), ("n°1", "n°2", "n°3")],
)  # fmt: skip
def test_ranks_are_read_as_grids_write_them(
    plain: Responses, tmp_path: Path, ranks: tuple[str, ...]
) -> None:
    rows = export_rows(plain, "Google Forms", "fr")
    rows = [
        {name: ranks[int(cell) - 1] if name.startswith("Raisons") and cell else cell
         for name, cell in row.items()}
        for row in rows
    ]  # fmt: skip
    path = write_export(tmp_path / "a.csv", rows, "Google Forms")
    same_as(plain, read_responses(path, plain.questionnaire), "Google Forms")


def numbered(plain: Responses, cell: Callable[[int, bool], str]) -> list[Row]:
    """Return the rows of SurveyMonkey with numbers for what is ticked."""
    rows = export_rows(plain, "SurveyMonkey", "en")
    for row in rows:
        for at, name in enumerate(("Tools||Video", "Tools||Phone"), start=1):
            row[name] = cell(at, bool(row[name]))
    return rows


def test_the_place_of_a_choice_in_its_column_says_that_it_is_ticked(
    plain: Responses, tmp_path: Path
) -> None:
    rows = numbered(plain, lambda at, ticked: str(at) if ticked else "")
    path = write_export(tmp_path / "a.csv", rows, "SurveyMonkey")
    same_as(plain, read_responses(path, plain.questionnaire), "SurveyMonkey")


def test_one_for_yes_and_two_for_no_are_never_places(plain: Responses, tmp_path: Path) -> None:
    rows = numbered(plain, lambda at, _: str(at))  # everybody ticked the first, nobody the second
    path = write_export(tmp_path / "a.csv", rows, "SurveyMonkey")
    read, problems, _ = inspect_responses(path, plain.questionnaire)
    assert read is None
    assert [problem.column for problem in problems] == ["tools:phone (Tools [Phone])"]


@pytest.mark.parametrize("again", ["Where do you work?2", "Where do you work?.1"])
@pytest.mark.parametrize("old", ["empty", "half", "same"])
def test_a_question_that_stands_twice_is_read_once(
    plain: Responses, tmp_path: Path, again: str, old: str
) -> None:
    rows = export_rows(plain, "Microsoft Forms", "en")
    for at, row in enumerate(rows):
        said = row["Where do you work?"]
        row[again] = {"empty": "", "same": said, "half": said if at % 2 else ""}[old]
        if old == "half" and at % 2:
            row["Where do you work?"] = ""
    path = write_export(tmp_path / "a.csv", rows, "Microsoft Forms")
    read = read_responses(path, plain.questionnaire)
    same_as(plain, read, "Microsoft Forms")
    assert any(again in notice for notice in read.notices)


def test_a_question_that_stands_twice_with_other_answers_is_refused(
    plain: Responses, tmp_path: Path
) -> None:
    rows = export_rows(plain, "Microsoft Forms", "en")
    for row in rows:
        row["Sex2"], row["Where do you work?2"] = "Woman", "Town"
    path = write_export(tmp_path / "a.csv", rows, "Microsoft Forms")
    read, problems, _ = inspect_responses(path, plain.questionnaire)
    assert read is None
    assert {problem.column for problem in problems} == {"Sex2", "place"}


def test_columns_that_r_numbers_are_the_same_question(plain: Responses, tmp_path: Path) -> None:
    rows = export_rows(plain, "Microsoft Forms", "en")
    first, last = list(rows[0]).index("Sex") + 1, len(rows[0]) + 1
    rows = [
        {(f"Sex...{first}" if name == "Sex" else name): cell for name, cell in row.items()}
        | {f"Sex...{last}": ""}
        for row in rows
    ]
    path = write_export(tmp_path / "a.csv", rows, "Microsoft Forms")
    same_as(plain, read_responses(path, plain.questionnaire), "Microsoft Forms")


def test_a_column_without_an_answer_that_names_nothing_is_left_out_unless_one_is_missing(
    plain: Responses, tmp_path: Path
) -> None:
    rows = [{**row, "Column 24": ""} for row in export_rows(plain, "Microsoft Forms", "en")]
    path = write_export(tmp_path / "a.csv", rows, "Microsoft Forms")
    read = read_responses(path, plain.questionnaire)
    assert any("Column 24" in notice for notice in read.notices)
    less = [{name: cell for name, cell in row.items() if name != "Age"} for row in rows]
    path = write_export(tmp_path / "b.csv", less, "Microsoft Forms")
    _, problems, _ = inspect_responses(path, plain.questionnaire)
    assert "Column 24" in {problem.column for problem in problems}


@pytest.mark.parametrize("names", [("tools - Autre 1", "tools - Autre 2"),
                                   ("Si autre, précisez :", "Si autre, précisez :.1")])  # fmt: skip
def test_two_columns_of_the_words_after_other_are_read_together(
    plain: Responses, tmp_path: Path, names: tuple[str, str]
) -> None:
    rows = export_rows(plain, "Sphinx", "fr")
    wide: list[Row] = []
    for at, row in enumerate(rows):
        made: Row = {}
        for name, cell in row.items():
            made[name] = cell
            if name == "TOOLS":
                made[name] = "Vidéo;Autre : ..."
                made[names[0]] = "fax" if at % 3 != 1 else ""
                made[names[1]] = "pigeon" if at % 3 else ""
        wide.append(made)
    path = write_export(tmp_path / "a.csv", wide, "Sphinx")
    read = read_responses(path, plain.questionnaire)
    words = read.respondent["tools:other:text"].tolist()
    assert words[:3] == ["fax", "pigeon", "fax; pigeon"]
    assert any("stand in 2 columns" in notice for notice in read.notices)


def garbled(text: str, encoding: str) -> str:
    return "".join(
        bytes([byte]).decode(encoding)
        if encoding != "cp1252" or byte not in UNDEFINED
        else chr(byte)
        for byte in text.encode("utf-8")
    )


UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


@pytest.mark.parametrize(("encoding", "times"), [("cp1252", 1), ("cp1252", 2), ("mac_roman", 1)])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_letters_garbled_before_are_mended_and_said(
    plain: Responses, tmp_path: Path, encoding: str, times: int, kind: str
) -> None:
    rows = export_rows(plain, "Microsoft Forms", "fr")
    for row in rows:
        row["Un souhait"] = "Être là, « à l’heure » : c’est déjà ça"
    for _ in range(times):
        rows = [{garbled(name, encoding): garbled(cell, encoding) for name, cell in row.items()}
                for row in rows]  # fmt: skip
    path = tmp_path / f"a.{kind}"
    if kind == "csv":
        write_export(path, rows, "Microsoft Forms")
    else:
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, list(rows[0]))
            for at, row in enumerate(rows, start=1):
                for place, cell in enumerate(row.values()):
                    sheet.write_string(at, place, cell)
    read = read_responses(path, plain.questionnaire)
    assert set(read.respondent["wish"]) == {"Être là, « à l’heure » : c’est déjà ça"}
    assert read.items.to_numpy().tolist() == plain.items.to_numpy().tolist()
    assert any(notice.startswith("Letters garbled before") for notice in read.notices)


@pytest.mark.parametrize(
    "text", ["L'Âge d'or", "SÃO PAULO", "√2 ≈ 1,41", "Ångström", "â la carte", "à", "10 °C",
             "Á Â Ã Ä", "« ¬ »"],
)  # fmt: skip
def test_letters_that_are_meant_stay(text: str) -> None:
    assert mended_letters(text) == text


def test_signs_alone_are_not_mended(plain: Responses, tmp_path: Path) -> None:
    rows = export_rows(plain, "Microsoft Forms", "en")
    rows[0]["A wish"] = "¬® Â°"
    path = write_export(tmp_path / "a.csv", rows, "Microsoft Forms")
    assert read_responses(path, plain.questionnaire).respondent["wish"].iloc[0] == "¬® Â°"


def test_the_a_with_a_grave_accent_that_lost_its_space_is_mended() -> None:
    assert mended_letters("Ã  domicile") == "à domicile"
    assert mended_letters("Ã©lève dÃ©jÃ ") == "élève déjà"


CUTS = ["{cut}", "{cut}...", "3. {cut}…", "What do you think? [{cut}"]


@pytest.mark.parametrize("cut", CUTS)
def test_headings_cut_short_are_proposed_to_paste(tmp_path: Path, cut: str) -> None:
    made = kinds_study.questionnaire()
    long = ["The team works better when everyone knows the patients", "The team meets every week",
            "The network spares me hours of paperwork", "The network brings me patients",
            "Nobody asks me what I think of it", "Nobody pays me for these hours"]  # fmt: skip
    for item, text in zip(made["blocks"][0]["items"], long, strict=True):
        item |= {"fr": f"{text} (fr)", "en": text}
    asked, plain = answered(tmp_path, made)
    ids = list(asked.items)
    rows = export_rows(plain, "Microsoft Forms", "en")
    names = {text: cut.format(cut=text[:22].rstrip()) for text in long}
    path = write_export(tmp_path / "a.csv", renamed(rows, names), "Microsoft Forms")
    read, [problem], _ = inspect_responses(path, asked)
    assert read is None
    assert problem.study_lines == {
        "columns": {key: names[text] for key, text in zip(ids, long, strict=False)}
    }
    read = read_responses(path, asked, columns=problem.study_lines["columns"])  # type: ignore[arg-type]
    same_as(plain, read, "Microsoft Forms")


def test_a_heading_that_begins_two_wordings_is_paired_with_neither(
    plain: Responses, tmp_path: Path
) -> None:
    rows = export_rows(plain, "Microsoft Forms", "en")
    rows = renamed(rows, {"Hopes: item 1": "Hopes: item", "Age": "Old"})
    path = write_export(tmp_path / "a.csv", rows, "Microsoft Forms")
    _, problems, _ = inspect_responses(path, plain.questionnaire)
    assert not any("columns" in problem.study_lines for problem in problems)


def with_texts(rows: list[Row], texts: dict[str, str]) -> list[Row]:
    """Return an export of LimeSurvey whose headings have the text after the code."""
    texts = {"id": "Response ID", **texts}
    return [
        {f"{name}. {texts.get(name, name)}": cell for name, cell in row.items()} for row in rows
    ]


def test_codes_of_limesurvey_come_back_with_texts_beside_the_codes_of_the_questions(
    tmp_path: Path,
) -> None:
    made = kinds_study.questionnaire()
    for choice, code in zip(made["respondent"][1]["choices"], ("in_a_town", "away"), strict=False):
        choice["code"] = code  # too long for LimeSurvey, which calls them A1 and A2
    asked, plain = answered(tmp_path, made)
    rows = with_texts(export_rows(plain, "LimeSurvey"), {"place": "Where do you work?"})
    read = read_responses(write_export(tmp_path / "a.csv", rows, "LimeSurvey"), asked)
    same_as(plain, read, "LimeSurvey")


def test_codes_of_a_platform_are_never_words_after_other(tmp_path: Path) -> None:
    asked, plain = answered(tmp_path, kinds_study.questionnaire())
    rows = export_rows(plain, "Microsoft Forms", "en")
    codes = {"Town": "A1", "Country": "A2", "": ""}
    for row in rows:
        row["Where do you work?"] = codes.get(row["Where do you work?"], "-oth-")
        row["Tools"] = "SQ001;SQ002;"
    path = write_export(tmp_path / "a.csv", rows, "Microsoft Forms")
    _, problems, _ = inspect_responses(path, asked)
    told = {problem.column.partition(" ")[0]: problem for problem in problems}
    assert set(told) == {"place", "tools"}
    assert told["place"].study_lines["answer_words"]["place"]["A2"] == "Campagne"  # type: ignore[index]


@pytest.mark.parametrize("cell", ["Town;Country", "Town, Country", "Country / Town"])
def test_two_choices_in_one_cell_of_a_single_choice_are_refused(
    plain: Responses, tmp_path: Path, cell: str
) -> None:
    rows = export_rows(plain, "Microsoft Forms", "en")
    rows[3]["Where do you work?"] = cell
    path = write_export(tmp_path / "a.csv", rows, "Microsoft Forms")
    _, [problem], _ = inspect_responses(path, plain.questionnaire)
    assert problem.row.startswith("5")


@pytest.mark.parametrize(
    ("cell", "line"),
    [("Countryside", 'Countryside: "Country"'),
     ("Ne sait pas", 'no_answer: ["Ne sait pas"]')],
)  # fmt: skip
def test_one_answer_alone_that_may_be_no_word_of_one_s_own_is_told(
    plain: Responses, tmp_path: Path, cell: str, line: str
) -> None:
    rows = export_rows(plain, "Microsoft Forms", "en")
    rows[3]["Where do you work?"] = cell
    path = write_export(tmp_path / "a.csv", rows, "Microsoft Forms")
    notices = read_responses(path, plain.questionnaire).notices
    assert any(line in notice for notice in notices), notices


def answered(folder: Path, made: dict[str, Any]) -> tuple[Questionnaire, Responses]:
    """Return a questionnaire, written to a folder, and answers simulated to it."""
    kinds_study.put(folder / "questionnaire.yml", made)
    asked = load_questionnaire(folder / "questionnaire.yml")
    path = folder / "responses.csv"
    kinds_study.write_simulation(folder / "questionnaire.yml", n=30, seed=8, output=path)
    return asked, read_responses(path, asked)
