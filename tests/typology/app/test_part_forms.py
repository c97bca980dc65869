"""What is typed into the forms of a questionnaire becomes its lines, or is refused in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

pytest.importorskip("starlette", reason="The page (extra: app) is not installed.")

from typology.app.editing.fields import (
    number_typed,
    row_up,
    rows,
    with_row,
    without_blank_rows,
    without_row,
)
from typology.app.editing.part_form import sorted_faults
from typology.app.editing.scale_form import prepared_points, with_category
from typology.app.screens.edited_part import EDITED_PARTS
from typology.app.yaml_lines import with_content
from typology.files.yaml_files import load_mapping
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire, questionnaire_from_mapping
from typology.tools.new.answer_scales import kinds

COFFEE = """\
# Coffee at work.
title: {fr: "Le café", en: "Coffee"}

# One scale for now.
scales:
  # From no to yes.
  agreement:
    - {code: 1, fr: "Non", en: "No"}  # never
    - {code: 2, fr: "Bof", en: "So so"}
    - {code: 3, fr: "Oui", en: "Yes"}

blocks:
  # What one hopes for.
  - id: hopes
    title: {fr: "Espoirs", en: "Hopes"}
    scale: agreement
    direction: favourable
    items:
      # Asked since 2019.
      - {id: H1, fr: "Il est chaud", en: "It is hot"}
      - {id: H2, fr: "Il est bon", en: "It is good", column: Q7}
# Who answers.
respondent:
  - id: years  # of practice
    type: number
    fr: "Ancienneté"
    en: "Experience"
  # The last.
  - {id: role, type: single, fr: "Rôle", en: "Role", choices: [{code: no, fr: "Aucun", en: "None"}, {code: 1, fr: "Chef", en: "Head"}]}
