"""What stands above the columns of each platform's export, by the platforms' own rules."""

from __future__ import annotations

import pytest

from typology.questionnaire.forms.form import Form
from typology.questionnaire.forms.heading import Heading
from typology.questionnaire.forms.headings import PLATFORMS_ANSWERED, answer_headings

ONLINE = PLATFORMS_ANSWERED


def of(form: Form, platform: str, asked: str) -> list[Heading]:
    return [each for each in answer_headings(form, platform, language="fr") if each.asked == asked]


def names(form: Form, platform: str, asked: str) -> list[str]:
    return [each.names[0] for each in of(form, platform, asked)]


@pytest.mark.parametrize("platform", ONLINE)
def test_every_item_and_every_question_comes_back(form: Form, platform: str) -> None:
    told = answer_headings(form, platform, language=form.languages[0])
    asked = [row.id for grid in form.grids for row in grid.rows]
    asked += [question.id for question in form.questions]
    assert list(dict.fromkeys(each.asked for each in told)) == asked


@pytest.mark.parametrize("platform", ONLINE)
def test_a_heading_says_yes_or_no_to_words_of_ones_own(hostile: Form, platform: str) -> None:
    for each in answer_headings(hostile, platform, language="fr"):
        assert isinstance(each.own_words, bool)
        assert isinstance(each.rank, int)
        assert each.separator in ("", " ", ", ", ";", ",")


@pytest.mark.parametrize("platform", ONLINE)
def test_no_two_columns_have_the_same_heading(form: Form, platform: str) -> None:
    for language in form.languages:
        told = answer_headings(form, platform, language=language)
        for kind in zip(*(each.names for each in told), strict=False):
            assert len(set(kind)) == len(kind)


@pytest.mark.parametrize("platform", ONLINE)
def test_answers_to_an_item_come_back_as_all_its_codes(form: Form, platform: str) -> None:
    told = {
        each.asked: each for each in answer_headings(form, platform, language=form.languages[0])
    }
    for grid in form.grids:
        for row in grid.rows:
            codes = list(told[row.id].answers.values())
            assert codes == [option.code for option in grid.options]


@pytest.mark.parametrize("platform", ONLINE)
def test_answers_to_a_single_choice_come_back_as_its_codes(form: Form, platform: str) -> None:
    for question in form.questions:
        if question.kind == "single":
            main, *words = of(form, platform, question.id)
            codes = {option.code for option in question.options}
            assert set(main.answers.values()) | ({main.otherwise} - {""}) == codes
            assert [each.own_words for each in words] == [True] * len(words)


@pytest.mark.parametrize("platform", ONLINE)
def test_every_choice_of_several_has_a_column_or_is_listed_in_one(
    hostile: Form, platform: str
) -> None:
    for question in hostile.questions:
        if question.kind in ("multiple", "rank"):
            codes = {option.code for option in question.options}
            told = of(hostile, platform, question.id)
            listed = {code for each in told for code in each.answers.values()}
            listed |= {each.choice for each in told} | {each.otherwise for each in told}
            assert listed - {""} == codes


@pytest.mark.parametrize("platform", ONLINE)
def test_the_column_of_a_choice_says_that_it_was_chosen_or_its_rank(
    hostile: Form, platform: str
) -> None:
    """Of several, whatever stands for it means its code; of a ranking, cells hold numbers."""
    for question in hostile.questions:
        for told in of(hostile, platform, question.id):
            if told.own_words:
                assert (told.answers, told.rank, told.separator) == ({}, 0, "")
            elif told.choice and question.kind == "multiple":
                assert set(told.answers.values()) == {told.choice}
                assert told.rank == 0
            elif told.choice:
                assert question.kind == "rank"
                assert told.answers == {}


def test_limesurvey(hostile: Form) -> None:
    assert of(hostile, "limesurvey", "E_1")[0].names == ("SID2[E12]", "SID2_E12")
    assert names(hostile, "limesurvey", "tools__used_") == [
        "toolsused[mail]", "toolsused[videocall]", "toolsused[other2]", "toolsused[x1]",
    ]  # fmt: skip
    assert [each.rank for each in of(hostile, "limesurvey", "Order")] == [1, 2, 3]
    assert names(hostile, "limesurvey", "Order") == ["Order[1]", "Order[2]", "Order[3]"]
    assert of(hostile, "limesurvey", "Order")[0].answers == {
        "A1": "a", "A2": "b_long_code", "A3": "c",
    }  # fmt: skip
    for question in hostile.questions:
        for told in of(hostile, "limesurvey", question.id):
            assert all(name.startswith(told.names[0].partition("[")[0]) for name in told.names)
            assert len(told.names) == (2 if "[" in told.names[0] else 1)
            if told.own_words:
                assert question.own_words is not None
                assert told.choice == question.own_words.code
    chosen, words = of(hostile, "limesurvey", "how")
    assert words.names == ("how[other]", "how_other")
    assert (words.choice, words.answers) == ("Else", {})
    assert chosen.answers == {"mail": "mail", "post": "post", "-oth-": "Else"}
    assert (words.names[0], words.own_words) == ("how[other]", True)


def test_redcap(hostile: Form) -> None:
    assert names(hostile, "redcap", "E_1") == ["e_1"]
    assert names(hostile, "redcap", "tools__used_") == [
        "tools_used___mail", "tools_used___video_call", "tools_used___other", "tools_used___x_1",
    ]  # fmt: skip
    assert names(hostile, "redcap", "Order") == ["order_a", "order_b_long_code", "order_c"]
    assert names(hostile, "redcap", "whom") == ["whom___gp", "whom___o", "whom_o_text"]


def test_xlsform(hostile: Form) -> None:
    assert of(hostile, "xlsform", "E_1")[0].names == ("SID/E_1", "E_1", "SID-E_1")
    listed, *choices, words = of(hostile, "xlsform", "whom")
    assert (listed.names[0], listed.separator) == ("about_you2/whom", " ")
    assert [each.names[0] for each in choices] == ["about_you2/whom/gp", "about_you2/whom/o"]
    assert words.names[0] == "about_you2/whom_o_text"


def test_google_forms(hostile: Form) -> None:
    grid = hostile.grids[0]
    item = of(hostile, "google-forms", "E_1")[0]
    assert item.names == (f"{grid.asked.in_('fr')} [{grid.rows[0].text.in_('fr')}]",)
    assert of(hostile, "google-forms", "whom")[0].separator == ", "
    assert of(hostile, "google-forms", "whom")[0].otherwise == "o"
    for question in hostile.questions:
        several = ", " if question.kind == "multiple" else ""
        other = "" if question.own_words is None else question.own_words.code
        for told in of(hostile, "google-forms", question.id):
            assert told.separator == several
            assert told.otherwise == (other if question.kind != "rank" else "")
    english = answer_headings(hostile, "google-forms", language="en")
    assert english[0].names[0].endswith(f"[{grid.rows[0].text.in_('en')}]")


def test_qualtrics(hostile: Form) -> None:
    assert names(hostile, "qualtrics", "E_1") == ["SID_1"]
    assert names(hostile, "qualtrics", "E1") == ["SID_2"]
    assert names(hostile, "qualtrics", "whom") == ["whom", "whom_1", "whom_2", "whom_o_text"]
    assert of(hostile, "qualtrics", "record_id")[0].answers["2"] == "semi-urban"
    assert of(hostile, "qualtrics", "E_1")[0].answers["-2"] == "-2"


def test_a_form_on_paper_has_none(physicians_form: Form) -> None:
    with pytest.raises(KeyError, match="docx"):
        answer_headings(physicians_form, "docx", language="fr")
