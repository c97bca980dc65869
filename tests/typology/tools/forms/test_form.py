"""The form that a questionnaire makes, whatever shows it."""

from __future__ import annotations

import pytest

from hostile_form import content
from typology.questionnaire import Questionnaire
from typology.questionnaire.forms.form import Form, make_form
from typology.questionnaire.forms.names import platform_names
from typology.tools.forms.asked import bounds_in_words, digits
from typology.tools.forms.platforms import PLATFORMS


def test_it_has_the_ids_and_the_codes_of_the_questionnaire(physicians_form: Form) -> None:
    assert [grid.id for grid in physicians_form.grids] == ["expectations", "fears", "feelings"]
    assert [row.id for row in physicians_form.grids[0].rows][:2] == ["E01", "E02"]
    assert [option.code for option in physicians_form.grids[0].options] == list("12345")
    assert [option.code for option in physicians_form.questions[1].options] == ["female", "male"]


def test_dont_know_is_the_last_answer_of_its_grids_alone(hostile: Form) -> None:
    first, second = hostile.grids
    assert [option.code for option in first.options] == ["-2", "-1", "0", "1", "2", "9"]
    assert [option.code for option in second.options] == ["0", "1"]


def test_a_block_without_introduction_asks_its_title(hostile: Form) -> None:
    assert hostile.grids[1].asked == hostile.grids[1].title
    assert hostile.grids[0].asked != hostile.grids[0].title


def test_it_can_be_in_some_of_the_languages_in_their_order() -> None:
    questionnaire = Questionnaire.model_validate(content())
    assert make_form(questionnaire).languages == ("fr", "en")
    assert make_form(questionnaire, ["en", "fr"]).languages == ("en", "fr")
    assert make_form(questionnaire, ["en"]).languages == ("en",)


def test_a_language_that_the_questionnaire_has_not_is_refused() -> None:
    questionnaire = Questionnaire.model_validate({**content(), "languages": ["en"]})
    with pytest.raises(ValueError, match="not worded in fr"):
        make_form(questionnaire, ["fr"])


@pytest.mark.parametrize("platform", list(PLATFORMS))
def test_the_same_form_has_the_same_bytes(form: Form, platform: str) -> None:
    write = PLATFORMS[platform].write
    assert dict(write(form).files) == dict(write(form).files)


@pytest.mark.parametrize("platform", list(PLATFORMS))
def test_a_form_in_one_language_has_only_its_words(platform: str) -> None:
    english = make_form(Questionnaire.model_validate(content()), ["en"])
    (written,) = PLATFORMS[platform].write(english).files.values()
    assert b"Questions sur vous" not in written


@pytest.mark.parametrize(
    ("value", "written"), [(25.0, "25"), (0.5, "0.5"), (1e6, "1000000"), (-3.0, "-3")]
)
def test_numbers_are_written_without_exponent(value: float, written: str) -> None:
    assert digits(value) == written


def test_bounds_are_said_in_words(hostile: Form) -> None:
    told = {each.id: each for each in hostile.questions}
    assert bounds_in_words(told["meta"], "fr") == "un nombre de 0,5 à 1000000"
    assert bounds_in_words(told["free"], "en") == "a number from 0"
    assert bounds_in_words(told["since"], "en") == (
        "a date from 31\u00a0January\u00a01990 to 1\u00a0December\u00a02021"
    )
    assert bounds_in_words(told["note"], "en") == ""


def test_names_that_need_no_change_keep_theirs() -> None:
    def fit(name: str) -> str:
        return name.replace("_", "")

    found = platform_names(["a_b", "ab", "longer_name", "longer_nam"], fit, longest=8)
    assert found == {"a_b": "ab2", "ab": "ab", "longer_name": "longerna", "longer_nam": "longern2"}
    assert platform_names(["time"], fit, longest=8, taken=["TIME"]) == {"time": "time2"}
