from __future__ import annotations

from itertools import pairwise

import pytest
from matplotlib.patches import Rectangle

from figure_shapes import SHAPES, draw, study_of
from reading import box_of, texts_of, words_of
from typology.exhibits.canvas.style import contrast, lightness, scale_colours
from typology.items.likert import likert_bars, likert_bars_alt


@pytest.mark.parametrize("shape", list(SHAPES))
def test_the_legend_is_in_the_order_of_the_scale(shape: str) -> None:
    study = study_of(shape)
    [legend] = draw("answers", study).legends
    drawn = [text.get_text().replace("\n", " ") for text in legend.get_texts()]
    assert drawn == study.labels.scale("fears")


def test_items_are_sorted_by_share_agreeing_with_their_wording() -> None:
    study = study_of("study")
    ax = draw("answers", study).axes[0]
    fears = study.item_agreement[study.item_agreement["block"] == "fears"]
    order = fears.sort_values("agree_share", ascending=False)["item"]
    drawn = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    assert drawn == [study.labels.variable(item) for item in order]
    assert ax.yaxis_inverted()


@pytest.mark.parametrize(("shape", "neutral"), [("study", 2), ("seven", 3)])
def test_the_neutral_answer_is_centred_on_zero(shape: str, neutral: int) -> None:
    study = study_of(shape)
    bars = [
        patch for patch in draw("answers", study).axes[0].patches if isinstance(patch, Rectangle)
    ]
    n_items = (study.item_agreement["block"] == "fears").sum()
    middle = bars[neutral * n_items : (neutral + 1) * n_items]
    assert len(bars) == n_items * study.labels.n_points
    for bar in middle:
        assert bar.get_x() + bar.get_width() / 2 == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("shape", ["six", "four"])
def test_without_a_neutral_answer_the_sides_meet_at_zero(shape: str) -> None:
    study = study_of(shape)
    bars = draw("answers", study).axes[0].patches
    n_items = (study.item_agreement["block"] == "fears").sum()
    first_agreeing = bars[n_items * study.labels.n_points // 2 :][:n_items]
    assert [bar.get_x() for bar in first_agreeing] == pytest.approx([0.0] * n_items, abs=1e-9)


def test_totals_and_numbers_are_those_of_the_tables() -> None:
    study = study_of("study")
    fears = study.item_agreement[study.item_agreement["block"] == "fears"]
    top = fears.sort_values("agree_share", ascending=False).iloc[0]
    bold = [
        text.get_text() for text in texts_of(draw("answers", study)) if text.get_weight() == "bold"
    ]
    assert f"{top['agree_share']:.0f}\u00a0%" in bold
    assert words_of(draw("answers", study)).count("| 312") == len(fears)


@pytest.mark.parametrize(
    ("n_points", "n_neutral"), [(4, 0), (5, 1), (6, 0), (7, 1), (2, 0), (10, 0)]
)
def test_the_colours_of_a_scale_differ_in_grey(n_points: int, n_neutral: int) -> None:
    greys = sorted(lightness(colour) for colour in scale_colours(n_points, n_neutral))
    gaps = [second - first for first, second in pairwise(greys)]
    assert len(greys) == n_points
    assert min(gaps) > (7 if n_points < 8 else 4)


@pytest.mark.parametrize("shape", list(SHAPES))
def test_shares_are_written_where_they_fit_and_read_on_their_bar(shape: str) -> None:
    study = study_of(shape)
    figure = draw("answers", study)
    numbers = [text for text in texts_of(figure) if str(text.get_gid()).startswith("share")]
    bars = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    boxes = [bar.get_window_extent() for bar in bars]
    assert len(numbers) > len(bars) / 3
    for text in numbers:
        box = box_of(text)
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        [at] = [i for i, each in enumerate(boxes) if each.contains(x, y)]
        assert boxes[at].x0 < box.x0 < box.x1 < boxes[at].x1, text.get_text()
        assert contrast(text.get_color(), bars[at].get_facecolor()[:3]) >= 4.5
        assert abs(int(text.get_text()) - bars[at].get_width()) <= 0.5
        assert text.get_size() >= 8
    written = {int(text.get_text()) for text in numbers}
    left_out = len(bars) - len(numbers)
    assert (
        left_out == 0 or "que là où il tient" in words_of(figure) or "it fits" in words_of(figure)
    )
    assert min(written) < 10


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("black", "white") == pytest.approx(21)
    assert contrast("#767676", "white") == pytest.approx(4.54, abs=0.005)  # known pair of level AA


def test_tables_of_different_answers_are_refused() -> None:
    study = study_of("study")
    wrong = study.item_agreement.assign(agree_share=50.0)
    with pytest.raises(ValueError, match="the same answers"):
        likert_bars(study.item_distribution, wrong, study.labels, block="fears")


@pytest.mark.parametrize("shape", ["study", "six", "seven"])
def test_shares_told_to_one_decimal_are_those_of_their_totals(shape: str) -> None:
    """As those of a weighted study are told: each share, and their total, by itself."""
    study = study_of(shape)
    totals = {
        name: study.item_agreement[name].round(1) for name in ("disagree_share", "agree_share")
    }
    agreement = study.item_agreement.assign(**totals)
    distribution = study.item_distribution.assign(share=study.item_distribution["share"].round(1))
    own = distribution[distribution["block"] == "fears"]
    shares = own.set_index(["item", "code"])["share"].unstack()
    sides = shares.to_numpy()[:, : shares.shape[1] // 2].sum(axis=1).round(9)
    ours = agreement[agreement["block"] == "fears"].set_index("item").loc[shares.index]
    assert (sides != ours["disagree_share"].to_numpy()).any()
    bars = likert_bars(distribution, agreement, study.labels, block="fears").axes[0].patches
    exact = draw("answers", study).axes[0].patches
    starts = [[bar.get_x() for bar in each if isinstance(bar, Rectangle)] for each in (bars, exact)]
    assert starts[0] == pytest.approx(starts[1], abs=0.2)


def test_an_unknown_block_is_refused_with_the_known_ones() -> None:
    study = study_of("six")
    with pytest.raises(ValueError, match=r"'hopes'.*expectations"):
        likert_bars(study.item_distribution, study.item_agreement, study.labels, block="hopes")


def test_the_alternative_text_tells_the_extremes() -> None:
    study = study_of("study")
    fears = study.item_agreement[study.item_agreement["block"] == "fears"].set_index("item")
    text = likert_bars_alt(
        study.item_distribution, study.item_agreement, study.labels, block="fears"
    )
    for item in (fears["agree_share"].idxmax(), fears["agree_share"].idxmin()):
        assert study.labels.variable(item) in text
