"""Every fault of a mapping at once, and what is left of it without them."""

from __future__ import annotations

from pydantic import BaseModel, Field

from typology.problems.faults import Fault
from typology.problems.sound_part import sound_entries, sound_part, without_faulty
from typology.questionnaire import Questionnaire
from typology.study.sections import StudyFile
from typology.words.phrases import phrase

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


class Answered(BaseModel, extra="forbid"):
    name: str
    count: int = Field(default=7, ge=0)


def test_entries_of_a_list_are_kept_without_their_faults_and_in_their_order() -> None:
    entries = [
        {"name": "whole", "count": 3},
        {"name": "no number", "count": "many", "more": 1},
        "no mapping",
        None,
        {"count": 5},
        ["name"],
        {"name": "last"},
    ]
    for given in (entries, tuple(entries)):
        found = sound_entries(Answered, given, stand_ins={"name": "unnamed"})
        assert [(each.name, each.count) for each in found] == [
            ("whole", 3), ("no number", 7), ("unnamed", 5), ("last", 7)
        ]  # fmt: skip
    # What an entry needs, and nothing is known to stand for it: nothing is left of the entry.
    assert [each.name for each in sound_entries(Answered, entries)] == [
        "whole",
        "no number",
        "last",
    ]


def test_what_is_no_list_has_no_entries() -> None:
    for given in (None, "text", 3, {"name": "a"}, {"a": {"name": "a"}}, iter([{"name": "a"}])):
        assert sound_entries(Answered, given) == []


def at(*place: str | int) -> Fault:
    return Fault(place, "x", phrase("a number"), phrase("Correct it."))


def of_marks(*marks: int) -> dict[str, object]:
    return {"classes": [{"marks": []}, {"marks": [{"n": mark} for mark in marks]}], "title": "t"}


def test_parts_with_a_fault_go_as_a_whole_and_no_others() -> None:
    content = of_marks(*range(13))
    faults = [at("classes", 1, "marks", mark, "n") for mark in (9, 2, 11, 10, 2)]
    faults += [
        at("classes", 1, "marks", 4),  # the part itself
        at("classes", 1, "marks"), at("title"),  # less deep: no such part
        at("classes", 1, "marks", 13), at("classes", 1, "marks", "n"), at("classes", 5, "marks", 0),
        at("classes", 0, "marks", 0, "n"), at("classes", "one", "marks", 1), at("titre", 0, "a", 1),
        at("title", 0, "a", 1),
    ]  # fmt: skip
    assert without_faulty(content, faults, whole=4) == of_marks(0, 1, 3, 5, 6, 7, 8, 12)
    assert content == of_marks(*range(13))
    assert without_faulty(content, [], whole=4) == content


def test_a_key_with_a_fault_within_goes_as_a_whole() -> None:
    content = {"types": [{"answers": {"a": {"x": 1}, "b": {"x": 2}}, "x": 3}]}
    faults = [at("types", 0, "answers", "b", "x"), at("types", 0, "answers", "c", "x")]
    left = {"types": [{"answers": {"a": {"x": 1}}, "x": 3}]}
    assert without_faulty(content, faults, whole=4) == left
