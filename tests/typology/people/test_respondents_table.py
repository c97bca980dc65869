"""Table 1 in words, on a small survey with every kind of question: cells checked by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from typology.exhibits.labels import Labels
from typology.exhibits.paper_sheet import write_paper_sheet
from typology.exhibits.paper_table import INDENT, PaperTable
from typology.people.measure import characteristic_tables
from typology.people.sentences import characteristics_sentence
from typology.people.tables import respondents_table
from typology.people.tests_table import characteristic_tests_table
from typology.questionnaire import Questionnaire, Text
from typology.types.grouped import class_sizes_table

N = 40
QUESTIONNAIRE = Questionnaire.model_validate(
    {
        "title": {"fr": "Essai", "en": "Trial"},
        "scales": {
            "s": [{"code": 0, "fr": "Non", "en": "No"}, {"code": 1, "fr": "Oui", "en": "Yes"}]
        },
        "blocks": [{
            "id": "b", "title": {"fr": "B", "en": "B"}, "scale": "s", "direction": "neutral",
            "items": [{"id": "I1", "fr": "Item", "en": "Item"}],
        }],
        "respondent": [
            {"id": "sex", "type": "single", "fr": "Sexe", "en": "Sex", "choices": [
                {"code": "f", "fr": "Femme", "en": "Woman"},
                {"code": "m", "fr": "Homme", "en": "Man"}]},
            {"id": "age", "type": "number", "fr": "Âge", "en": "Age", "bands": [50],
             "unit": {"fr": "ans", "en": "years"}},
            {"id": "work", "type": "multiple", "fr": "Activités", "en": "Activities", "choices": [
                {"code": "a", "fr": "Enseignement", "en": "Teaching"},
                {"code": "b", "fr": "Hôpital", "en": "Hospital"}]},
            {"id": "need", "type": "rank", "fr": "Besoins", "en": "Needs", "choices": [
                {"code": "x", "fr": "Temps", "en": "Time"},
                {"code": "y", "fr": "Argent", "en": "Money"}]},
            {"id": "town", "type": "single", "fr": "Ville", "en": "Town", "choices": [
                {"code": "u", "fr": "Urbain", "en": "Urban"},
                {"code": "r", "fr": "Rural", "en": "Rural"}]},
            {"id": "words", "type": "text", "fr": "Remarques", "en": "Remarks"},
        ],
    }
)  # fmt: skip


def tables(weights: np.ndarray | None = None) -> Mapping[str, pd.DataFrame]:
    """Two classes of 20: the first all men, aged 30 to 49; the second women, 50 to 69."""
    weights = np.ones(N) if weights is None else weights
    labels = pd.Series(np.repeat([1, 2], N // 2), index=[f"r{i}" for i in range(N)])
    respondent = pd.DataFrame(
        {
            "sex": pd.array(["m"] * 20 + ["f"] * 19 + [None], dtype="string"),
            "age": pd.array(np.arange(30.0, 70.0), dtype="Float64"),
            "work:a": pd.array(
                [True, False] * 10 + [True] * 7 + [False] * 11 + [None] * 2, dtype="boolean"
            ),
            "work:b": pd.array([False] * 38 + [None] * 2, dtype="boolean"),
            "need:x": pd.array([1, 2] * 20, dtype="Int64"),
            "need:y": pd.array([2, 1] * 20, dtype="Int64"),
            "town": pd.array(["u"] * N, dtype="string"),
            "words": pd.array(["yes"] * N, dtype="string"),
        },
        index=labels.index,
    )
    made = characteristic_tables(QUESTIONNAIRE, respondent, labels, sample_weight=weights, seed=1)
    return {
        **made,
        "classes": pd.DataFrame({"class": [1, 2], "type": ["calm", ""], "n": [20.0, 20.0]}),
        "class_sizes": class_sizes_table(labels, weights),
    }


def labels(language: str) -> Labels:
    return Labels(QUESTIONNAIRE, language, {"calm": Text(fr="les calmes", en="the calm")})


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace(INDENT, "> ")


def rows(table: PaperTable) -> list[tuple[str, ...]]:
    return [tuple(map(plain, row)) for row in table.rows]


def test_the_cells_of_table_one() -> None:
    table = respondents_table(tables(), labels("en"))
    assert [plain(column.title) for column in table.columns] == [
        "Characteristic", "All (n = 40)", "the calm (n = 20)", "Class 2 (n = 20)", "p", "Holm p",
        "Effect",
    ]  # fmt: skip
    blank = ("",) * 3
    assert rows(table) == [
        ("Sex", "", "", "", "< 0.001ᵃ", "< 0.001", "V 1.00"),
        ("> Woman", "19 (48.7)", "0 (0.0)", "19 (100.0)", *blank),
        ("> Man", "20 (51.3)", "20 (100.0)", "0 (0.0)", *blank),
        ("> No answer", "1", "0", "1", *blank),
        ("Age (years)", "", "", "", "< 0.001ᵇ", "< 0.001", "ε² 0.75"),
        ("> mean ± SD", "49.5 ± 11.7", "39.5 ± 5.9", "59.5 ± 5.9", *blank),
        ("> median [Q1, Q3]", "49.5 [39.5, 59.5]", "39.5 [34.5, 44.5]", "59.5 [54.5, 64.5]",
         *blank),
        ("> under 50 years", "20 (50.0)", "20 (100.0)", "0 (0.0)", *blank),
        ("> 50 years and over", "20 (50.0)", "0 (0.0)", "20 (100.0)", *blank),
        ("Activities", "", "", "", "", "", ""),
        ("> Teaching", "17 (44.7)", "10 (50.0)", "7 (38.9)", "0.492ᵃ", "1.000", "V 0.11"),
        ("> Hospital", "0 (0.0)", "0 (0.0)", "0 (0.0)", "–ᶜ", "–", "–"),
        ("> No answer", "2", "0", "2", *blank),
        ("Needs", "", "", "", "", "", ""),
        ("> Time", "", "", "", "1.000ᵇ", "1.000", "ε² 0.00"),
        ("> > mean ± SD", "1.5 ± 0.5", "1.5 ± 0.5", "1.5 ± 0.5", *blank),
        ("> > median [Q1, Q3]", "1.5 [1, 2]", "1.5 [1, 2]", "1.5 [1, 2]", *blank),
        ("> Money", "", "", "", "1.000ᵇ", "1.000", "ε² 0.00"),
        ("> > mean ± SD", "1.5 ± 0.5", "1.5 ± 0.5", "1.5 ± 0.5", *blank),
        ("> > median [Q1, Q3]", "1.5 [1, 2]", "1.5 [1, 2]", "1.5 [1, 2]", *blank),
        ("Town", "", "", "", "–ᶜ", "–", "–"),
        ("> Urban", "40 (100.0)", "20 (100.0)", "20 (100.0)", *blank),
        ("> Rural", "0 (0.0)", "0 (0.0)", "0 (0.0)", *blank),
    ]  # fmt: skip


def test_the_notes_tell_marks_corrections_and_what_is_left_out() -> None:
    notes = [plain(note) for note in respondents_table(tables(), labels("en")).notes]
    assert "ᵃ Pearson's χ²." in notes
    assert "ᶜ no test: same answer from all." in notes
    assert "Free answers, not shown: Remarks." in notes
    assert any("corrected for the 5 tests" in note for note in notes)
    assert not any("Weighted" in note for note in notes)


def test_weights_are_told_and_counts_are_those_of_respondents() -> None:
    weights = np.where(np.arange(N) < 20, 0.5, 1.5)
    table = respondents_table(tables(weights), labels("en"))
    assert rows(table)[2][1] == "20 (26.0)"  # 10 of 38.5 in weight
    assert plain(table.columns[1].title) == "All (n = 40)"
    assert any("Weighted respondents" in note for note in table.notes)


def test_the_table_of_tests_names_choices_with_their_question() -> None:
    told = {row[0]: row for row in rows(characteristic_tests_table(tables(), labels("en")))}
    assert told["Activities: Hospital"][3:5] == ("none", "same answer from all")
    assert told["Age"][5] == "H(1) = 29.27"
    assert told["Sex"][5:7] == ("χ²(1) = 39.00", "9.3")  # 19 x 19 / 39


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "fr",
            "Après correction de Holm, les types diffèrent sur deux des cinq caractéristiques "
            "testées : sexe (V = 1,00 ; p < 0,001) et âge (ε² = 0,75 ; p < 0,001). Aucune "
            "différence n'est établie pour les autres : activités « enseignement » "
            "(p = 1,000), besoins « temps » (p = 1,000) et besoins « argent » (p = 1,000).",
        ),
        (
            "en",
            "After Holm's correction, the types differ on two of the five characteristics tested: "
            "sex (V = 1.00, p < 0.001) and age (ε² = 0.75, p < 0.001). No difference is "
            "established for the others: activities “teaching” (p = 1.000), needs “time” "
            "(p = 1.000) and needs “money” (p = 1.000).",
        ),
    ],
)
def test_the_sentence_names_what_differs_and_what_does_not(language: str, expected: str) -> None:
    differ, _, ranked = plain(characteristics_sentence(tables(), labels(language))).rpartition(
        {"fr": " Pour ", "en": " For "}[language]
    )
    assert differ == expected
    assert "0,00" in ranked or "0.00" in ranked  # half put one first, half the other: W = 0


def test_the_sentence_is_honest_when_nothing_differs_or_nothing_was_asked() -> None:
    tests = tables()["characteristic_tests"]
    none = {"characteristic_tests": tests.assign(p_holm=0.5)}
    told = plain(characteristics_sentence(none, labels("en")))
    assert told.startswith("None of the five characteristics tested distinguishes the types")
    assert "p = 0.500" in told
    untested = {"characteristic_tests": tests.assign(p_value=np.nan)}
    assert "could be compared" in characteristics_sentence(untested, labels("en"))
    assert characteristics_sentence({}, labels("en")).startswith("No question was asked")
    only = {"characteristic_tests": tests.head(1)}
    assert "only characteristic" in characteristics_sentence(only, labels("en"))


def test_a_test_that_is_not_published_is_said_to_be_made() -> None:
    tests = tables()["characteristic_tests"].assign(hidden=False)
    own = tests["variable"] == "sex"
    nothing = ["p_value", "p_holm", "effect"]
    tests.loc[own, nothing], tests.loc[own, "hidden"] = np.nan, True
    told = plain(characteristics_sentence({"characteristic_tests": tests}, labels("en")))
    assert told.startswith("After Holm's correction, the types differ on one of the four")
    assert "too few respondents: sex." in told
    shown = respondents_table({**tables(), "characteristic_tests": tests}, labels("en"))
    row = next(row for row in shown.rows if row[0] == "Sex")
    assert (row[-3][0], *row[-2:]) == ("·", "·", "·")
    alone = plain(characteristics_sentence({"characteristic_tests": tests[own]}, labels("fr")))
    assert alone.startswith("Test fait et non publié")


def test_the_sheet_holds_the_cells_of_the_table(tmp_path: Path) -> None:
    table = respondents_table(tables(), labels("en"))
    with xlsxwriter.Workbook(str(tmp_path / "one.xlsx")) as workbook:
        write_paper_sheet(workbook, "Table 1", table, caption="Who", warning="Simulated")
    sheet = openpyxl.load_workbook(tmp_path / "one.xlsx")["Table 1"]
    written = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert (written[0][0], written[1][0]) == ("Who", "Simulated")
    assert written[3] == [column.title for column in table.columns]
    body = [[row[0].strip(INDENT), *row[1:]] for row in table.rows]
    assert written[4 : 4 + len(body)] == body
    assert [row[0] for row in written[4 + len(body) :]] == list(table.notes)
