"""The codebook: every variable, for Excel and for archives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from lxml import etree

from small_study import Project, answers
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire, questionnaire_from_mapping
from typology.tools.codebook.ddi import ddi_document
from typology.tools.codebook.files import write_codebook
from typology.tools.codebook.variables import codebook_variables

SCHEMA = Path(__file__).with_name("ddi_codebook") / "codebook.xsd"
DDI = "{ddi:codebook:2_5}"
NEW_IN_2_6 = {
    "fileCommand", "fileDerivation", "fileDerivationVars", "generalDataFormat", "language",
    "license", "metadataAccs", "typeOfAccess", "typeOfCodingInstruction", "typeOfDataSrc",
    "typeOfDevelopmentActivity", "typeOfExPostEvaluation", "typeOfOtherMaterial",
    "typeOfSetAvailability", "varRange", "add", "agentIdentifier", "agentType", "drop", "end",
    "fileDerivationCasesAction", "fundAgRefs", "fundingProgram", "grantName",
    "isPersistentIdentifier", "isTranslatable", "isTranslated", "keep", "languageCode", "mimeType",
    "otherNature", "otherValue", "scope", "sourceFiles", "start", "translationDate",
    "translationSourceLanguage", "typeOfAgentIdentifier", "typeOfLanguageCode", "vocabAgencyName",
    "vocabID", "vocabInstanceCodeTerm", "vocabInstanceURI", "vocabSchemeURN", "vocabVersionID",
}  # fmt: skip
"""Elements and attributes that the schema of 2.6 declares and that of 2.5.1 does not."""


def every_kind_of_question() -> dict[str, Any]:
    point = {"code": 0, "fr": "Non", "en": "No"}, {"code": 1, "fr": "Oui", "en": "Yes"}
    choices = [{"code": each, "fr": f"Choix {each}", "en": f"Choice {each} & <so on>"}
               for each in ("a", "b", "c")]  # fmt: skip

    def asked(name: str) -> dict[str, str]:
        return {"id": name, "fr": f"Question {name} ?", "en": f"Question {name}?"}

    return {
        "title": {"fr": "Le café", "en": "Coffee"},
        "about": {"fr": "Une enquête.", "en": "A survey."},
        "themes": {"taste": {"fr": "Goût", "en": "Taste"}},
        "scales": {"s": [*point]},
        "blocks": [
            {"id": "hopes", "title": {"fr": "Espoirs", "en": "Hopes"}, "scale": "s",
             "intro": {"fr": "D'accord ?", "en": "Do you agree?"}, "direction": "favourable",
             "items": [{"id": "H1", "fr": "Bon", "en": "Good", "theme": "taste",
                        "wording": "reported", "source": {"fr": "Diapo 3", "en": "Slide 3"}},
                       {"id": "H2", "fr": "Mauvais", "en": "Bad", "reversed": True}]}
        ],
        "respondent": [
            {**asked("one"), "type": "single", "choices": choices, "ordered": True},
            {**asked("some"), "type": "multiple", "choices": choices},
            {**asked("age"), "type": "number", "min": 18, "max": 90,
             "unit": {"fr": "ans", "en": "years"}},
            {**asked("order"), "type": "rank", "choices": choices},
            {**asked("words"), "type": "text"},
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def faults(schema: etree.XMLSchema, document: bytes) -> list[str]:
    """Return what is wrong with a document by the schema of 2.6, and what 2.5 does not have."""
    later = document.replace(b"ddi:codebook:2_5", b"ddi:codebook:2_6")
    root = etree.fromstring(later.replace(b'version="2.5"', b'version="2.6"'))
    schema.validate(root)
    used = {etree.QName(node).localname for node in root.iter()}
    used |= {etree.QName(name).localname for node in root.iter() for name in node.attrib}
    return [*map(str, schema.error_log), *sorted(used & NEW_IN_2_6)]


def test_the_schema_finds_what_is_out_of_order(schema: etree.XMLSchema) -> None:
    questionnaire = questionnaire_from_mapping(every_kind_of_question())
    document = ddi_document(questionnaire, codebook_variables(questionnaire))
    assert faults(schema, document) == []
    wrong = document.replace(b"<labl", b"<lable").replace(b"</labl>", b"</lable>")
    assert faults(schema, wrong)


def test_a_codebook_of_the_shipped_study_is_valid_ddi(
    schema: etree.XMLSchema, project: Path, tmp_path: Path
) -> None:
    written = write_codebook(project / "analysis" / "study.yml", output=tmp_path / "codebook")
    document = (written.output / "codebook.xml").read_bytes()
    assert faults(schema, document) == []
    root = etree.fromstring(document)
    variables = root.findall(f".//{DDI}var")
    questionnaire = load_questionnaire(project / "data" / "questionnaire.yml")
    names = [*questionnaire.items, *questionnaire.questions]
    assert [each.get("name") for each in variables] == names
    assert root.findtext(f".//{DDI}caseQnty") == "312"
    assert "simulated" in (root.findtext(f".//{DDI}dataKind") or "")


def test_counts_are_those_of_the_answers(project: Path, tmp_path: Path) -> None:
    written = write_codebook(project / "analysis" / "study.yml", output=tmp_path / "codebook")
    table = pd.read_csv(project / "data" / "simulated_responses.csv")
    for variable in written.variables:
        answered = variable.answers
        assert answered is not None
        assert answered.valid == table[variable.name].notna().sum()
        assert answered.missing == table[variable.name].isna().sum()
        if variable.categories:
            assert sum(answered.counts.values()) == answered.valid
    age = next(each for each in written.variables if each.name == "age")
    assert age.answers is not None
    assert age.answers.numbers["mean"] == pytest.approx(table["age"].mean())
    sex = next(each for each in written.variables if each.name == "sex")
    assert sex.answers is not None
    assert sex.answers.counts == table["sex"].value_counts().to_dict()


def test_every_kind_of_question_has_its_variables() -> None:
    variables = codebook_variables(questionnaire_from_mapping(every_kind_of_question()))
    assert [each.name for each in variables] == [
        "H1", "H2", "one", "some:a", "some:b", "some:c", "age", "order:a", "order:b", "order:c",
        "words",
    ]  # fmt: skip
    by_name = {each.name: each for each in variables}
    assert [code for code, _ in by_name["some:a"].categories] == ["0", "1"]
    assert by_name["some:b"].text.en == "Question some? [Choice b & <so on>]"
    assert by_name["age"].is_number
    assert by_name["words"].is_text
    assert {each.role for each in variables} == {""}


def test_the_document_says_what_each_variable_is() -> None:
    questionnaire = questionnaire_from_mapping(every_kind_of_question())
    root = etree.fromstring(ddi_document(questionnaire, codebook_variables(questionnaire)))
    second = root.find(f".//{DDI}var[@name='H2']")
    assert second is not None
    notes = [(each.get("type"), each.text) for each in second.findall(f"{DDI}notes")]
    assert notes == [("direction", "favourable"), ("direction", "reversed")]
    first = root.find(f".//{DDI}var[@name='H1']")
    assert first is not None
    told = [(each.get("type"), each.text) for each in first.findall(f"{DDI}notes")]
    assert ("wording", "reported") in told
    assert ("source", "Slide 3") in told
    assert first.findtext(f"{DDI}concept") == "Goût"
    groups = {each.get("name"): each for each in root.findall(f".//{DDI}varGrp")}
    assert groups["some"].get("type") == "multipleResp"
    ids = {each.get("name"): each.get("ID") for each in root.findall(f".//{DDI}var")}
    assert groups["hopes"].get("var") == f"{ids['H1']} {ids['H2']}"


def sheets(folder: Path) -> dict[str, pd.DataFrame]:
    return pd.read_excel(folder / "codebook.xlsx", sheet_name=None)


@pytest.mark.parametrize(
    ("language", "names"),
    [("fr", ["Variables", "Valeurs", "Échelles", "À propos"]),
     ("en", ["Variables", "Values", "Scales", "About"])],
)  # fmt: skip
def test_the_workbook_has_a_sheet_of_variables_of_values_and_of_scales(
    project: Path, tmp_path: Path, language: str, names: list[str]
) -> None:
    output = tmp_path / "codebook"
    write_codebook(project / "analysis" / "study.yml", output=output, language=language)
    read = sheets(output)
    assert list(read) == names
    variables = read[names[0]]
    assert len(variables) == 60
    assert variables.iloc[:, 0].is_unique
    assert len(read[names[2]]) == 5
    assert "simul" in " ".join(read[names[3]].iloc[:, 0].dropna())


def test_a_questionnaire_alone_has_a_codebook_without_counts(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    Project(tmp_path).put("mine.yml", every_kind_of_question())
    written = write_codebook(path, output=tmp_path / "codebook", language="en")
    variables = sheets(written.output)["Variables"]
    assert "Answers (n)" not in variables
    assert "Missing (n)" not in variables
    assert variables.loc[0, "Provenance of the wording"] == "reported"
    assert variables.loc[1, "Reversed item"] == "yes"
    assert all(each.answers is None for each in written.variables)


def test_answers_that_are_not_there_yet_are_told(tmp_path: Path) -> None:
    study = Project(tmp_path).write()
    written = write_codebook(study, output=tmp_path / "codebook")
    assert written.notices == ("answers.csv is not there yet: the codebook has no counts.",)


def test_a_codebook_is_made_again_byte_for_byte_and_replaced(tmp_path: Path) -> None:
    study = Project(tmp_path).write(answers(30))
    for name in ("one", "two", "two"):
        write_codebook(study, output=tmp_path / name)
    for file in ("codebook.xlsx", "codebook.xml", "manifest.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_codebook_never_takes_the_place_of_other_files(tmp_path: Path) -> None:
    study = Project(tmp_path).write(answers(30))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="a folder with other files"):
        write_codebook(study, output=tmp_path / "mine")
    assert (tmp_path / "mine" / "notes.txt").read_text() == "mine"


def test_texts_that_would_run_in_a_spreadsheet_stay_texts(tmp_path: Path) -> None:
    given = every_kind_of_question()
    given["blocks"][0]["items"][0]["en"] = "=1+1"
    Project(tmp_path).put("mine.yml", given)
    output = tmp_path / "codebook"
    write_codebook(tmp_path / "mine.yml", output=output, language="en")
    cells = openpyxl.load_workbook(output / "codebook.xlsx")["Variables"]
    assert {cell.data_type for row in cells.iter_rows() for cell in row} <= {"s", "n"}


def test_control_characters_do_not_break_the_document(schema: etree.XMLSchema) -> None:
    questionnaire: Questionnaire = questionnaire_from_mapping(every_kind_of_question())
    item = questionnaire.blocks[0].items[0].model_copy(update={"en": "Go\x07od"})
    block = questionnaire.blocks[0].model_copy(
        update={"items": (item, *questionnaire.blocks[0].items[1:])}
    )
    changed = questionnaire.model_copy(update={"blocks": (block,)})
    document = ddi_document(changed, codebook_variables(changed))
    assert faults(schema, document) == []
