"""New respondents: the types given back, those that none fits, what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rfree.items.short_forms import ScoringTable, ShortFormValidation
from typology.fit.fitted_typology import FittedTypology, fit_typology
from typology.fit.placing import place_respondents
from typology.problems import InputError
from typology.questionnaire.file import load_questionnaire
from typology.questionnaire.parts import only_items
from typology.results.checking import read_study
from typology.results.model_file import model_content
from typology.results.saved_model import read_model
from typology.study import load_study
from typology.tools.assign.assignment import (
    assign_by_short_form,
    assign_types,
    check_same_questionnaire,
)
from typology.tools.assign.files import read_item_answers
from typology.tools.short_form.files import scoring_sheet, write_short_form
from typology.tools.short_form.scored_form import _sizes_table, make_short_form

Made = tuple[FittedTypology, dict[str, Any]]


def made(study_file: Path) -> Made:
    """A typology and its model as its file holds it."""
    study = load_study(study_file)
    _, responses = read_study(study)
    fitted = fit_typology(study, responses)
    form = make_short_form(fitted)
    assert form is not None
    return fitted, json.loads(json.dumps(model_content(fitted, short_form=form.content)))


@pytest.fixture(scope="module")
def physicians(project: Path) -> Made:
    return made(project / "analysis" / "study.yml")


@pytest.fixture(scope="module")
def personality(project: Path) -> Made:
    """2,796 respondents, missing answers as a category of their own, six points."""
    return made(project / "tests" / "bfi_study" / "study.yml")


@pytest.fixture(params=["physicians", "personality"])
def either(request: pytest.FixtureRequest) -> Made:
    found: Made = request.getfixturevalue(request.param)
    return found


def test_the_sample_is_given_back_its_own_types(either: Made) -> None:
    fitted, model = either
    table = assign_types(model, fitted.items, language="fr")
    np.testing.assert_array_equal(table["class"], fitted.classes.labels)
    assert model["sample"] == {"n": len(table), "given_back": len(table)}
    assert set(table["remark"]) == {"", "unusual"}


def test_respondents_lie_where_the_analysis_put_them(either: Made) -> None:
    fitted, model = either
    places = place_respondents(model, fitted.items)
    mca, number = fitted.axes.mca, fitted.axes.number
    coordinates = mca.row_coordinates_.iloc[:, :number].to_numpy()
    np.testing.assert_allclose(places.coordinates, coordinates, atol=1e-12)
    # cos2 = squared coordinates / squared distance to the centre.
    cos2 = mca.row_cos2_.iloc[:, :number].sum(axis=1).to_numpy()
    inside = np.square(coordinates).sum(axis=1)
    np.testing.assert_allclose(places.residual**2, inside / cos2 - inside, rtol=1e-8)


def test_the_model_holds_no_respondent(physicians: Made) -> None:
    fitted, model = physicians
    text = json.dumps(model)
    assert not [name for name in fitted.items.index if name in text]
    assert len(text) < 100_000


def test_without_consolidation_the_model_says_how_many_it_gives_back(physicians: Made) -> None:
    fitted, _ = physicians
    choices = fitted.study.choices.model_copy(update={"consolidate": False})
    tree = fit_typology(replace(fitted.study, choices=choices), fitted.responses)
    model = model_content(tree)
    same = assign_types(model, tree.items, language="fr")["class"].to_numpy()
    given_back = int((same == tree.classes.labels.to_numpy()).sum())
    assert model["sample"]["given_back"] == given_back < len(tree.items)


def test_the_nearest_centre_is_the_surest_class(physicians: Made) -> None:
    fitted, model = physicians
    table = assign_types(model, fitted.items, language="en")
    distances = table[[f"distance_{number}" for number in (1, 2, 3, 4)]].to_numpy()
    np.testing.assert_array_equal(distances.argmin(axis=1) + 1, table["nearest_class"])
    second = np.argsort(distances, axis=1)[:, 1] + 1
    np.testing.assert_array_equal(second, table["second_class"])
    gap = np.sort(distances, axis=1)[:, 1] - distances.min(axis=1)
    surest = table["confidence"].iloc[gap.argmax()]
    assert surest > 0.99
    assert table["confidence"].between(0.25, 1).all()


def test_contradictory_answers_have_none_of_the_types(physicians: Made) -> None:
    """Extreme answers at random: nobody in the sample is like that."""
    _, model = physicians
    rng = np.random.default_rng(1)
    names = [each["item"] for each in model["items"]]
    drawn = pd.DataFrame(rng.choice([1, 5], (50, len(names))), columns=names).astype("Int64")
    table = assign_types(model, drawn, language="fr")
    assert set(table["name"]) == {"aucun des types"}
    assert table["class"].isna().all()
    assert table["confidence"].isna().all()
    assert table["nearest_class"].notna().all()


def test_few_of_a_second_sample_have_none_of_the_types(physicians: Made) -> None:
    """The limits are learnt with axes made without each respondent: halves are alike."""
    fitted, _ = physicians
    rng = np.random.default_rng(2)
    order = rng.permutation(len(fitted.items))
    half = fitted.items.iloc[order[: len(order) // 2]].index
    others = fitted.items.drop(half)
    responses = fitted.responses
    part = replace(
        responses, items=responses.items.loc[half], respondent=responses.respondent.loc[half]
    )
    model = model_content(fit_typology(fitted.study, part))
    none = assign_types(model, others, language="en")["remark"] == "none of the types"
    # About 2 in 157 expected; with limits from the fitted axes alone, 15.
    assert none.sum() <= 7


def test_the_limits_of_a_model_hold_its_sample_and_are_the_distance_of_nobody(
    physicians: Made,
) -> None:
    fitted, model = physicians
    told = [each for limit in model["limits"].values() for each in limit.values()]
    assert [round(each, 2) for each in told] == told
    table = assign_types(model, fitted.items, language="en")
    assert "none of the types" not in set(table["remark"])


def test_missing_answers_draw_to_the_centre_and_too_many_give_no_type(physicians: Made) -> None:
    fitted, model = physicians
    one = fitted.items.iloc[[1]]
    names = [each["item"] for each in model["items"]]
    half = one.copy()
    half[names[:20]] = pd.NA
    table = assign_types(model, half, language="en")
    assert table["remark"].iloc[0] in ("", "unusual")
    assert table["answered"].iloc[0] == 29
    most = one.copy()
    most[names[:30]] = pd.NA
    assert assign_types(model, most, language="en")["name"].iloc[0] == "too few answers"
    absent = one.drop(columns=names[:20])
    pd.testing.assert_frame_equal(assign_types(model, absent, language="en"), table)


def test_the_order_of_rows_changes_nothing(physicians: Made) -> None:
    fitted, model = physicians
    table = assign_types(model, fitted.items, language="fr")
    turned = assign_types(model, fitted.items.iloc[::-1], language="fr").iloc[::-1]
    pd.testing.assert_frame_equal(table, turned.reset_index(drop=True))


def test_another_questionnaire_is_refused_with_what_differs(
    physicians: Made, personality: Made
) -> None:
    with pytest.raises(InputError) as refused:
        check_same_questionnaire(physicians[1], personality[0].questionnaire, where="bfi.yml")
    # E01... are absent there.
    assert len(refused.value.problems) == 49
    assert "bfi.yml › E01" in str(refused.value)


def test_other_codes_are_refused_and_a_new_wording_is_told(physicians: Made) -> None:
    fitted, model = physicians
    items = [dict(each) for each in model["items"]]
    items[3]["codes"] = [1, 2, 3]
    with pytest.raises(InputError, match="codes of the model \\(1, 2, 3\\)"):
        check_same_questionnaire({"items": items}, fitted.questionnaire, where="q.yml")
    items[3]["codes"] = [1, 2, 3, 4, 5]
    items[3] |= {"fr": "Autre", "en": "Other"}
    told = check_same_questionnaire({"items": items}, fitted.questionnaire, where="q.yml")
    assert [str(each) for each in told] == ["Worded differently from the model: E04."]
    others = [{**each, "fr": "Autre", "en": "Other"} for each in items]
    with pytest.raises(InputError, match="other wordings of E01, "):
        check_same_questionnaire({"items": others}, fitted.questionnaire, where="q.yml")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{", "another file"),
        ('{"version": 1}', "version 1"),
        ('{"version": 2, "items": []}', "a model without simulated, questionnaire"),
        (None, "nothing"),
    ],
)
def test_what_is_no_model_is_refused(tmp_path: Path, text: str | None, found: str) -> None:
    path = tmp_path / "model.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=found):
        read_model(path)


def test_answers_are_read_whatever_else_the_file_holds(physicians: Made, tmp_path: Path) -> None:
    fitted, model = physicians
    names = [each["item"] for each in model["items"]]
    labels = fitted.items[names].astype("string").fillna("")
    scale = fitted.questionnaire.scale_of("E01")
    words = {str(code): scale.label(code, "fr") for code in scale.codes}
    table = labels.replace(words).drop(columns=["E05", "F01"])
    table.columns = [fitted.questionnaire.items[name].fr for name in table.columns]
    table.insert(0, "Remarques libres", "rien")
    path = tmp_path / "new.xlsx"
    table.reset_index().to_excel(path, index=False)
    responses, notices = read_item_answers(path, fitted.questionnaire, names)
    pd.testing.assert_frame_equal(
        responses.items, fitted.items[[*responses.items.columns]], check_index_type=False
    )
    assert "E05, F01" in notices[0]


def test_a_misspelt_column_is_no_missing_answer(physicians: Made, tmp_path: Path) -> None:
    fitted, model = physicians
    names = [each["item"] for each in model["items"]]
    path = tmp_path / "new.csv"
    fitted.items[names].rename(columns={"E05": "E05b"}).reset_index().to_csv(path, index=False)
    with pytest.raises(InputError, match="E05"):
        read_item_answers(path, fitted.questionnaire, names)


# --- The short form.


def test_the_tables_say_how_well_each_size_gives_the_types_back(either: Made) -> None:
    fitted, _ = either
    form = make_short_form(fitted)
    assert form is not None
    sizes = form.tables["short_form_sizes"].set_index("size")
    assert list(sizes.index[:4]) == [5, 8, 10, 12]
    assert (sizes["accuracy"] > sizes["largest_type"] + 15).all()
    assert (sizes["accuracy_unrounded"] > sizes["largest_type"] + 15).all()
    assert sizes["accuracy"].iloc[-1] == sizes["accuracy"].max()
    assert sizes["chosen"].sum() == 1
    types = form.tables["short_form_types"]
    for size, rows in types.groupby("size"):
        right = (rows["found_share"] * rows["n"]).sum() / rows["n"].sum()
        assert right == pytest.approx(sizes.loc[size, "accuracy"])


def test_accuracies_are_shares_of_respondents_with_and_without_rounding() -> None:
    labels = np.array([1, 1, 1, 2, 2])
    right = {2: np.array([1, 1, 2, 2, 1]), 3: np.array([1, 1, 1, 2, 1])}
    unrounded = {2: np.array([1, 1, 1, 1, 1]), 3: labels}
    chosen = {2: np.zeros(3), 3: np.zeros(3)}
    longest = ScoringTable(np.array([2, 0, 1]), np.zeros((3, 2, 2)), np.zeros(2))
    table = _sizes_table(
        ShortFormValidation(right, unrounded, chosen), labels, longest, ["A", "B", "C"], 3
    )
    assert table["accuracy"].tolist() == pytest.approx([60, 80])
    assert table["accuracy_unrounded"].tolist() == pytest.approx([60, 100])
    assert table["largest_type"].tolist() == pytest.approx([60, 60])
    assert table["items"].tolist() == ["C A", "C A B"]
    assert table["chosen"].tolist() == [False, True]
    # Three of five: Wilson's limits by hand.
    assert (table["low"].iloc[0], table["high"].iloc[0]) == pytest.approx(
        (23.072, 88.238), abs=1e-2
    )


def test_the_size_can_be_chosen(physicians: Made) -> None:
    form = make_short_form(physicians[0], size=6, sizes=(5,))
    assert form is not None
    assert form.content["size"] == 6 == len(form.content["items"])
    assert list(form.tables["short_form_sizes"]["size"]) == [5, 6, 49]


def test_the_short_form_scores_as_a_reader_would_on_paper(physicians: Made) -> None:
    fitted, model = physicians
    form = model["short_form"]
    one = fitted.items.iloc[[0]]
    expected = list(form["start"])
    for item in form["items"]:
        code = one[item["item"]].iloc[0]
        if code is not pd.NA:
            row = item["points"][item["codes"].index(int(code))]
            expected = [total + points for total, points in zip(expected, row, strict=True)]
    table = assign_by_short_form(model, one, language="en")
    assert [table[f"points_{number}"].iloc[0] for number in (1, 2, 3, 4)] == expected
    assert table["class"].iloc[0] == int(np.argmax(expected)) + 1
    points = [point for item in form["items"] for row in item["points"] for point in row]
    assert min(points) == 0
    assert max(points) == 9


def test_confidence_of_the_short_form_is_the_share_rightly_given_the_type(
    physicians: Made,
) -> None:
    fitted, model = physicians
    table = assign_by_short_form(model, fitted.items, language="en")
    right = {each["class"]: each["correct_share"] / 100 for each in model["short_form"]["classes"]}
    np.testing.assert_allclose(
        table["confidence"].astype(float), [right[each] for each in table["class"]]
    )


def test_no_answer_gives_no_points_and_no_type(physicians: Made) -> None:
    _, model = physicians
    items = pd.DataFrame({"E20": pd.array([pd.NA], dtype="Int64")}, index=["a"])
    table = assign_by_short_form(model, items, language="fr")
    assert table["name"].iloc[0] == "trop peu de réponses"
    start = [int(table[f"points_{number}"].iloc[0]) for number in (1, 2, 3, 4)]
    assert start == model["short_form"]["start"]


@pytest.mark.parametrize("study", ["physicians", "personality"])
def test_the_short_form_is_a_questionnaire_of_its_own(
    study: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    fitted, model = request.getfixturevalue(study)
    files = write_short_form(tmp_path / "short_form", model, fitted.questionnaire)
    short = load_questionnaire(files[0])
    wanted = [each["item"] for each in model["short_form"]["items"]]
    assert list(short.items) == wanted
    assert {name: item.en for name, item in short.items.items()} == {
        name: fitted.questionnaire.items[name].en for name in wanted
    }
    assert [each.name for each in files[1:]] == [
        f"scoring_{language}.md" for language in fitted.questionnaire.languages
    ]


def test_the_scoring_sheet_has_every_point(physicians: Made) -> None:
    fitted, model = physicians
    sheet = scoring_sheet(model, fitted.questionnaire, "fr")
    assert "Données simulées" in sheet
    for item in model["short_form"]["items"]:
        for points in item["points"]:
            assert f"| {' | '.join(map(str, points))} |" in sheet


def test_only_some_items_keep_their_blocks_and_scales(physicians: Made) -> None:
    part = only_items(physicians[0].questionnaire, ["F02", "E01"])
    assert [block.id for block in part.blocks] == ["expectations", "fears"]
    assert list(part.items) == ["E01", "F02"]
    assert part.respondent == ()
