"""The shipped questionnaire, and what is said of questionnaires that are wrong."""

from __future__ import annotations

import copy
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from typology.files.yaml_files import load_mapping
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire, questionnaire_from_mapping
from typology.questionnaire.questionnaire import Choice

DATA = Path(__file__).parents[3] / "data"
SCALE = [
    {"code": 1, "fr": "Pas d’accord", "en": "Disagree"},
    {"code": 2, "fr": "Ni d’accord ni pas d’accord", "en": "Neither agree nor disagree"},
    {"code": 3, "fr": "D’accord", "en": "Agree"},
]
SMALL: dict[str, Any] = {
    "title": {"fr": "Le café", "en": "Coffee"},
    "scales": {"agreement": SCALE},
    "blocks": [
        {
            "id": "hopes",
            "title": {"fr": "Espoirs", "en": "Hopes"},
            "scale": "agreement",
            "direction": "favourable",
            "items": [
                {"id": "H1", "fr": "Il est chaud", "en": "It is hot"},
                {"id": "H2", "fr": "Il est bon", "en": "It is good"},
            ],
        }
    ],
    "respondent": [
        {"id": "age", "type": "number", "fr": "Âge", "en": "Age", "min": 18, "max": 99},
        {
            "id": "sugar",
            "type": "single",
            "fr": "Du sucre ?",
            "en": "Sugar?",
            "choices": [
                {"code": 0, "fr": "Non", "en": "No"},
                {"code": "one", "fr": "Un", "en": "One"},
            ],
        },
    ],
}


@pytest.fixture
def small() -> dict[str, Any]:
    return copy.deepcopy(SMALL)


@pytest.fixture(scope="module")
def shipped() -> Questionnaire:
    return load_questionnaire(DATA / "questionnaire.yml")


def said_of(content: dict[str, Any]) -> list[str]:
    with pytest.raises(InputError) as caught:
        questionnaire_from_mapping(content)
    return [str(problem) for problem in caught.value.problems]


# The shipped questionnaire


def test_shipped_questionnaire_has_what_the_study_asked(shipped: Questionnaire) -> None:
    sizes = {block.id: len(block.items) for block in shipped.blocks}
    assert sizes == {"expectations": 24, "fears": 25, "feelings": 4}
    assert [item.id for item in shipped.block("fears").items] == [f"F{i:02}" for i in range(1, 26)]
    assert set(shipped.questions) == {
        "age", "sex", "territory", "practice", "other_activity", "knowledge", "satisfaction"
    }  # fmt: skip
    assert shipped.scales["agreement"].codes == (1, 2, 3, 4, 5)


def test_nine_items_are_reported_and_the_others_say_their_hat(shipped: Questionnaire) -> None:
    reported = [item.id for item in shipped.items.values() if item.wording == "reported"]
    listed = load_mapping(DATA / "reported.yml")["most_unanimous"]
    assert sorted(reported) == sorted({*listed["fears"], *listed["expectations"]} - {"unknown"})
    others = [item for item in shipped.items.values() if item.wording != "reported"]
    assert all(item.wording == "reconstructed" and item.hat in shipped.hats for item in others)


def test_expectations_and_fears_have_a_theme(shipped: Questionnaire) -> None:
    for block in ("expectations", "fears"):
        themes = Counter(item.theme for item in shipped.block(block).items)
        assert set(themes) <= set(shipped.themes)
    asked = {"governance", "working_time", "financing", "setting_up", "teamwork"}
    assert asked <= {item.theme for item in shipped.items.values()}


def test_completed_item_says_which_words_are_not_the_source_s(shipped: Questionnaire) -> None:
    note = shipped.items["E19"].source
    assert note is not None
    assert "réunions" in note.fr
    assert "formation" in note.en


