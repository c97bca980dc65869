"""What is wrong between the parts of a questionnaire: names used twice, names not declared."""

from __future__ import annotations

from typing import Any

import pytest

from typology.questionnaire.cross_checks import cross_faults

OWN = "words of its own; {owner} has the same, but for accents and case"


def asked(**changes: Any) -> dict[str, Any]:
    return {
        "scales": {"agreement": [], "often": []},
        "blocks": [
            {"id": "fears", "scale": "agreement",
             "items": [{"id": "F1", "fr": "Un", "en": "One"}, {"id": "F2", "fr": "Deux"}]},
            {"id": "hopes", "scale": "often", "items": [{"id": "H1", "en": "Three"}]},
        ],
        "respondent": [{"id": "age", "fr": "Âge", "en": "Age"}, {"id": "sex", "fr": "Sexe"}],
        **changes,
    }  # fmt: skip


def told(content: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (each.place, str(each.value), str(each.expected), str(each.remedy))
        for each in cross_faults(content)
    ]


def with_item(**changes: Any) -> dict[str, Any]:
    """Return a questionnaire whose last item is changed."""
    content = asked()
    content["blocks"][1]["items"][0].update(changes)
    return content


LAST = ("blocks", 1, "items", 0)


def test_a_questionnaire_of_different_names_and_words_has_no_fault() -> None:
    assert told(asked()) == []


@pytest.mark.parametrize(
    ("name", "owner"),
    [("F1", "item F1"), ("fears", "block fears"), ("hopes", "block hopes")],
)
def test_a_name_is_used_once(name: str, owner: str) -> None:
    assert told(with_item(id=name)) == [
        ((*LAST, "id"), name, f"a name used once; {owner} has it already",
         "Rename one of the two."),
    ]  # fmt: skip


def test_names_differ_beyond_accents_and_case() -> None:
    assert told(with_item(id="f1")) == [
        ((*LAST, "id"), "f1",
         "a name used once, beyond accents and case; item F1 has 'F1' already",
         "Rename one of the two."),
    ]  # fmt: skip
    content = asked()
    content["respondent"].append({"id": "ÂGE"})
    assert told(content) == [
        (("respondent", 2, "id"), "ÂGE",
         "a name used once, beyond accents and case; question age has 'age' already",
         "Rename one of the two."),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["respondent", "class", "tree_class", "type", "Type", "CLASS"])
def test_names_of_other_columns_are_taken(name: str) -> None:
    fault = (
        (*LAST, "id"), name, "a name that is free",
        "respondent, class, tree_class, type name other columns: choose another name.",
    )  # fmt: skip
    assert told(with_item(id=name)) == [fault]
    column = ((*LAST, "column"), *fault[1:])
    assert told(with_item(column=name)) == ([column] if name.islower() else [])


def test_a_column_is_named_once_too_but_for_its_own_id() -> None:
    assert told(with_item(column="h1")) == []
    assert told(with_item(column="F2")) == [
        ((*LAST, "column"), "F2", "a name used once; item F2 has it already",
         "Rename one of the two."),
    ]  # fmt: skip
    content = with_item(column="Question 3")
    content["respondent"][0]["column"] = "Question 3"
    assert told(content)[0][0] == ("respondent", 0, "column")


def test_what_has_no_id_is_called_by_its_number() -> None:
    content = asked()
    content["blocks"][0]["items"][1] = {"fr": "x"}
    content["respondent"][1] = {"id": "", "fr": "X"}
    assert told(content) == [
        (("respondent", 1, "fr"), "X", OWN.format(owner="item 2"), "Word one of the two otherwise.")
    ]


@pytest.mark.parametrize(
    ("changes", "place", "text", "owner"),
    [
        ({"fr": "un"}, "fr", "un", "item F1"),
        ({"en": "ONE"}, "en", "ONE", "item F1"),
        ({"fr": "AGE"}, None, "", ""),  # the question comes after the item
    ],
)
def test_words_are_used_once_in_a_language(
    changes: dict[str, str], place: str | None, text: str, owner: str
) -> None:
    found = told(with_item(**changes))
    if place is None:
        assert found == [
            (("respondent", 0, "fr"), "Âge", OWN.format(owner="item H1"),
             "Word one of the two otherwise."),
        ]  # fmt: skip
    else:
        assert found == [
            ((*LAST, place), text, OWN.format(owner=owner), "Word one of the two otherwise.")
        ]


def test_short_words_differ_among_themselves() -> None:
    content = with_item(short={"fr": "Un", "en": "h"})
    assert told(content) == []
    content["blocks"][0]["items"][0]["short"] = {"fr": "UN", "en": " "}
    content["blocks"][0]["items"][1]["short"] = "none"
    assert told(content) == [
        ((*LAST, "short", "fr"), "Un", OWN.format(owner="item F1"),
         "Word one of the two otherwise."),
    ]  # fmt: skip
    assert told(with_item(fr="One", en="Deux")) == []


def test_scales_have_to_be_declared() -> None:
    content = asked()
    content["blocks"][0]["scale"] = "agrement"
    content["blocks"][1]["scale"] = ""
    found = told(content)
    assert [each[:3] for each in found] == [
        (("blocks", 0, "scale"), "agrement",
         "one of those declared under 'scales' (agreement, often)"),
        (("blocks", 1, "scale"), "", "the name of a scale"),
    ]  # fmt: skip
    assert "agreement" in found[0][3]
    assert found[1][3] == "Write it."
    content["blocks"][0]["scale"] = "xyz"
    assert told(content)[0][3] == "Declare it under 'scales'."


@pytest.mark.parametrize(("key", "catalogue"), [("theme", "themes"), ("hat", "hats")])
def test_themes_and_hats_have_to_be_declared_where_there_are_some(key: str, catalogue: str) -> None:
    content = with_item(**{key: "qqq"})
    assert told(content) == []
    content[catalogue] = {"care": {}, "work": {}}
    assert told(content) == [
        ((*LAST, key), "qqq", f"one of those declared under '{catalogue}' (care, work)",
         f"Declare it under '{catalogue}'."),
    ]  # fmt: skip
    content["blocks"][1]["items"][0][key] = "cares"
    assert "care" in told(content)[0][3]
    assert told(with_item(**{key: ""}) | {catalogue: {"care": {}}}) == []
    assert told(with_item(**{key: "care"}) | {catalogue: {"care": {}}}) == []


@pytest.mark.parametrize(
    "content",
    [{}, {"blocks": None}, {"blocks": "x", "respondent": {"id": 1}}, {"blocks": ["x", 3]},
     {"blocks": [{"items": [None, {"id": 5, "fr": 7}]}], "scales": ["a"]},
     {"respondent": [{"id": None}, {"id": None}, {"fr": " "}, {"fr": " "}]}],
)  # fmt: skip
def test_parts_that_are_none_are_passed_over(content: dict[str, Any]) -> None:
    assert told(content) == []
