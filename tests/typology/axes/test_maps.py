from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse

from figure_shapes import FIGURES, draw, study_of
from made_up_study import Study
from reading import box_of, cut, overlapping, texts_of, words_of
from typology.axes.category_map import category_map
from typology.exhibits.canvas.style import NARROW_WIDTH, PAGE_WIDTH
from typology.types.respondent_map import respondent_map


def category_labels(study: Study, **options) -> list:
    figure = draw("category_map", study, **options)
    return [text for text in texts_of(figure) if str(text.get_gid()).startswith("label")]


def above_average(study: Study) -> set[str]:
    active = study.categories[study.categories["role"] == "active"]
    threshold = 100 / (len(active) / 2)
    chosen = active[active["contribution"] > threshold]
    pairs = zip(chosen["variable"], chosen["category"], strict=True)
    return {study.labels.category(*pair) for pair in pairs}


@pytest.mark.parametrize("shape", ["study", "ten", "six"])
def test_only_categories_above_average_are_named_and_the_note_counts_them(shape: str) -> None:
    study = study_of(shape)
    labels = category_labels(study)
    named = {t.get_text().replace("\n", " ") for t in labels if t.get_gid() == "label active"}
    qualified = above_average(study)
    assert named <= qualified
    assert min(8, len(qualified)) <= len(named) <= 16
    assert len([t for t in labels if t.get_gid() == "label supplementary"]) <= 4
    note = next(t for t in texts_of(labels[0].figure) if t.get_gid() == "note").get_text()
    counts = [int(count) for count in re.findall(r"\d+", note)[:3]]
    assert counts == [16, len(named), len(qualified)]


def leaders_of(figure: Figure) -> list[np.ndarray]:
    figure.draw_without_rendering()
    lines = [each for each in figure.findobj(Line2D) if each.get_gid() == "leader"]
    return [each.get_transform().transform(each.get_xydata()) for each in lines]


def crossing(first: np.ndarray, second: np.ndarray) -> bool:
    def side(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> float:
        return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))

    (a, b), (c, d) = first, second
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


@pytest.mark.parametrize("width", [PAGE_WIDTH, NARROW_WIDTH])
@pytest.mark.parametrize("shape", ["study", "seven"])
def test_leader_lines_cross_neither_one_another_nor_a_name(shape: str, width: float) -> None:
    labels = category_labels(study_of(shape), width=width)
    leaders = leaders_of(labels[0].figure)
    assert not any(crossing(*pair) for pair in combinations(leaders, 2))
    for text in labels:
        box = box_of(text)
        within = [[box.x0 + 1, box.y0 + 1], [box.x1 - 1, box.y1 - 1]]
        for diagonal in (np.array(within), np.array([[box.x0, box.y1], [box.x1, box.y0]])):
            assert not any(crossing(diagonal, leader) for leader in leaders), text.get_text()


@pytest.mark.parametrize("name", ["category_map", "respondent_map"])
@pytest.mark.parametrize("shape", ["study", "ten"])
def test_a_phone_has_a_drawing_of_its_own_that_it_does_not_shrink(name: str, shape: str) -> None:
    figure = draw(name, study_of(shape), width=NARROW_WIDTH, simulated=True)
    texts = texts_of(figure)
    names = [text for text in texts if str(text.get_gid()).startswith("label")]
    phone = 366 / 96  # inches of 390 pixels that the page leaves to a figure
    assert len(names) > 3
    assert min(text.get_size() for text in names) * phone / NARROW_WIDTH >= 8
    assert min(text.get_size() for text in texts) * phone / NARROW_WIDTH >= 7
    assert overlapping(texts) == []
    assert cut(figure, texts) == []
    assert FIGURES[name].narrow


@pytest.mark.parametrize("name", ["category_map", "respondent_map"])
def test_names_are_large_enough_in_print(name: str) -> None:
    texts = texts_of(draw(name, study_of("study")))
    printed = 16 / 2.54 / PAGE_WIDTH  # on a page of A4 between margins of 2.5 cm
    names = [text for text in texts if str(text.get_gid()).startswith("label")]
    assert min(text.get_size() for text in names) * printed >= 7.5