def test_french_is_typeset_as_french(shipped: Questionnaire) -> None:
    texts = [text for asked in (*shipped.items.values(), *shipped.respondent) for text in
             (asked.fr, asked.short.fr)]  # fmt: skip
    texts += [point.fr for point in shipped.scales["agreement"].points]
    texts += [hat.fr for hat in shipped.hats.values()]
    assert [text for text in texts if re.search(r"'|[^\u00a0][:;?!»]|«[^\u00a0]", text)] == []


def test_feelings_against_the_project_are_reversed(shipped: Questionnaire) -> None:
    reverse = {item.id: item.reversed for item in shipped.block("feelings").items}
    assert reverse == {"enthusiasm": False, "fear": True, "doubt": True, "constraint": True}


def test_look_ups(shipped: Questionnaire) -> None:
    assert shipped.block_of("F07").id == "fears"
    assert shipped.scale_of("F07").labels("en")[0] == "Strongly disagree"
    assert shipped.question("practice").choice("solo").en == "Solo practice"
    assert [shipped.scale_of("E01").stance(code) for code in range(1, 6)] == [
        "disagree", "disagree", "neutral", "agree", "agree"
    ]  # fmt: skip
    with pytest.raises(KeyError):
        shipped.block_of("E99")
    with pytest.raises(KeyError, match="not on the scale"):
        shipped.scale_of("E01").stance(6)


# A questionnaire of one's own


def test_short_wording_is_its_own_short_label(small: dict[str, Any]) -> None:
    questionnaire = questionnaire_from_mapping(small)
    assert questionnaire.items["H1"].short.en == "It is hot"
    assert questionnaire.question("sugar").choice_codes == ("0", "one")


def test_one_language_is_enough_when_declared(small: dict[str, Any]) -> None:
    def without_english(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: without_english(value) for key, value in part.items() if key != "en"}
        return [without_english(each) for each in part] if isinstance(part, list) else part

    french = without_english(small)
    missing = said_of(french)
    assert all("the English wording" in each and "languages: [fr]" in each for each in missing)
    assert len(missing) > 10
    questionnaire = questionnaire_from_mapping({**french, "languages": ["fr"]})
    assert questionnaire.items["H1"].in_("en") == "Il est chaud"


def test_declared_stance_moves_the_middle(small: dict[str, Any]) -> None:
    labels = ["No", "Rather not", "Rather", "Yes"]
    stances = ["disagree", "disagree", "agree", "agree"]
    small["scales"]["agreement"] = [
        {"code": code, "fr": label, "en": label, "stance": stance}
        for code, label, stance in zip(range(-2, 2), labels, stances, strict=True)
    ]
    assert questionnaire_from_mapping(small).scales["agreement"].stance(0) == "agree"


def test_questionnaire_cannot_be_changed(shipped: Questionnaire) -> None:
    with pytest.raises(ValueError, match="frozen"):
        shipped.items["E01"].fr = "x"  # type: ignore[misc]


# What is wrong


def test_every_problem_is_told_at_once(small: dict[str, Any]) -> None:
    block = small["blocks"][0]
    block["direction"] = "favorable"
    block["scale"] = "agrement"
    block["items"][1] |= {"id": "H1", "en": ""}
    small["respondent"][0] |= {"min": 100}
    said = said_of(small)
    assert len(said) == 5
    assert (
        "blocks › hopes › items › H1 › en: found nothing, expected the English wording" in said[1]
    )
    assert "Did you mean 'favourable'?" in said[0]
    assert any("Did you mean 'agreement'?" in each for each in said)
    assert any("item H1 has it already" in each for each in said)
    assert any("respondent › age › max" in each for each in said)