# The end.
"""  # noqa: E501
COMMENTS = [line.partition("#")[2] for line in COFFEE.splitlines() if "#" in line]
Fields = dict[str, str]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "questionnaire.yml"
    path.write_text(COFFEE, encoding="utf-8")
    return path


def typed(part: str, name: str, path: Path, fields: Fields) -> tuple[str, Questionnaire]:
    """The file once a form was saved, read again as the command reads it."""
    edited = EDITED_PARTS[part].edited(load_mapping(path), name, fields)
    text = with_content(path.read_text(encoding="utf-8"), edited.content)
    path.write_text(text, encoding="utf-8")
    assert load_mapping(path) == edited.content
    for comment in COMMENTS:
        assert comment in text
    return edited.name, load_questionnaire(path)


def opened(part: str, path: Path, name: str = "", /, **others: str) -> Fields:
    """The fields of a form as it opens, some of them typed over: "choices_0_fr"."""
    shown = EDITED_PARTS[part].fields(load_mapping(path), name)
    return shown | {key.replace("__", "/"): value for key, value in others.items()}


def questionnaires(project: Path) -> Iterator[Path]:
    yield project / "data" / "questionnaire.yml"
    yield from (project / "tests").glob("*_study/**/questionnaire*.yml")


def test_a_form_that_is_saved_as_it_opens_changes_nothing(project: Path, path: Path) -> None:
    for each in (path, *questionnaires(project)):
        text, content = each.read_text(encoding="utf-8"), load_mapping(each)
        for form in EDITED_PARTS.values():
            for name in form.names(content):
                edited = form.edited(content, name, form.fields(content, name))
                assert edited.content == content, (each, name)
                assert edited.name == name
                assert with_content(text, edited.content) == text


@pytest.mark.parametrize("points", range(3, 12))
def test_a_scale_of_any_length_is_made_and_given_to_a_block(path: Path, points: int) -> None:
    kind = ["", *kinds()][points % (1 + len(kinds()))]
    fields = prepared_points(opened("scale", path, "", name="Ma fréquence"), kind, points)
    assert rows(fields, "points") == points
    for at in range(points if not kind else 0):
        fields |= {f"points/{at}/fr": f"degré {at}", f"points/{at}/en": f"point {at}"}
    name, asked = typed("scale", "", path, fields | {"blocks/hopes": "1"})
    assert name == "ma_frequence"
    assert len(asked.scales[name].codes) == points
    assert asked.block("hopes").scale == name
    stances = [asked.scales[name].stance(code) for code in asked.scales[name].codes]
    assert stances.count("neutral") == points % 2


def test_a_scale_has_a_don_t_know_a_midpoint_and_merged_points(path: Path) -> None:
    fields = prepared_points(opened("scale", path), "agreement", 4)
    fields |= {"first": "0", "points/1/stance": "neutral", "points/2/stance": "neutral"}
    fields |= {"no_opinion": "1", "no_opinion/fr": "NSP", "no_opinion/en": "Don't know",
               "no_opinion/code": "9", "no_opinion/counts_as": "passive"}  # fmt: skip
    fields = with_category(fields)
    assert [fields[f"merge/{at}/last"] for at in range(2)] == ["1", "3"]
    for at, words in enumerate((("Contre", "Against"), ("Pour", "For"))):
        fields |= {
            f"merge/{at}/{each}": said for each, said in zip(("fr", "en"), words, strict=True)
        }
    fields["name"] = "Quatre"
    name, asked = typed("scale", "", path, fields)
    scale = asked.scales[name]
    assert scale.codes == (0, 1, 2, 3)
    assert [scale.stance(code) for code in scale.codes] == ["disagree", "neutral", "neutral",
                                                           "agree"]  # fmt: skip
    assert scale.no_opinion is not None
    assert (scale.no_opinion.code, scale.no_opinion.counts_as) == (9, "passive")
    assert [each.codes for each in scale.merge] == [(0, 1), (2, 3)]
    again = opened("scale", path, name)
    assert {key: value for key, value in again.items() if value} == {
        key: value for key, value in fields.items() if value and key != "name"
    }


def test_a_scale_is_changed_and_taken_away(path: Path) -> None:
    fields = row_up(opened("scale", path, "agreement", points__0__en="Not at all"), "points", 1)
    _, asked = typed("scale", "agreement", path, fields)
    assert asked.scales["agreement"].labels("en") == ["So so", "Not at all", "Yes"]
    assert "# never" in path.read_text(encoding="utf-8")
    name, _ = typed(
        "scale", "", path, prepared_points(opened("scale", path, "", name="B"), "truth", 5)
    )
    content = load_mapping(path)
    without = EDITED_PARTS["scale"].without_part(content, name)
    assert list(without["scales"]) == ["agreement"]
    text = with_content(path.read_text(encoding="utf-8"), without)
    assert yaml.safe_load(text)["scales"] == without["scales"]


WORDS = {"fr": "Où exercez-vous ?", "en": "Where do you work?"}
CHOICES = {
    "choices__0__fr": "Ville", "choices__0__en": "Town", "choices__1__fr": "Autre : …",
    "choices__1__en": "Other: …", "choices__1__code": "z",
}  # fmt: skip
KINDS: list[tuple[Fields, dict[str, Any]]] = [
    (
        {"type": "single", **CHOICES, "choices__1__text": "1", "choices__1__column": "Lequel"},
        {"choices": [{"code": "town", "fr": "Ville", "en": "Town"},
                     {"code": "z", "fr": "Autre : …", "en": "Other: …", "text": True,
                      "column": "Lequel"}]},
    ),
    (
        {"type": "multiple", **CHOICES, "choices__1__text": "1", "ordered": "1"},
        {"choices": [{"code": "town", "fr": "Ville", "en": "Town"},
                     {"code": "z", "fr": "Autre : …", "en": "Other: …", "text": True}],
         "ordered": True},
    ),
    (
        {"type": "rank", **CHOICES, "min": "4"},
        {"choices": [{"code": "town", "fr": "Ville", "en": "Town"},
                     {"code": "z", "fr": "Autre : …", "en": "Other: …"}]},
    ),
    (
        {"type": "number", "min": "0", "max": "60,5", "unit__fr": "ans", "unit__en": "years",
         "bands__0": "10", "bands__1": "20", **CHOICES},
        {"min": 0, "max": 60.5, "unit": {"fr": "ans", "en": "years"}, "bands": [10, 20]},
    ),
    (
        {"type": "date", "earliest": "2021-01-01", "latest": "2021-12-31",
         "date_format": "dd/mm/yyyy"},
        {"earliest": "2021-01-01", "latest": "2021-12-31", "date_format": "dd/mm/yyyy"},
    ),
    (
        {"type": "text", "themes__0__fr": "Temps", "themes__0__en": "Time",
         "themes_column": "themes"},
        {"themes": [{"code": "time", "fr": "Temps", "en": "Time"}], "themes_column": "themes"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "content"), KINDS, ids=[each["type"] for each, _ in KINDS])
def test_a_question_of_each_kind_is_made(
    path: Path, fields: Fields, content: dict[str, Any]
) -> None:
    form = EDITED_PARTS["question"]
    shown = opened("question", path, **WORDS, **fields)
    for each in form.blank_rows:
        shown = without_blank_rows(shown, each)
    name, asked = typed("question", "", path, shown)
    assert name == "where_do_you_work"
    assert [each.id for each in asked.respondent] == ["years", "role", name]
    written = load_mapping(path)["respondent"][-1]
    assert written == {"id": name, "type": fields["type"], **WORDS, **content}
    again = opened("question", path, name)
    assert form.edited(load_mapping(path), name, again).content == load_mapping(path)


def test_a_question_is_changed_moved_and_taken_away(path: Path) -> None:
    fields = opened("question", path, "role", choices__1__fr="Cheffe", after="-")
    _, asked = typed("question", "role", path, fields)
    assert [each.id for each in asked.respondent] == ["role", "years"]
    written = load_mapping(path)["respondent"][0]["choices"]
    assert [each["code"] for each in written] == ["no", 1]
    assert written[1]["fr"] == "Cheffe"
    content = load_mapping(path)
    for name in ("role", "years"):
        content = EDITED_PARTS["question"].without_part(content, name)
    assert "respondent" not in content
    text = with_content(path.read_text(encoding="utf-8"), content)
    assert "respondent" not in yaml.safe_load(text)


def test_a_question_of_another_kind_has_what_that_kind_has(path: Path) -> None:
    fields = opened("question", path, "role", type="text")
    typed("question", "role", path, fields)
    assert load_mapping(path)["respondent"][1] == {
        "id": "role", "type": "text", "fr": "Rôle", "en": "Role",
    }  # fmt: skip


def test_an_item_is_reversed_added_and_keeps_what_the_form_does_not_show(path: Path) -> None:
    fields = opened("block", path, "hopes", items__1__reversed="1", intro__fr="D'accord ?",
                    intro__en="Do you agree?")  # fmt: skip
    fields = with_row(fields, "items", EDITED_PARTS["block"].lists["items"])
    long = {"fr": "Le café de la machine est servi à toute heure du jour et de la nuit",
            "en": "The coffee of the machine is served at all hours of day and night"}  # fmt: skip
    fields |= {f"items/2/{each}": text for each, text in long.items()}
    _, asked = typed("block", "hopes", path, fields)
    items = load_mapping(path)["blocks"][0]["items"]
    assert items[1] == {"id": "H2", "fr": "Il est bon", "en": "It is good", "column": "Q7",
                        "reversed": True}  # fmt: skip
    assert asked.items["H2"].reversed
    added = asked.items[items[2]["id"]]
    assert added.fr == long["fr"]
    assert len(added.short.fr) <= 45
    typed("block", "hopes", path, opened("block", path, "hopes", items__1__reversed=""))
    assert "reversed" not in load_mapping(path)["blocks"][0]["items"][1]


def test_a_language_that_the_study_has_not_is_kept(path: Path) -> None:
    french = COFFEE.replace("# One scale", "languages: [fr]\n# One scale")
    path.write_text(french, encoding="utf-8")
    typed("scale", "agreement", path, opened("scale", path, "agreement", points__0__fr="Jamais"))
    assert load_mapping(path)["scales"]["agreement"][0] == {"code": 1, "fr": "Jamais", "en": "No"}


def many_points(count: int) -> Fields:
    return {f"points__{at}__{each}": f"{each} {at}" for at in range(count) for each in ("fr", "en")}


BESIDE = {"no_opinion": "1", "no_opinion__code": "9", "no_opinion__fr": "NSP",
          "no_opinion__en": "DK"}  # fmt: skip
REFUSED: list[tuple[str, str, Mapping[str, str], str, str, str]] = [
    ("scale", "agreement", {"points__1__en": ""}, "points/1/en", "le libellé en anglais",
     "the English wording"),
    ("scale", "agreement", {"points__1__fr": "OUI"}, "points/2/fr", "un libellé différent",
     "a label that differs"),
    ("scale", "agreement", {"points__0__stance": "agree"}, "points", "disagree (pas d'accord)",
     "disagree, then neutral"),
    ("scale", "agreement", {"first": "un"}, "first", "un nombre entier", "a whole number"),
    ("scale", "agreement", {**BESIDE, "no_opinion__code": "2"}, "no_opinion/code",
     "un code qu'aucun point", "a code that no point"),
    ("scale", "agreement", {**BESIDE, "no_opinion__en": "yes"}, "no_opinion/en",
     "un libellé différent", "a label that differs"),
    ("scale", "agreement", {"merge__0__last": "0", "merge__0__fr": "x", "merge__0__en": "x"},
     "merge", "chaque point une fois", "every point once"),
    ("scale", "agreement", {"points__2__fr": "Ne sait pas"}, "points/2", "un degré d'accord",
     "a degree of agreement"),
    ("question", "", {**WORDS, **CHOICES, "choices__1__code": "b b"}, "choices/1/code",
     "lettres sans accent", "letters without accents"),
    ("question", "", {**WORDS, **CHOICES, "choices__1__en": "TOWN"}, "choices/1/en",
     "autre chose que dans", "something else than"),
    ("question", "", {**WORDS, **CHOICES, "choices__0__text": "1", "choices__1__text": "1"},
     "choices/1/text", "une seule réponse avec", "one choice with"),
    ("question", "", {**WORDS}, "choices", "au moins 2 réponses", "at least 2 choices"),
    ("question", "", {**WORDS, "id": "years", "type": "text"}, "id", "un nom employé une seule",
     "a name used once"),
    ("question", "", {"fr": "ROLE", "en": "What?", "type": "text"}, "fr", "un libellé qui lui soit",
     "words of its own"),
    ("question", "years", {"min": "9", "max": "3"}, "max", "un nombre au moins égal",
     "a number not below"),
    ("question", "years", {"bands__0": "9", "bands__1": "3"}, "bands", "des bornes croissantes",
     "ascending cut points"),
    ("question", "years", {"bands__0": "x"}, "bands/0", "un nombre", "a number"),
    ("question", "", {**WORDS, "type": "date", "earliest": "2022-01-01", "latest": "2021-01-01"},
     "latest", "une date qui ne précède pas", "a date not before"),
    ("question", "", {**WORDS, "type": "text", "themes_column": "x"}, "themes_column",
     "les thèmes que la colonne", "the themes that the column"),
    ("block", "hopes", {"items__1__fr": ""}, "items/1/fr", "le libellé en français",
     "the French wording"),
    ("block", "hopes", {"items__1__en": "IT IS HOT"}, "items/1/en", "un libellé qui lui soit",
     "words of its own"),
    ("block", "hopes", {"title__fr": ""}, "title/fr", "le libellé en français",
     "the French wording"),
]  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[0]}-{case[3]}")
def test_what_is_refused_is_said_next_to_its_field(
    path: Path, case: tuple[str, str, Fields, str, str, str]
) -> None:
    part, name, changes, field, french, english = case
    form = EDITED_PARTS[part]
    fields = opened(part, path, name, **changes)
    for each in form.blank_rows:
        fields = without_blank_rows(fields, each)
    edited = form.edited(load_mapping(path), name, fields)
    with pytest.raises(InputError) as refused:
        questionnaire_from_mapping(edited.content)
    faults = sorted_faults(refused.value.problems, form, edited.place, fields)
    told = faults.by_field[field]
    assert any(french in each.text("fr").replace("\N{NO-BREAK SPACE}", " ") for each in told)
    assert any(english in each.text("en") for each in told)


def test_what_belongs_to_no_field_is_said_above_them(path: Path) -> None:
    form, content = EDITED_PARTS["scale"], load_mapping(path)
    with pytest.raises(InputError) as refused:
        questionnaire_from_mapping(form.without_part(content, "agreement"))
    faults = sorted_faults(refused.value.problems, form, ("scales", "agreement"), {})
    assert not faults.by_field
    assert len(faults.others) == len(refused.value.problems)


def test_rows_are_added_moved_and_taken_out() -> None:
    fields = {"a/0/fr": "x", "a/0/en": "y", "a/1/fr": "z", "b/0": "1", "c": "2"}
    assert rows(fields, "a") == 2
    assert rows(fields, "none") == 0
    assert with_row(fields, "b", {"": ""})["b/1"] == ""
    assert row_up(fields, "a", 1) == {"a/0/fr": "z", "a/1/fr": "x", "a/1/en": "y", "b/0": "1",
                                      "c": "2"}  # fmt: skip
    assert row_up(fields, "a", 0) == fields
    assert without_row(fields, "a", 0) == {"a/0/fr": "z", "b/0": "1", "c": "2"}
    assert without_blank_rows({"a/0": "", "a/1": "x", "a/2/fr": ""}, "a") == {"a/0": "x"}


@pytest.mark.parametrize(
    ("text", "number"),
    [("40", 40), ("1,5", 1.5), ("-2", -2), ("", ""), ("nan", "nan"), ("1e5", "1e5"), ("٣", "٣")],
)
def test_numbers_are_read_as_they_are_typed(text: str, number: object) -> None:
    assert number_typed(text) == number
