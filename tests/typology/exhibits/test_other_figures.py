from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from figure_shapes import draw, study_of
from made_up_study import Study, make_study
from reading import texts_of, words_of
from typology.axes.inertia import inertia_bars
from typology.exhibits.canvas.style import (
    CLASS_COLOURS,
    class_colour,
    class_marker,
    lightness,
    study_colour,
)
from typology.items.block_means import block_means_alt
from typology.types.profiles import type_profiles, type_profiles_alt
from typology.types.tree import classification_tree


def profiles_of(study: Study) -> Figure:
    """Draw the profiles of all blocks."""
    return type_profiles(study.class_profiles, study.classes, study.labels)


def test_classes_differ_in_grey_and_in_marker() -> None:
    numbers = range(1, len(CLASS_COLOURS) + 1)
    greys = sorted(lightness(class_colour(number)) for number in numbers)
    assert min(np.diff(greys)) > 6
    assert len({class_marker(number) for number in numbers}) == len(CLASS_COLOURS)


def test_inertia_shows_rates_and_marks_the_axes_kept() -> None:
    study = study_of("study")
    figure = draw("inertia", study)
    above = figure.axes[0]
    assert [bar.get_height() for bar in above.patches] == pytest.approx(
        study.axes["percent"].head(20).tolist()
    )
    marked = [bar.get_facecolor()[:3] == study_colour() for bar in above.patches]
    assert marked == [True] * 3 + [False] * 17
    assert "axes retenus (3)" in words_of(figure)


def test_inertia_of_a_single_axis_can_be_drawn() -> None:
    study = study_of("six")
    words = words_of(inertia_bars(study.axes.head(1).assign(benzecri=np.nan), study.labels))
    assert "premiers axes" in words


def test_the_tree_is_cut_where_its_number_of_classes_says() -> None:
    study = study_of("study")
    above = draw("tree", study).axes[0]
    [cut] = [line for line in above.lines if line.get_linestyle() == "--"]
    position = cut.get_xdata()[0]
    assert (study.tree["height"] > position).sum() == 4 - 1


def test_the_tree_names_each_class_with_its_number_and_colour() -> None:
    study = study_of("study")
    figure = draw("tree", study)
    words = words_of(figure)
    for number, count in study.respondents["tree_class"].value_counts().items():
        assert study.labels.type("named", number) + f" n\u00a0=\u00a0{count}" in words
    [branches] = [c for c in figure.axes[0].collections if isinstance(c, LineCollection)]
    drawn = {tuple(np.round(colour[:3], 6)) for colour in branches.get_colors()}
    expected = {tuple(np.round(class_colour(number), 6)) for number in range(1, 5)}
    assert expected <= drawn
    assert len(drawn) == 5  # and grey above the cut
    assert len(branches.get_segments()) == len(study.tree)


def test_a_large_tree_is_truncated_and_says_so() -> None:
    figure = draw("tree", study_of("ten"))
    [branches] = [c for c in figure.axes[0].collections if isinstance(c, LineCollection)]
    assert len(branches.get_segments()) == 349
    assert "Only the last 350 of 1,500 branches are drawn." in words_of(figure)


def test_a_tree_that_is_a_chain_can_be_drawn() -> None:
    n = 3000
    tree = pd.DataFrame(
        {
            "left": np.r_[0, np.arange(n, 2 * n - 2)],
            "right": np.arange(1, n),
            "height": np.linspace(0, 1, n - 1),
        }
    )
    study = study_of("six")
    respondents = pd.DataFrame({"tree_class": np.r_[np.ones(n - 1, int), 2], "n": 1})
    figure = classification_tree(
        tree, respondents, study.classes, study.inertia_gains, study.labels
    )
    assert "2 999" in words_of(figure).replace("\u202f", " ")


def test_a_tree_of_other_respondents_is_refused() -> None:
    study = study_of("six")
    with pytest.raises(ValueError, match="30 leaves and 'tree_branches' 29 rows"):
        classification_tree(
            study.tree, study.respondents[1:], study.classes, study.inertia_gains, study.labels
        )


def test_profiles_are_sorted_by_overall_agreement_within_blocks() -> None:
    study = study_of("study")
    first, second = profiles_of(study).axes[:2]
    for ax, block in ((first, "expectations"), (second, "fears")):
        part = study.item_agreement[study.item_agreement["block"] == block]
        order = part.sort_values("agree_share", ascending=False, kind="stable")["item"]
        drawn = [label.get_text() for label in ax.get_yticklabels()]
        assert drawn[0] == study.labels.short(order.iloc[0])
        shares = [int(text.get_text()) for text in ax.texts][:: len(study.classes) + 1]
        assert shares == sorted(shares, reverse=True)


