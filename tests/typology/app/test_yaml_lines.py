"""Lines written into the files people edit: the value alone changes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="The page (extra: app) is not installed.")

from typology.app.yaml_lines import value_in_yaml, with_content, with_value
from typology.files.yaml_limits import PlainLoader

STUDY = """\
# The title.
title: {fr: "Café"}  # shown
# Words that mean no answer.
#no_answer: ["Don't know"]

exclusions:
  # Tests of the questionnaire.
  #respondents: [R12]
  max_missing_share: 50

# The types.
types:
  - {id: keen, fr: "les partants", profile: {hopes: high}}
  # The others.
  - id: wary
    fr: "les prudents"
# The end.
"""


def comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.lstrip().startswith("# ")]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (["title"], {"fr": "Thé : le soir"}),
        (["no_answer"], ["NSP", "« rien »"]),
        (["seed"], 7),
        (["exclusions", "max_missing_share"], 30),
        (["exclusions", "respondents"], ["R3"]),
        (["validity", "resamples"], 19),
        (["types", "keen", "fr"], "les mordus"),
        (["types", "wary", "profile"], {"hopes": "low"}),
        (["exclusions"], {"duplicates": True}),
        (["answer_words"], {"agreement": {"So: so": "Neutral", "yes": "on"}}),
    ],
)
def test_a_value_is_written_and_all_else_stays(place: list[str], value: object) -> None:
    new = with_value(STUDY, place, value)
    before, after = yaml.safe_load(STUDY), yaml.safe_load(new)
    assert value_in_yaml(after, place) == value
    without = {key: each for key, each in before.items() if key != place[0]}
    assert {key: each for key, each in after.items() if key in without} == without
    kept = set(comments(STUDY)) - (
        {"  # Tests of the questionnaire."} if place == ["exclusions"] else set()
    )
    assert kept <= set(comments(new))


def test_a_key_takes_the_place_of_its_commented_example() -> None:
    new = with_value(STUDY, ["no_answer"], ["NSP"])
    assert new.splitlines()[2:4] == ["# Words that mean no answer.", "no_answer: [NSP]"]


def test_a_key_is_taken_away_with_its_line() -> None:
    new = with_value(STUDY, ["exclusions"], None)
    assert "exclusions" not in yaml.safe_load(new)
    assert with_value(STUDY, ["nothing_like_it"], None) == STUDY


LISTED = """\
# Above.
blocks:
  # Of a.
  - id: a  # first
    fr: "A"
  - {id: b, fr: "B"}  # second

  # Of c.
  - text: true
    code: c
    fr: |
      one
      two
# Below.
flow: [{code: no, fr: "Non"}, {code: 2, fr: "Deux"}]
last: 1
"""


def read(text: str) -> Any:
    return yaml.load(text, Loader=PlainLoader)


def edited(**blocks: Any) -> dict[str, Any]:
    content = dict(read(LISTED))
    known = {each.get("id") or each["code"]: each for each in content["blocks"]}
    content["blocks"] = [{**known.get(name, {"id": name}), **new} for name, new in blocks.items()]
    return content


@pytest.mark.parametrize(
    "content",
    [
        edited(a={"fr": "Ah"}, b={}, c={}),
        edited(b={}, c={"fr": "three"}),
        edited(a={}, b={"more": [1, 2]}, new={"fr": "New: one"}, c={}),
        edited(new={"fr": "New"}, a={}, b={}, c={}),
        edited(a={}, b={}, c={}, new={"choices": [{"code": "x", "fr": "X"}]}),
        edited(c={}, a={}, b={}),
    ],
)
def test_entries_are_changed_one_by_one(content: dict[str, Any]) -> None:
    new = with_content(LISTED, content)
    assert read(new) == content
    for comment in ("# Above.", "# Of a.", "# Of c.", "# Below."):
        assert comment in new
    untouched = [line for line in LISTED.splitlines() if "code: no" in line or "last" in line]
    assert set(untouched) <= set(new.splitlines())


def test_a_word_that_yaml_takes_for_something_else_stays_a_word() -> None:
    content = read(LISTED)
    content["flow"][0]["fr"] = "Nenni"
    assert read(with_content(LISTED, content))["flow"][0] == {"code": "no", "fr": "Nenni"}


def test_a_key_that_begins_an_entry_is_taken_away_without_its_dash() -> None:
    content = read(LISTED)
    del content["blocks"][2]["text"]
    new = with_content(LISTED, content)
    assert read(new) == content
    assert "  - code: c" in new


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]))
values = st.one_of(texts, st.lists(texts), st.dictionaries(texts.filter(bool), texts, min_size=1))


@given(value=values)
def test_any_text_is_read_as_it_was_meant(value: Any) -> None:
    for place in (["no_answer"], ["types", "keen", "fr"], ["exclusions", "new"]):
        assert value_in_yaml(yaml.safe_load(with_value(STUDY, place, value)), place) == value


names = st.sampled_from(["a", "b", "c", "d", "no", "7"])
entries = st.lists(
    st.builds(lambda name, each: {"id": name, **each}, names,
              st.dictionaries(st.sampled_from(["fr", "en", "text"]), texts)),
    unique_by=lambda each: each["id"],
)  # fmt: skip


@settings(deadline=None)
@given(blocks=entries, more=values)
def test_a_file_says_any_content_that_it_is_to_say(blocks: Any, more: Any) -> None:
    content = {"blocks": blocks, "more": more}
    new = with_content(LISTED, content)
    assert read(new) == content
    again = with_content(new, {**content, "blocks": blocks[::-1]})
    assert read(again) == {**content, "blocks": blocks[::-1]}