def test_file_is_named_in_the_place(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text("title: {fr: a, en: b}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_questionnaire(path)
    assert [problem.where for problem in caught.value.problems] == [
        "mine.yml › scales",
        "mine.yml › blocks",
    ]


def at(content: Any, *steps: str | int) -> Any:
    for step in steps:
        content = content[step]
    return content


ITEM = ("blocks", 0, "items", 0)
WRONG = [
    (ITEM, {"id": "H 1"}, "blocks › hopes › items › H 1 › id", "letters without accents"),
    (ITEM, {"id": "hopes"}, "items › hopes › id", "block hopes has it already"),
    (ITEM, {"id": "age"}, "respondent › age › id", "item age has it already"),
    (ITEM, {"column": "H2"}, "items › H2 › id", "item H1 has it already"),
    (ITEM, {"id": "h2"}, "items › H2 › id", "item h2 has 'h2' already"),
    (ITEM, {"id": "Respondent"}, "items › Respondent › id", "a name that is free"),
    (ITEM, {"column": "respondent"}, "items › H1 › column", "a name that is free"),
    (ITEM, {"id": "respondent"}, "items › respondent › id", "a name that is free"),
    (ITEM, {"fr": 5}, "items › H1 › fr", "expected text"),
    (ITEM, {"fr": "  "}, "items › H1 › fr", "the French wording"),
    (ITEM, {"fr": "IL EST BON"}, "items › H2 › fr", "item H1 has the same"),
    (ITEM, {"short": {"fr": "x" * 46, "en": "x"}}, "items › H1 › short › fr", "at most 45"),
    (ITEM, {"short": {"fr": "x"}}, "items › H1 › short › en", "the English wording"),
    (
        ITEM,
        {"fr": "x" * 46},
        "items › H1 › short",
        "expected the key 'short'. A label of at most 45 characters, which figures print. Not "
        "needed where the wording itself is short enough. Add it, as in this line: "
        'short: {fr: "Café chaud", en: "Hot coffee"}',
    ),
    (ITEM, {"en": "", "theme": 3}, "items › H1 › en", "the English wording"),
    (ITEM, {"wording": "invented"}, "items › H1 › wording", "one of reported, reconstructed"),
    (ITEM, {"reverse": True}, "items › H1 › reverse", "Did you mean 'reversed'?"),
    (ITEM, {"reversed": "perhaps"}, "items › H1 › reversed", "true or false"),
    (("blocks", 0), {"items": []}, "blocks › hopes › items", "at least one entry"),
    (("blocks", 0), {"items": None}, "blocks › hopes › items", "a list"),
    (("blocks", 0), {"direction": "up"}, "blocks › hopes › direction", "one of favourable"),
    (("blocks", 0), {"scale": "yes"}, "blocks › hopes › scale", "declared under 'scales'"),
    (("blocks", 0), {"titel": "x"}, "blocks › hopes › titel", "Did you mean 'title'?"),
    (("respondent", 0), {"type": "numeric"}, "respondent › age › type", "'number'"),
    (("respondent", 0), {"bands": [50, 40]}, "respondent › age › bands", "ascending cut points"),
    (("respondent", 0), {"bands": [10, 40]}, "respondent › age › bands", "between min and max"),
    (("respondent", 0), {"type": "text"}, "respondent › age › min", "no 'min' for type 'text'"),
    (("respondent", 0), {"min": "young"}, "respondent › age › min", "a number"),
    (("respondent", 1), {"choices": []}, "respondent › sugar › choices", "at least 2 choices"),
    (("respondent", 1), {"type": "number"}, "respondent › sugar › choices", "no choices"),
    (("respondent", 1, "choices", 0), {"code": "one"}, "sugar › choices › one › code", "choice 1"),
    (("respondent", 1, "choices", 1), {"en": "NO"}, "sugar › choices › one › en", "choice 1"),
    (("scales", "agreement", 0), {"code": 0}, "scales › agreement", "consecutive"),
    (("scales", "agreement", 0), {"code": 3}, "scales › agreement", "consecutive"),
    (("scales", "agreement", 0), {"code": "a"}, "scales › agreement › a › code", "a whole number"),
    (("scales", "agreement", 1), {"en": "3"}, "agreement › 2 › en", "the code of another point"),
    (("scales", "agreement", 2), {"en": "DISAGREE"}, "scales › agreement › 3 › en", "code 1"),
    (("scales", "agreement", 1), {"stance": "agree"}, "scales › agreement", "a balanced scale"),
    (("scales", "agreement", 0), {"stance": "agree"}, "scales › agreement", "disagree, then"),
    ((), {"scales": {}}, "scales", "at least one entry"),
    ((), {"scales": {"agreement": SCALE[:1]}}, "scales › agreement", "at least 2 points"),
    ((), {"scales": {"agreement": SCALE[:2]}}, "agreement › 2", "middle of the scale"),
    ((), {"blocks": []}, "blocks", "at least one entry"),
    ((), {"blocks": "none"}, "blocks", "a list"),
    ((), {"title": "Coffee"}, "title", "lines 'name: value'"),
    ((), {"languages": ["de"]}, "languages › no. 1", "one of fr, en"),
    ((), {"respondents": []}, "respondents", "Did you mean 'respondent'?"),
    ((), {"themes": {"taste": {"fr": "Goût"}}}, "themes › taste › en", "the English wording"),
]


@pytest.mark.parametrize(
    ("place", "change", "where", "words"), WRONG, ids=[f"{each[2]}: {each[3]}" for each in WRONG]
)
def test_problem_names_its_place_and_what_was_expected(
    small: dict[str, Any],
    place: tuple[str | int, ...],
    change: dict[str, Any],
    where: str,
    words: str,
) -> None:
    at(small, *place).update(copy.deepcopy(change))
    said = said_of(small)
    assert any(where in each.split(": found")[0] and words in each for each in said), said
    assert not any(re.search("pydantic|Input should|validation", each) for each in said)


def test_labels_that_count_down_are_told_once_with_the_way_out(small: dict[str, Any]) -> None:
    points = at(small, "scales", "agreement")
    for point in points:
        point["en"] = str(len(points) + 1 - point["code"])
    (said,) = said_of(small)
    assert "the code of another point" in said
    assert "'reversed: true'" in said


def test_a_column_of_a_survey_tool_may_be_called_type(small: dict[str, Any]) -> None:
    at(small, *ITEM)["column"] = "Type"
    assert questionnaire_from_mapping(small).items["H1"].column == "Type"


def test_unknown_theme_suggests_the_nearest(small: dict[str, Any]) -> None:
    small["themes"] = {"taste": {"fr": "Goût", "en": "Taste"}}
    at(small, *ITEM)["theme"] = "tast"
    (said,) = said_of(small)
    assert "items › H1 › theme" in said
    assert "Did you mean 'taste'?" in said


def test_cross_references_are_checked_even_beside_other_faults(small: dict[str, Any]) -> None:
    small["blocks"] += ["not a block", {"id": "hopes"}]
    said = said_of(small)
    assert any("block hopes has it already" in each for each in said)
    assert any("blocks › no. 2" in each for each in said)


def test_what_was_not_asked_is_left_out_of_everything(project: Path) -> None:
    whole = load_questionnaire(project / "data" / "questionnaire.yml")
    asked = whole.without(["feelings", "age"])
    assert [block.id for block in asked.blocks] == ["expectations", "fears"]
    assert "age" in whole.questions
    assert "age" not in asked.questions
    assert len(asked.items) == len(whole.items) - 4


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Other: ...", "Other"), ("Other: …", "Other"), ("Other ____", "Other"),
        ("Autre\u00a0:", "Autre"), ("Other", "Other"), ("Generation X: ...", "Generation X"),
        ("... (which?)", "... (which?)"), ("...", "..."),
    ],
)  # fmt: skip
def test_a_choice_is_called_without_the_room_for_words_of_ones_own(label: str, name: str) -> None:
    assert Choice(code="o", en=label, text=True).name_in("en") == name
    assert Choice(code="o", en=label).name_in("en") == label
