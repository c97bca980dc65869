"""Every fault of a mapping at once, and what is left of it without them."""

from __future__ import annotations

from typology.problems.sound_part import sound_part
from typology.questionnaire import Questionnaire
from typology.study.sections import StudyFile

QUESTIONNAIRE = {
    "title": {"en": "Coffee"},
    "languages": ["en"],
    "scales": {"s": [{"code": 1, "en": "No"}, {"code": 2, "en": "Yes"}]},
    "blocks": [{"id": "hopes", "title": {"en": "Hopes"}, "scale": "s", "direction": "neutral",
                "items": [{"id": "H1", "en": "It is hot"}]}],
    "respondent": [{"id": "age", "type": "number", "en": "Age"}],
}  # fmt: skip
CONTEXT = {"languages": ("en",)}
STUDY = {
    "title": {"en": "Coffee"}, "questionnaire": "q.yml", "active": ["hopes"],
    "missing": "own category", "axes": 2, "classes": 3, "seed": 1,
}  # fmt: skip


def places(content: dict[str, object]) -> set[tuple[str | int, ...]]:
    _, faults = sound_part(Questionnaire, content, context=CONTEXT)
    return {fault.place for fault in faults}


def test_a_sound_mapping_has_no_faults() -> None:
    model, faults = sound_part(Questionnaire, QUESTIONNAIRE, context=CONTEXT)
    assert model is not None
    assert faults == []


def test_a_fault_of_one_key_does_not_hide_what_the_whole_entry_lacks() -> None:
    asked = {"id": "age", "type": "number", "en": "Age", "bands": ["young"], "min": 9, "max": 3}
    found = places({**QUESTIONNAIRE, "respondent": [asked]})
    assert ("respondent", 0, "bands", 0) in found
    assert len(found) == 2  # the bounds too, that the model checks together


def test_what_is_wrong_for_the_want_of_a_faulty_part_is_not_told() -> None:
    asked = {"id": "sex", "type": "single", "en": "Sex", "choices": [{"code": "*", "en": "x"}]}
    found = places({**QUESTIONNAIRE, "respondent": [asked]})
    assert found == {("respondent", 0, "choices", 0, "code")}


def test_faults_keep_their_numbers_in_lists() -> None:
    blocks = [{**QUESTIONNAIRE["blocks"][0], "items": [{"en": "x"}, {"id": "H 2", "en": "y"}]}]  # type: ignore[index]
    found = places({**QUESTIONNAIRE, "blocks": blocks, "title": {}})
    assert found == {("title", "en"), ("blocks", 0, "items", 0, "id"),
                     ("blocks", 0, "items", 1, "id")}  # fmt: skip


def test_a_key_that_is_needed_has_a_stand_in_once_its_fault_is_told() -> None:
    content = {**STUDY, "missing": "passif", "seed": -1}
    del content["axes"]
    stand_ins = {"missing": "own category", "seed": 0, "axes": 1}
    model, faults = sound_part(StudyFile, content, stand_ins=stand_ins)
    assert [fault.place for fault in faults] == [("missing",), ("axes",), ("seed",)]
    assert model is not None
    assert (model.missing, model.seed, model.axes) == ("own category", 0, 1)
    assert model.classes == 3


def test_what_is_told_elsewhere_is_not_told_to_be_missing() -> None:
    content = {key: value for key, value in STUDY.items() if key != "seed"}
    model, faults = sound_part(StudyFile, content, unread=["seed"], stand_ins={"seed": 0})
    assert faults == []
    assert model is not None


def test_nothing_is_left_where_no_stand_in_is_known() -> None:
    model, faults = sound_part(StudyFile, {})
    assert model is None
    assert ("title",) in {fault.place for fault in faults}