def test_profiles_set_marked_differences_in_bold_and_italic() -> None:
    study = study_of("study")
    table = study.class_profiles
    difference = table["agree_share"] - table["overall_agree_share"]
    texts = [text for ax in profiles_of(study).axes[:2] for text in ax.texts]
    assert sum(text.get_weight() == "bold" for text in texts) == (difference >= 10).sum()
    assert sum(text.get_style() == "italic" for text in texts) == (difference <= -10).sum()


def test_profiles_leave_empty_what_nobody_of_a_class_answered() -> None:
    study = study_of("study")
    table = study.class_profiles.copy()
    table.loc[(table["class"] == 2) & (table["item"] == "E01"), "agree_share"] = np.nan
    figure = type_profiles(table, study.classes, study.labels)
    cells = [text for ax in figure.axes[:2] for text in ax.texts]
    whole = [text for ax in profiles_of(study).axes[:2] for text in ax.texts]
    assert len(cells) == len(whole) - 1
    assert not [text for text in cells if "nan" in text.get_text()]
    assert "nan" not in type_profiles_alt(table, study.classes, study.labels)


def test_profiles_of_one_block_show_only_it() -> None:
    study = study_of("six")
    words = words_of(
        type_profiles(study.class_profiles, study.classes, study.labels, block="fears")
    )
    assert "Les craintes" in words
    assert "Les attentes" not in words
    with pytest.raises(ValueError, match="'hopes'"):
        type_profiles(study.class_profiles, study.classes, study.labels, block="hopes")


def test_profiles_in_words_name_the_largest_difference_of_a_type() -> None:
    study = study_of("study")
    table = study.class_profiles[study.class_profiles["class"] == 1]
    largest = table.loc[(table["agree_share"] - table["overall_agree_share"]).idxmax()]
    text = type_profiles_alt(study.class_profiles, study.classes, study.labels)
    assert f"plus d'accord que l'ensemble avec «\u00a0{study.labels.short(largest['item'])}" in text


def test_profiles_in_words_say_no_more_than_the_numbers_do() -> None:
    study = study_of("study")
    table = study.class_profiles[study.class_profiles["block"] == "expectations"].copy()
    lowest = table["class"] == 1
    table.loc[lowest, "agree_share"] = table.loc[lowest, "overall_agree_share"] - 5
    text = type_profiles_alt(table, study.classes, study.labels)
    [reluctant] = [sentence for sentence in text.split(". ") if "réticents" in sentence]
    assert "moins d'accord" in reluctant
    assert "plus d'accord" not in reluctant


def test_block_means_are_at_their_place_on_the_scale() -> None:
    study = study_of("study")
    ax = draw("block_means", study).axes[0]
    places = [line.get_xdata()[0] for line in ax.lines if line.get_marker() not in (None, "None")]
    assert places == pytest.approx(study.classes["mean_expectations"].tolist())
    words = [label.get_text().replace("\n", " ") for label in ax.get_xticklabels()]
    assert words == study.labels.scale("expectations")


@pytest.mark.parametrize(("points", "said"), [(7, (1, 4, 7)), (10, (1, 10)), (11, (1, 6, 11))])
def test_no_word_of_a_scale_is_cut_below_block_means(
    points: int, said: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    study = make_study(n=80, n_items=(5, 5), n_points=points, language="en")
    scale = [f"Strongly disagree {at}" for at in range(points)]
    monkeypatch.setattr(type(study.labels), "scale", lambda *_: scale)
    for ax in draw("block_means", study).axes[:2]:
        words = [label.get_text().split() for label in ax.get_xticklabels()]
        told = [at for at, each in enumerate(words, start=1) if len(each) > 1]
        assert tuple(told) == said
        for at in told:
            assert words[at - 1] == [str(at), *scale[at - 1].split()]


def test_block_means_in_words_have_the_decimals_of_the_figure() -> None:
    study = study_of("study")
    rounded = study.classes.copy()
    own = [column for column in rounded.columns if column.startswith("mean_")]
    rounded[own] = rounded[own].round(1)
    blocks = pd.DataFrame(study.item_distribution)
    told = block_means_alt(rounded, blocks, study.labels)
    assert re.findall(r"\d,\d+", told)
    assert not re.findall(r"\d,\d\d", told)


@pytest.mark.parametrize(
    "name", ["tree", "respondent_map", "profiles", "block_means", "category_map"]
)
def test_a_dollar_in_a_name_is_a_dollar(name: str) -> None:
    study = make_study(n=60, n_items=(5, 5))
    object.__setattr__(study.labels, "type", lambda _type_id, number: f"les $_{number}$ %")
    drawn = [text.get_text() for text in texts_of(draw(name, study))]
    assert any("$_1$" in text for text in drawn)
