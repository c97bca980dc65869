"""Subgroups and crossed questions of a study: tables, figure and sentences in both languages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from typology.axes.characteristics.crossed_map import CROSSED_MAP, crossed_map
from typology.axes.characteristics.measure import crossed_tables, subgroup_tables
from typology.axes.characteristics.sentences import crossed_sentence, subgroups_paragraph
from typology.axes.characteristics.tables import (
    crossed_effects_table,
    crossed_table,
    subgroup_axes_table,
    subgroup_categories_table,
    typicality_table,
)
from typology.axes.measure import axis_block_inertia
from typology.axes.tables import all_axes_table, axes_table, axis_questions_table
from typology.axes.tables import axis_blocks_table as blocks_shown
from typology.exhibits.labels import Labels
from typology.fit.axes import fit_axes
from typology.fit.placing import place_respondents
from typology.problems import InputError
from typology.questionnaire.characteristics import characteristic_categories
from typology.results.model_file import axes_content, item_content
from typology.results.pipeline import Analysis
from typology.study.study import check_study
from typology.words import word

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def placed(shipped: Analysis) -> Tables:
    fitted = shipped.fitted
    characteristics = characteristic_categories(fitted.questionnaire, fitted.respondent)
    named = {"practice": ("solo", "msp"), "sex": ("nobody",)}
    compared = subgroup_tables(
        fitted.axes, fitted.active, characteristics, named,
        sample_weight=fitted.sample_weight, seed=1,
    )  # fmt: skip
    crossed = crossed_tables(
        fitted.axes, characteristics, ("practice", "satisfaction"),
        sample_weight=fitted.sample_weight,
    )  # fmt: skip
    return shipped.tables | compared | crossed


@pytest.fixture(params=["fr", "en"])
def labels(request: pytest.FixtureRequest, shipped: Analysis) -> Labels:
    fitted = shipped.fitted
    return Labels(fitted.questionnaire, request.param, fitted.study.type_names)


def test_subgroups_are_compared_and_those_too_small_are_not(placed: Tables, shipped: Analysis):
    compared = placed["subgroups"].set_index("category")
    practice = shipped.fitted.respondent["practice"]
    assert compared.loc["solo", "n"] == (practice == "solo").sum()
    assert compared.loc["nobody", "n"] == 0
    assert np.isnan(compared.loc["nobody", "distance"])
    # The z of an axis is the v-test of the category there.
    categories = shipped.tables["categories"].set_index(["variable", "category", "axis"])
    own = placed["subgroup_axes"].set_index(["subgroup", "axis"])
    answered = (practice.notna()).all()
    if answered:
        v_test = categories.loc[("practice", "solo", 1), "v_test"]
        assert own.loc[(1, 1), "z"] == pytest.approx(v_test)


def test_crossed_answers_of_few_respondents_have_no_place(placed: Tables):
    crossed = placed["crossed_categories"]
    few = crossed["n"] < 5
    assert few.any()
    assert crossed.loc[few, "coordinate"].isna().all()
    assert crossed.loc[~few, "coordinate"].notna().all()
    effects = placed["crossed_effects"]
    assert (effects["crossed"] >= effects["additive"] - 1e-9).all()


def test_everything_is_told_in_both_languages(placed: Tables, labels: Labels):
    chosen = placed["subgroups"]["category"] != "nobody"  # no answer of the questionnaire
    placed = {**placed, "subgroups": placed["subgroups"][chosen]}
    kept = set(placed["subgroups"]["subgroup"])
    axes = placed["subgroup_axes"]
    placed["subgroup_axes"] = axes[axes["subgroup"].isin(kept)]
    told = subgroups_paragraph(placed, labels)
    assert labels.answer("practice", "solo").lower() in told.lower()
    assert "nan" not in told
    assert crossed_sentence(placed, labels)
    tables = [
        typicality_table(placed, labels),
        subgroup_axes_table(placed, labels),
        subgroup_categories_table(placed, labels, 1),
        crossed_table(placed, labels),
        crossed_effects_table(placed, labels),
        axis_questions_table(placed, labels),
        blocks_shown(placed, labels),
    ]
    for table in tables:
        rows = [row for group in table.groups for row in group.rows]
        assert rows
        assert {len(row) for row in rows} == {len(table.columns)}


def test_a_subgroup_of_which_no_answer_is_published_has_no_empty_table(
    placed: Tables, labels: Labels
):
    assert subgroup_categories_table.parts(placed, labels) != []
    untold = placed["subgroup_categories"].assign(contribution=float("nan"))
    hidden = {**placed, "subgroup_categories": untold}
    assert subgroup_categories_table.parts(hidden, labels) == []


def test_numbers_that_are_told_coarsely_have_no_zero_put_after_them(placed: Tables, labels: Labels):
    links = placed["axis_variables"]
    coarse = links.assign(r2=links["r2"].round(1))
    rows = axis_questions_table({**placed, "axis_variables": coarse}, labels).rows
    assert {len(cell) for row in rows for cell in row[1:]} == {len("0,5")}
    exact = axis_questions_table(placed, labels)
    assert any(len(cell) == len("0,52") for row in exact.rows for cell in row[1:])
    assert len(exact.notes) == 1


def test_axes_without_a_corrected_rate_fill_no_page(placed: Tables, labels: Labels):
    axes = placed["axes"]
    corrected = int(axes["benzecri"].notna().sum())
    shown = all_axes_table(placed, labels)
    assert len(shown.rows) == max(corrected, int(axes["kept"].sum()) + 3) < len(axes)


def test_no_text_overlaps_another_or_is_cut(placed: Tables, labels: Labels):
    figure = crossed_map(placed["crossed_categories"], placed["axes"], labels, simulated=True)
    first = placed["crossed_categories"].query("axis == 1")
    written = [text for text in figure.texts if text.get_gid() == "label supplementary"]
    assert len(written) == first["coordinate"].notna().sum()
    renderer = figure.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in written]
    assert not any(
        one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[place + 1 :]
    )
    assert CROSSED_MAP.describe(placed, labels)


def test_nothing_is_told_of_a_study_that_asks_for_none(shipped: Analysis, labels: Labels):
    assert "subgroups" not in shipped.tables
    assert subgroups_paragraph(shipped.tables, labels) == ""
    assert crossed_sentence(shipped.tables, labels) == ""
    assert not CROSSED_MAP.is_there(shipped.tables)


def test_blocks_that_weigh_the_same_place_respondents_as_their_model_does(
    shipped: Analysis, labels: Labels
):
    fitted = shipped.fitted
    blocks = fitted.study.active_blocks(fitted.questionnaire)
    weighed = {item: block for block, items in blocks.items() for item in items}
    axes = fit_axes(replace(fitted.active, blocks=weighed), fitted.study.axis_rule)
    model = axes_content(axes.mca, axes.number)
    model["items"] = [item_content(fitted.questionnaire, item) for item in weighed]
    places = place_respondents(model, fitted.active_given)
    kept = axes.mca.row_coordinates_.iloc[:, : axes.number]
    np.testing.assert_allclose(places.coordinates, kept, atol=1e-9)
    total = np.square(axes.mca.row_coordinates_).iloc[:, 0] / axes.mca.row_cos2_.iloc[:, 0]
    outside = total - np.square(kept).sum(axis=1)
    np.testing.assert_allclose(np.square(places.residual), outside, atol=1e-8)
    made = axis_block_inertia(axes, blocks)
    assert (made["weight"] > 1).all()
    np.testing.assert_allclose(made.groupby("axis")["contribution"].sum(), 100)
    shown = axes_table(shipped.tables | {"axis_blocks": made}, labels)
    assert shown.notes[0] == word(
        "paper_axes_note", labels.language, "blocks",
        shown=axes.number + 3, total=len(shipped.tables["axes"]),
    )  # fmt: skip


def test_what_the_questionnaire_does_not_have_is_told(shipped: Analysis):
    fitted = shipped.fitted
    choices = fitted.study.choices.model_copy(
        update={"subgroups": {"practice": ("alone",), "seks": ("f",)}, "crossed": ("sex", "sex")}
    )
    with pytest.raises(InputError) as raised:
        check_study(replace(fitted.study, choices=choices), fitted.questionnaire)
    where = [problem.where.split(" › ", 1)[1] for problem in raised.value.problems]
    assert sorted(where) == ["crossed", "subgroups", "subgroups › practice"]
