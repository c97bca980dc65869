"""Figures on how real a typology is: readable in every shape, true to their tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PolyCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse, Rectangle

from figure_shapes import study_of
from made_up_study import MadeUpLabels, Study
from made_up_validity import NULLS, VALIDITY_FIGURES, category_ellipses_of, validity_tables
from reading import Reading, cut, overlapping, read_figure, texts_of, words_of
from typology.exhibits.canvas.saving import save_figure
from typology.exhibits.canvas.style import INK, class_colour
from typology.exhibits.registry import FigureExhibit
from typology.types.consolidation import BRANCH_STEP, moved
from typology.types.tree import classification_tree, classification_tree_alt

SHAPES = ("study", "ten", "six")
EVERY = pytest.mark.parametrize("name", list(VALIDITY_FIGURES))


@dataclass(frozen=True)
class Made:
    """A figure with made-up tables."""

    exhibit: FigureExhibit
    tables: dict[str, pd.DataFrame]
    labels: Any

    def draw(self, *, simulated: bool) -> Figure:
        return self.exhibit.draw(self.tables, self.labels, simulated=simulated)

    def describe(self) -> str:
        return self.exhibit.describe(self.tables, self.labels)


@cache
def tables_of(shape: str) -> dict[str, pd.DataFrame]:
    study = study_of(shape)
    axes = study.axes.assign(kept=study.axes["axis"] <= 3)
    return validity_tables(len(study.classes)) | {
        "classes": study.classes,
        "axes": axes,
        "categories": study.categories,
        "category_ellipses": category_ellipses_of(study.categories),
        "item_agreement": study.item_agreement,
    }


def figures_of(shape: str, **replaced: Any) -> dict[str, Made]:
    tables = tables_of(shape) | replaced
    return {
        name: Made(exhibit, tables, study_of(shape).labels)
        for name, exhibit in VALIDITY_FIGURES.items()
        if exhibit.is_there(tables)
    }


@cache
def marked(name: str, shape: str) -> Reading:
    """Read a figure of simulated answers, drawn once for all the tests."""
    return read_figure(figures_of(shape)[name].draw(simulated=True))


@EVERY
@pytest.mark.parametrize("shape", SHAPES)
def test_no_text_overlaps_another_or_is_cut(name: str, shape: str) -> None:
    figure = marked(name, shape)
    assert len(figure.texts) > 8
    assert figure.overlapping == ()
    assert figure.cut == ()


@EVERY
def test_simulated_data_are_marked_and_real_ones_are_not(name: str) -> None:
    assert "Données simulées" in marked(name, "study").words
    real = figures_of("study")[name].draw(simulated=False)
    assert "Données simulées" not in words_of(real)


@EVERY
@pytest.mark.parametrize("shape", SHAPES)
def test_alternative_texts_are_sentences_without_gaps(name: str, shape: str) -> None:
    text = figures_of(shape)[name].describe()
    assert text.endswith(".")
    assert re.search(r"\bnan\b|\bNone\b|<NA>|[{}_]|  ", text) is None
    assert not [raw for raw in (*NULLS, "do not trust") if re.search(rf"\b{raw}\b", text)] or (
        study_of(shape).labels.language == "en"
    )


@EVERY
def test_a_figure_is_saved_in_the_same_bytes_and_leaves_matplotlib_as_it_was(
    name: str, tmp_path: Any
) -> None:
    before = dict(mpl.rcParams)
    saved = [
        [file.read_bytes() for file in save_figure(figures_of("study")[name].draw(simulated=True),
                                                   tmp_path / run)]
        for run in ("first", "second")
    ]  # fmt: skip
    assert saved[0] == saved[1]
    assert dict(mpl.rcParams) == before


@EVERY
def test_a_figure_whose_tables_are_absent_is_left_out(name: str) -> None:
    needed = VALIDITY_FIGURES[name].needs[0]
    without = {key: table for key, table in tables_of("study").items() if key != needed}
    assert not VALIDITY_FIGURES[name].is_there(without)
    assert name not in figures_of("study", **{needed: tables_of("study")[needed].head(0)})


@EVERY
def test_a_table_without_its_columns_is_refused(name: str) -> None:
    spoilt = {VALIDITY_FIGURES[name].needs[0]: pd.DataFrame({"respondent": [1]})}
    with pytest.raises(ValueError, match=r"The table '\w+' lacks the columns"):
        figures_of("study", **spoilt)[name].describe()


def test_an_unknown_null_is_refused_with_the_keys_that_resemble_it() -> None:
    table = tables_of("study")["null_by_classes"].replace("one attitude", "two attitudes")
    with pytest.raises(KeyError, match=r"null > two attitudes.*Nearest keys"):
        figures_of("study", null_by_classes=table)["null_by_classes"].draw(simulated=True)


def test_stability_shows_means_intervals_and_the_words_of_the_marks() -> None:
    table = tables_of("study")["stability"]
    figure = figures_of("study")["stability"].draw(simulated=False)
    ax = figure.axes[0]
    ends = {tuple(np.round(line.get_xdata(), 9)) for line in ax.lines}
    assert {tuple(np.round(row, 9)) for row in table[["low", "high"]].to_numpy()} <= ends
    words = words_of(figure)
    assert all(each in words for each in ("peu fiable", "une tendance", "très stable"))


def test_every_ellipse_drawn_is_named_and_is_that_of_the_table() -> None:
    table = tables_of("study")["category_ellipses"]
    figure = figures_of("study")["category_ellipses"].draw(simulated=False)
    drawn = [patch for patch in figure.axes[0].patches if isinstance(patch, Ellipse)]
    labels = [text for text in texts_of(figure) if text.get_gid() == "label active"]
    assert 5 < len(drawn) == len(labels) <= 16
    known = {tuple(row) for row in table[["center_x", "center_y", "width", "height"]].to_numpy()}
    assert {(*patch.center, patch.width, patch.height) for patch in drawn} <= known
    assert f"pour {len(drawn)} des" in words_of(figure)


@pytest.mark.parametrize(("count", "told"), [
    (0, "Aucune ellipse de modalité active ne contient l'origine"),
    (1, "Celle d'une seule modalité active contient l'origine"),
    (3, "Celles de 3 modalités actives contiennent l'origine"),
])  # fmt: skip
def test_categories_that_the_map_does_not_tell_from_the_average_are_counted(
    count: int, told: str
) -> None:
    table = tables_of("study")["category_ellipses"].copy()
    table["origin_inside"] = np.arange(len(table)) < count
    figure = figures_of("study", category_ellipses=table)["category_ellipses"].draw(simulated=False)
    assert told in words_of(figure)
    circles = [
        each for each in figure.axes[0].collections
        if len(each.get_facecolor()) and (each.get_facecolor() == 1).all()
    ]  # fmt: skip
    assert sum(len(each.get_offsets()) for each in circles) == count


def test_both_axes_have_categories_among_the_ellipses() -> None:
    table = tables_of("study")["categories"]
    first = {
        axis: part.nlargest(1, "contribution")[["variable", "category"]].iloc[0]
        for axis, part in table[table["role"] == "active"].groupby("axis")
    }
    figure = figures_of("study")["category_ellipses"].draw(simulated=False)
    ellipses = tables_of("study")["category_ellipses"].set_index(["variable", "category"])
    centres = {patch.center for patch in figure.axes[0].patches if isinstance(patch, Ellipse)}
    for pair in first.values():
        assert tuple(ellipses.loc[tuple(pair), ["center_x", "center_y"]]) in centres


def test_the_sample_lies_where_the_tests_say_and_the_verdict_is_written() -> None:
    figure = figures_of("study")["nulls"].draw(simulated=False)
    tests = tables_of("study")["null_tests"].drop_duplicates("statistic").set_index("statistic")
    assert len(figure.axes) == 4
    for ax, statistic in zip(figure.axes, tests.index, strict=True):
        at = [line.get_xdata()[0] for line in ax.lines if len(set(line.get_xdata())) == 1]
        assert tests["sample"][statistic] in at
    words = words_of(figure)
    assert words.count(", dépassée") == int(tables_of("study")["verdict_steps"]["beaten"].sum())
    assert words.count(", non dépassée") == words.count(", pour information") == 1


def test_a_statistic_has_a_row_for_each_null_that_it_is_asked_of_alone() -> None:
    figure = figures_of("study")["nulls"].draw(simulated=False)
    tests = tables_of("study")["null_tests"]
    for ax, (_, rows) in zip(figure.axes, tests.groupby("statistic", sort=False), strict=True):
        assert len(ax.get_yticks()) == len(rows)
        spans = [tuple(line.get_xdata()) for line in ax.lines if len(set(line.get_xdata())) > 1]
        assert spans == [tuple(row) for row in rows[["null_low", "null_high"]].to_numpy()]
    assert [len(ax.get_yticks()) for ax in figure.axes] == [1, 1, 1, 8]


def test_each_statistic_stands_below_the_question_it_answers() -> None:
    figure = figures_of("study")["nulls"].draw(simulated=False)
    titles = [ax.get_title(loc="left") for ax in figure.axes]
    assert titles == [
        "Y a-t-il une structure\u00a0?\nInertie intra-classe",
        "Plus qu'une seule attitude\u00a0?\nDeuxième valeur propre",
        "Types retrouvés par un seul score",
        "Un creux à chaque frontière\u00a0?\nCreux le plus faible",
    ]


def test_a_statistic_no_draw_of_which_goes_as_far_has_at_most_its_p_value() -> None:
    figure = figures_of("study")["nulls"].draw(simulated=False)
    tests = tables_of("study")["null_tests"]
    alone = np.isclose(tests["p_value"] * (tests["replicates"] + 1), 1)
    assert words_of(figure).count("p\u00a0≤\u00a00,002") == alone.sum() > 0
    assert "499 tirages au plus" in words_of(figure)


def bars_of(figure: Figure) -> list[np.ndarray]:
    """Return the heights of the bars of each panel: those of the class, then its neighbour's."""
    return [
        np.array([[bar.get_height() for bar in bars] for bars in ax.containers])
        for ax in figure.axes
        if ax.containers
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_boundary_is_drawn_as_its_table_says(shape: str) -> None:
    figure = figures_of(shape)["boundary_histograms"].draw(simulated=False)
    profiles = tables_of(shape)["boundary_profiles"]
    boundaries = tables_of(shape)["boundaries"]
    drawn = bars_of(figure)
    assert len(drawn) == len(boundaries)
    for ax, heights, row in zip(figure.axes, drawn, boundaries.to_dict("records"), strict=False):
        pair = {"class": row["class"], "neighbour": row["neighbour"]}
        own = profiles[(profiles[list(pair)] == pd.Series(pair)).all(axis=1)]
        expected = own[["class_percent", "neighbour_percent"]].to_numpy().T
        np.testing.assert_allclose(heights, expected)
        colours = [bars[0].get_facecolor()[:3] for bars in ax.containers]
        assert colours == [class_colour(row["class"]), class_colour(row["neighbour"])]
        [continuum] = [line for line in ax.lines if len(line.get_xdata()) > 1]
        np.testing.assert_allclose(continuum.get_ydata(), own["continuum_percent"])


def test_bands_are_drawn_as_areas_and_without_their_types_where_these_are_not_told() -> None:
    profiles = tables_of("study")["boundary_profiles"].copy()
    first = profiles.index[(profiles["class"] == 1) & (profiles["neighbour"] == 2)]
    wide = profiles.loc[first].iloc[[2, 3]]
    profiles.loc[first[2], "to_place"] = profiles.loc[first[3], "to_place"]
    shares = ["class_percent", "neighbour_percent", "both_percent", "continuum_percent"]
    profiles.loc[first[2], shares] = wide[shares].sum()
    profiles.loc[first[5], ["class_percent", "neighbour_percent"]] = np.nan
    profiles = profiles.drop(first[3])
    figure = figures_of("study", boundary_profiles=profiles)["boundary_histograms"].draw(
        simulated=False
    )
    ax = figure.axes[0]
    [joined] = [
        bar for bar in ax.containers[0] if bar.get_width() > 1.5 * ax.containers[0][0].get_width()
    ]
    assert joined.get_height() == pytest.approx(wide["class_percent"].mean())
    [untold] = ax.containers[2]
    assert untold.get_height() == pytest.approx(profiles.loc[first[5], "both_percent"])
    assert "l’un ou l’autre type" in words_of(figure)


def test_ticks_of_shares_close_together_all_differ() -> None:
    tables = tables_of("study")
    close = {"one_score": 0.95 + 0.02 * (tables["null_replicates"]["one_score"] - 0.75)}
    tests = tables["null_tests"].copy()
    own = tests["statistic"] == "one_score"
    tests.loc[own, ["sample", "null_low", "null_high"]] = [0.9501, 0.949, 0.951]
    figure = figures_of(
        "study", null_replicates=tables["null_replicates"].assign(**close), null_tests=tests
    )["nulls"].draw(simulated=False)
    figure.draw_without_rendering()
    ticks = [tick.get_text() for tick in figure.axes[2].get_xticklabels()]
    assert len(ticks) > 3
    assert len(set(ticks)) == len(ticks)


def test_a_boundary_says_in_words_whether_there_is_a_gap() -> None:
    tables = tables_of("study")
    words = words_of(figures_of("study")["boundary_histograms"].draw(simulated=False)).split(" | ")
    told = [each for each in words if each.startswith(("creux, p", "creux non démontré, p"))]
    assert len(told) == len(tables["boundaries"])
    # Five boundaries, 499 draws of which none is as deep: 5 / 500.
    assert told[0] == "creux, p\u00a0≤\u00a00,01"
    assert all(each.startswith("creux non démontré, p\u00a0=\u00a0") for each in told[1:])
    spaced = [each.replace("\u00a0", " ") for each in words]
    assert "les réticents – les mitigés" in spaced
    assert any("une vraie frontière" in each for each in words)


def test_the_bottom_of_a_gap_is_marked_where_there_is_one() -> None:
    figure = figures_of("study")["boundary_histograms"].draw(simulated=False)
    places = [
        [float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() == "v"
         and line.get_color() == INK]
        for ax in figure.axes if ax.containers
    ]  # fmt: skip
    assert places == [[0.52], [], [], [], []]
    assert "fond du creux" in words_of(figure)
    none = tables_of("study")["boundaries"].assign(has_gap=False)
    figure = figures_of("study", boundaries=none)["boundary_histograms"].draw(simulated=False)
    assert "fond du creux" not in words_of(figure)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("n_classes", [2, 3, 4, 5, 7, 8, 10])
def test_boundaries_are_readable_with_any_number_of_types_and_long_names(
    n_classes: int, language: str
) -> None:
    study = study_of("study")
    classes = pd.DataFrame({"class": range(1, n_classes + 1), "type": "long"})
    classes.loc[2:, "type"] = ""
    labels = LongNames(language, study.labels.n_points, study.labels.wordings)
    tables = validity_tables(n_classes) | {"classes": classes}
    figure = VALIDITY_FIGURES["boundary_histograms"].draw(tables, labels, simulated=True)
    texts = texts_of(figure)
    assert overlapping(texts) == []
    assert cut(figure, texts) == []
    assert len(bars_of(figure)) == len(tables["boundaries"])


class LongNames(MadeUpLabels):
    """Labels of types whose names take several lines."""

    def type(self, type_id: str, class_number: int) -> str:
        if not type_id:
            return super().type(type_id, class_number)
        return (
            f"les enthousiastes prudents de la coordination interprofessionnelle n° {class_number}"
        )


def test_the_sensitivity_map_frames_the_partition_of_the_study_alone() -> None:
    figure = figures_of("study")["sensitivity"].draw(simulated=False)
    frames = [p for ax in figure.axes for p in ax.patches if isinstance(p, Rectangle)]
    assert len(frames) == 1
    cells = sum(
        each.get_array().size  # type: ignore[union-attr]
        for ax in figure.axes
        for each in ax.collections
        if isinstance(each, QuadMesh)
    )
    assert cells == len(tables_of("study")["sensitivity_cases"])


def test_cells_of_the_sensitivity_map_hold_the_numbers_of_the_table() -> None:
    cases = tables_of("study")["sensitivity_cases"]
    figure = figures_of("study")["sensitivity"].draw(simulated=False)
    fears = cases[cases["active_set"] == "fears"]
    row = fears[(fears["missing"] == "imputation") & fears["consolidated"]]
    ax = figure.axes[2]
    written = [t.get_text() for t in ax.texts if round(t.get_position()[1], 1) == 6.5]
    expected = row.sort_values(["axes", "classes"])["adjusted_rand"]
    assert written == [f"{value:.2f}".replace(".", ",") for value in expected]


def test_criteria_ring_the_numbers_they_suggest() -> None:
    figure = figures_of("study")["classes_criteria"].draw(simulated=False)
    rings = [
        sorted(line.get_xdata())
        for ax in figure.axes
        for line in ax.lines
        if line.get_markerfacecolor() == "none"
    ]
    assert rings == [[2, 3], [4], [10], [1], [], []]


def with_moves(study: Study) -> pd.DataFrame:
    respondents = study.respondents.assign(n=1)
    respondents.loc[[0, 5], "class"] = respondents.loc[[0, 5], "tree_class"] % 4 + 1
    return respondents


def test_the_tree_shows_who_moved_at_consolidation() -> None:
    study = study_of("study")
    respondents = with_moves(study)
    inputs = (study.tree, respondents, study.classes, study.inertia_gains, study.labels)
    figure = classification_tree(*inputs)
    [strip] = [c for c in figure.axes[0].collections if isinstance(c, PolyCollection)]
    rights = np.array([path.vertices[:, 0].max() for path in strip.get_paths()])
    assert len(rights) == len(respondents)
    assert (rights > rights.min()).sum() == moved(respondents).sum() == 2
    assert "La consolidation a déplacé 2 répondants." in classification_tree_alt(*inputs)
    texts = texts_of(figure)
    assert overlapping(texts) == []
    assert cut(figure, texts) == []


def test_a_tree_that_nobody_left_has_no_second_strip() -> None:
    study = study_of("study")
    respondents = study.respondents.assign(n=1)
    figure = classification_tree(
        study.tree, respondents, study.classes, study.inertia_gains, study.labels
    )
    assert not [c for c in figure.axes[0].collections if isinstance(c, PolyCollection)]


def test_every_respondent_of_a_truncated_tree_is_in_the_strip() -> None:
    study = study_of("ten")
    respondents = with_moves(study)
    figure = classification_tree(
        study.tree, respondents, study.classes, study.inertia_gains, study.labels
    )
    [strip] = [c for c in figure.axes[0].collections if isinstance(c, PolyCollection)]
    boxes = [path.get_extents() for path in strip.get_paths()]
    assert sum(box.height for box in boxes) == pytest.approx(350 * BRANCH_STEP)
    assert len({box.x1 for box in boxes}) == 2


def test_too_few_resamples_for_an_ellipse_draw_none_and_say_why() -> None:
    """Two resamples: every category is met less than the three times that an ellipse takes."""
    table = tables_of("study")["category_ellipses"].copy()
    table[["width", "height", "angle"]] = np.nan
    tables = tables_of("study") | {"category_ellipses": table}
    figure = VALIDITY_FIGURES["category_ellipses"]
    assert not figure.is_there(tables)
    assert "three resamples" in figure.why_absent(tables, study_of("ten").labels)
    assert figure.is_there(tables_of("study"))
