from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score
from sklearn.model_selection import StratifiedKFold

import rfree.items.selection_scores
from rfree.items.selection_scores import own_class_probabilities
from rfree.items.short_forms import (
    AnswerCodes,
    ScoringTable,
    cohen_kappa,
    cross_validate_short_forms,
    fit_scoring,
    smallest_good_size,
)

LENGTHS = np.full(12, 5)


def planted(n: int = 300, seed: int = 0) -> tuple[AnswerCodes, np.ndarray]:
    """Three classes told apart by items 2, 5 and 7 of twelve; the others are noise."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(1, 4, n)
    positions = rng.integers(0, 5, (n, 12))
    for item, centres in ((2, (0, 2, 4)), (5, (4, 2, 0)), (7, (0, 4, 2))):
        noise = rng.integers(-1, 2, n)
        positions[:, item] = np.clip(np.take(centres, labels - 1) + noise, 0, 4)
    return AnswerCodes(positions, LENGTHS), labels


def test_the_items_that_tell_the_classes_apart_are_chosen_first() -> None:
    answers, labels = planted()
    table = fit_scoring(answers, labels, size=3, n_classes=3)
    assert set(table.items) == {2, 5, 7}


def test_points_are_log_probabilities_with_half_an_answer_added() -> None:
    answers = AnswerCodes(np.array([[0], [0], [1], [-1]]), np.array([2]))
    table = fit_scoring(answers, np.array([1, 1, 2, 2]), size=1, n_classes=2)
    expected = np.log([[2.5 / 3, 0.5 / 2], [0.5 / 3, 1.5 / 2]])
    np.testing.assert_allclose(table.points[0], expected)
    np.testing.assert_allclose(table.start, np.log([0.5, 0.5]))


def test_answers_that_are_not_offered_have_no_points() -> None:
    answers = AnswerCodes(np.array([[0, 4], [1, 0], [0, 2]]), np.array([2, 5]))
    table = fit_scoring(answers, np.array([1, 2, 1]), size=2, n_classes=2)
    short = table.points[list(table.items).index(0)]
    assert (short[2:] == 0).all()
    assert (short[:2] != 0).all()


def test_whole_points_go_from_zero_and_classify_by_their_sums() -> None:
    table = ScoringTable(
        np.array([1, 0]),
        np.array([[[3.0, 0.0], [1.0, 2.0]], [[0.0, 0.0], [-1.0, 0.5]]]),
        np.array([1.0, 1.0]),
    ).rounded(3)
    assert table.points.tolist() == [[[3, 0], [0, 1]], [[0, 0], [0, 2]]]  # 1.5 rounds to even
    answers = AnswerCodes(np.array([[1, 0], [1, 1], [-1, -1]]), np.array([2, 2]))
    assert table.totals(answers).tolist() == [[3, 2], [0, 3], [0, 0]]
    assert table.assign(answers).tolist() == [1, 2, 1]


def test_equal_totals_go_to_the_class_that_starts_with_most() -> None:
    table = ScoringTable(np.array([0]), np.array([[[2.0, 0.0, 0.0]]]), np.array([0.0, 1.0, 2.0]))
    assert table.assign(AnswerCodes(np.array([[0]]), np.array([1]))).tolist() == [3]


def test_answers_without_any_structure_are_not_classified_better_than_chance() -> None:
    """Selection inside the folds: 40 items of noise would fit 100 respondents well otherwise."""
    rng = np.random.default_rng(5)
    labels = np.repeat([1, 2], 100)
    answers = AnswerCodes(rng.integers(0, 5, (200, 40)), np.full(40, 5))
    validation = cross_validate_short_forms(answers, labels, sizes=[8], random=1)
    kappa = cohen_kappa(labels, validation.predicted[8])
    # Standard error of kappa around 0: 1 / sqrt(200).
    assert abs(kappa) < 3 / np.sqrt(200)
    fitted = fit_scoring(answers, labels, size=8, n_classes=2).assign(answers)
    assert cohen_kappa(labels, fitted) > 0.3


def test_planted_classes_are_given_back_and_every_fold_chooses_their_items() -> None:
    answers, labels = planted()
    validation = cross_validate_short_forms(answers, labels, sizes=[3, 6], random=1)
    assert (validation.predicted[3] == labels).mean() > 0.95
    np.testing.assert_allclose(validation.chosen[3][[2, 5, 7]], 1)
    assert validation.chosen[6].sum() == pytest.approx(6)


def test_the_same_seed_gives_the_same_classes() -> None:
    answers, labels = planted()
    first, second = (
        cross_validate_short_forms(answers, labels, sizes=[2], random=3) for _ in range(2)
    )
    np.testing.assert_array_equal(first.predicted[2], second.predicted[2])


def test_a_class_of_one_is_refused() -> None:
    answers = AnswerCodes(np.zeros((3, 2), dtype=np.int64), np.array([2, 2]))
    with pytest.raises(ValueError, match="fewer than 2 respondents"):
        cross_validate_short_forms(answers, np.array([1, 1, 2]), sizes=[1], random=0)


def test_more_items_than_there_are_is_refused() -> None:
    answers, labels = planted()
    with pytest.raises(ValueError, match="size is 13; expected 1 to 12"):
        fit_scoring(answers, labels, size=13, n_classes=3)


def test_kappa_is_that_of_scikit_learn() -> None:
    rng = np.random.default_rng(2)
    first = rng.integers(1, 5, 80)
    second = np.where(rng.random(80) < 0.6, first, rng.integers(1, 5, 80))
    assert cohen_kappa(first, second) == pytest.approx(cohen_kappa_score(first, second))


def test_the_size_chosen_is_the_smallest_within_a_standard_error() -> None:
    accuracy = pd.Series([0.70, 0.879, 0.881, 0.90], index=[5, 8, 10, 12])
    # The standard error of 0.90 with 225 respondents is 0.02: 0.88 is enough.
    assert smallest_good_size(accuracy, 225) == 10


def test_unrounded_predictions_are_those_of_the_unrounded_points() -> None:
    answers, labels = planted(120, seed=3)
    # Half of the classes are drawn anew: points are then close, and rounding matters.
    labels[::2] = np.random.default_rng(1).integers(1, 4, 60)
    found = cross_validate_short_forms(answers, labels, sizes=[5, 12], random=5)
    folds = StratifiedKFold(10, shuffle=True, random_state=5)
    for size in (5, 12):
        exact, whole = np.zeros(120, dtype=int), np.zeros(120, dtype=int)
        for kept, held in folds.split(answers.positions, labels):
            table = fit_scoring(answers.of(kept), labels[kept], size=size, n_classes=3)
            for respondent in held:
                totals = table.start.copy()
                for place, item in enumerate(table.items):
                    totals += table.points[place, answers.positions[respondent, item]]
                exact[respondent] = totals.argmax() + 1
            whole[held] = table.rounded().assign(answers.of(held))
        np.testing.assert_array_equal(found.predicted_unrounded[size], exact)
        np.testing.assert_array_equal(found.predicted[size], whole)
    # Rounding matters somewhere, so that the two cannot stand for each other.
    assert any((found.predicted[s] != found.predicted_unrounded[s]).any() for s in (5, 12))


def with_gaps() -> tuple[AnswerCodes, np.ndarray]:
    answers, labels = planted(120, seed=4)
    gaps = np.random.default_rng(9).random(answers.positions.shape) < 0.2
    return AnswerCodes(np.where(gaps, -1, answers.positions), LENGTHS), labels


def test_each_item_chosen_makes_the_own_class_likeliest_of_all_those_left() -> None:
    answers, labels = with_gaps()
    table = fit_scoring(answers, labels, size=12, n_classes=3)
    assert sorted(table.items) == list(range(12))
    np.testing.assert_allclose(table.start, np.log(np.bincount(labels)[1:] / 120))

    def fit(rows: list[int]) -> float:
        scores = ScoringTable(table.items[rows], table.points[rows], table.start).totals(answers)
        odds = np.exp(scores)
        return float((odds[np.arange(120), labels - 1] / odds.sum(axis=1)).mean())

    for step in range(5):
        fits = [fit([*range(step), item]) for item in range(step, 12)]
        assert fits[0] == pytest.approx(max(fits))


def test_scores_of_candidates_are_summed_over_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    totals, given = 5 * rng.normal(size=(23, 3)), 5 * rng.normal(size=(23, 6, 3))
    own, candidates = rng.integers(0, 3, 23), np.array([4, 0, 5])
    odds = np.exp(totals[:, None] + given[:, candidates])
    expected = (odds[np.arange(23), :, own] / odds.sum(axis=2)).mean(axis=0)
    for cells in (1, 40, 10**6):
        monkeypatch.setattr(rfree.items.selection_scores, "_BLOCK_CELLS", cells)
        found = own_class_probabilities(totals, given, own, candidates)
        np.testing.assert_allclose(found, expected)


def test_scores_too_far_apart_for_a_computer_are_still_compared() -> None:
    totals = np.array([[2000.0, 0.0], [-2000.0, 0.0]])
    found = own_class_probabilities(totals, np.zeros((2, 1, 2)), np.array([0, 0]), np.array([0]))
    assert found.tolist() == [0.5]
    # One respondent far above all others must not drown them.
    low = np.array([[2000.0, 2000.0], [-2000.0, -2000.0]])
    even = own_class_probabilities(low, np.zeros((2, 1, 2)), np.array([0, 0]), np.array([0]))
    assert even.tolist() == [0.5]


def test_paper_points_go_up_to_nine() -> None:
    answers, labels = planted()
    assert fit_scoring(answers, labels, size=3, n_classes=3).rounded().points.max() == 9


def test_folds_are_as_many_as_asked_or_as_the_smallest_class_allows() -> None:
    answers, labels = planted(60)
    labels = np.where(np.arange(60) < 4, 3, np.where(labels == 3, 1, labels))
    validation = cross_validate_short_forms(answers, labels, sizes=[2], random=1)
    # Four folds: each item was chosen in a whole number of quarters of them.
    np.testing.assert_allclose(validation.chosen[2] * 4, np.rint(validation.chosen[2] * 4))
    assert validation.chosen[2].sum() == pytest.approx(2)
    five = cross_validate_short_forms(*planted(60), sizes=[2], random=1, n_folds=5)
    np.testing.assert_allclose(five.chosen[2] * 5, np.rint(five.chosen[2] * 5))
    two = np.array([1, 1, 2, 2])
    few = cross_validate_short_forms(answers.of(np.arange(4)), two, sizes=[1], random=0)
    assert set(few.predicted[1]) <= {1, 2}


def test_each_respondent_is_classified_by_the_others_rounded_or_not() -> None:
    answers, labels = planted(90)
    found = cross_validate_short_forms(answers, labels, sizes=[1, 3], random=2)
    folds = StratifiedKFold(10, shuffle=True, random_state=2)
    for kept, held in folds.split(answers.positions, labels):
        table = fit_scoring(answers.of(kept), labels[kept], size=3, n_classes=3)
        for size in (1, 3):
            first, rest = table.first(size), answers.of(held)
            assert found.predicted_unrounded[size][held].tolist() == first.assign(rest).tolist()
            assert found.predicted[size][held].tolist() == first.rounded().assign(rest).tolist()


def test_kappa_is_corrected_for_chance() -> None:
    one = np.array([1, 1, 1])
    assert cohen_kappa(one, one) == 1
    assert cohen_kappa(np.array([1, 1, 2, 2]), np.array([2, 2, 1, 1])) == -1
    assert cohen_kappa(np.array([1, 1, 2, 2]), np.array([1, 2, 1, 2])) == 0


def test_sizes_of_items_have_their_limits() -> None:
    answers, labels = planted()
    with pytest.raises(ValueError, match="size is 0"):
        fit_scoring(answers, labels, size=0, n_classes=3)
    assert len(fit_scoring(answers, labels, size=1, n_classes=3).items) == 1