def test_the_greatest_contribution_is_named() -> None:
    study = study_of("study")
    top = study.categories.loc[study.categories["contribution"].idxmax()]
    named = {text.get_text().replace("\n", " ") for text in category_labels(study)}
    assert study.labels.category(top["variable"], top["category"]) in named


def test_labels_cover_no_mark() -> None:
    study = study_of("study")
    labels = category_labels(study)
    figure = labels[0].figure
    ax = figure.axes[0]
    drawn = study.categories[study.categories["role"] != "passive"]
    table = drawn.pivot_table(index=["variable", "category"], columns="axis", values="coordinate")
    marks = ax.transData.transform(table.to_numpy())
    for text in labels:
        box = box_of(text)
        inside = (marks > [box.x0, box.y0]).all(axis=1) & (marks < [box.x1, box.y1]).all(axis=1)
        assert not inside.any(), text.get_text()


def test_axes_carry_raw_and_corrected_rates_and_the_corner_the_guttman_effect() -> None:
    study = study_of("study")
    first = study.axes.iloc[0]
    words = words_of(draw("category_map", study))
    expected = (
        f"Axe 1 ({first['percent']:.1f}\u00a0%\u00a0; taux corrigé {first['benzecri']:.1f}\u00a0%)"
    )
    assert expected.replace(".", ",") in words
    assert "Effet Guttman\u00a0: R²\u00a0=\u00a00,71" in words


def test_types_are_named_on_the_map_when_their_centres_are_given() -> None:
    study = study_of("study")
    assert "les inconditionnels" in words_of(draw("category_map", study))
    plain = category_map(study.categories, study.axes, study.guttman, study.labels)
    assert "les inconditionnels" not in words_of(plain)


def test_passive_categories_are_shown_on_demand() -> None:
    study = study_of("six")
    assert "modalité passive" not in words_of(draw("category_map", study))
    shown = draw("category_map", study, roles=("passive",))
    assert "modalité passive" in words_of(shown)
    assert "modalité supplémentaire" not in words_of(shown)


def test_types_lie_where_categories_of_their_members_would() -> None:
    study = study_of("study")
    ax = draw("category_map", study).axes[0]
    x, y = next(line for line in ax.lines if line.get_markersize() == 9).get_xydata()[0]
    members = study.respondents[study.respondents["class"] == 1]
    first, second = np.sqrt(study.axes["eigenvalue"].head(2))
    assert x == pytest.approx(members["Axis 1"].mean() / first)
    assert y == pytest.approx(members["Axis 2"].mean() / second)


def test_another_plane_that_does_not_exist_is_refused() -> None:
    study = study_of("six")
    with pytest.raises(ValueError, match="no axis 3"):
        category_map(study.categories, study.axes, study.guttman, study.labels, plane=(1, 3))


@pytest.mark.parametrize("shape", ["study", "ten", "six"])
def test_every_respondent_has_a_point_and_every_class_an_ellipse(shape: str) -> None:
    study = study_of(shape)
    ax = draw("respondent_map", study).axes[0]
    points = [c for c in ax.collections if isinstance(c, PathCollection)]
    assert sum(len(each.get_offsets()) for each in points) == len(study.respondents)
    outlines = [p for p in ax.patches if isinstance(p, Ellipse) and p.get_zorder() == 3]
    assert len(outlines) == len(study.classes)
    centres = np.array([outline.get_center() for outline in outlines])
    drawn = study.ellipses[study.ellipses["kind"] == "concentration"]
    assert centres == pytest.approx(drawn[["center_x", "center_y"]].to_numpy())


def test_the_legend_gives_number_and_share_of_each_type() -> None:
    study = study_of("study")
    [legend] = draw("respondent_map", study).legends
    row = study.classes.iloc[0]
    share = f"{row['share']:.1f}".replace(".", ",")
    expected = f"les réticents (n\u00a0=\u00a0{row['n']}\u00a0; {share}\u00a0%)"
    assert legend.get_texts()[0].get_text() == expected


def test_missing_ellipses_are_named() -> None:
    study = study_of("six")
    lacking = study.ellipses[study.ellipses["class"] == 1]
    with pytest.raises(ValueError, match=r"classes \[2\]"):
        respondent_map(study.respondents, study.classes, lacking, study.axes, study.labels)
