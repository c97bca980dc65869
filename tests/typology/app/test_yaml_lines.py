"""Lines written into the files people edit: the value alone changes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="The page (extra: app) is not installed.")

from typology.app.yaml_lines import value_in_yaml, with_value

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


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]))
values = st.one_of(texts, st.lists(texts), st.dictionaries(texts.filter(bool), texts, min_size=1))


@given(value=values)
def test_any_text_is_read_as_it_was_meant(value: Any) -> None:
    for place in (["no_answer"], ["types", "keen", "fr"], ["exclusions", "new"]):
        assert value_in_yaml(yaml.safe_load(with_value(STUDY, place, value)), place) == value
