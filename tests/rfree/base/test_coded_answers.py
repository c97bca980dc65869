"""A table in memory becomes numbers of categories a piece at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree import MCA, describe_categories
from rfree.base import coded_answers as module
from rfree.base.coded_answers import coded_answers
from rfree.base.coding import learn_coding


@pytest.fixture(name="X")
def answers():
    rng = np.random.default_rng(3)
    return pd.DataFrame(rng.choice(list("abc"), (50, 4)), columns=list("pqrs"))


def test_no_piece_is_larger_than_said(X, monkeypatch):
    monkeypatch.setattr(module, "CELLS_AT_ONCE", 30)
    pieces = coded_answers(X).map(lambda codes: codes)
    assert max(piece.size for piece in pieces) <= 30
    np.testing.assert_array_equal(np.concatenate(pieces), learn_coding(X)[1])


def test_columns_are_cut_as_the_answers_are(X, monkeypatch):
    monkeypatch.setattr(module, "CELLS_AT_ONCE", 30)
    weights = np.arange(50.0)
    sums = coded_answers(X).total(lambda codes, values, _: (codes.T @ values,), weights, None)
    np.testing.assert_array_equal(sums[0], learn_coding(X)[1].T @ weights)


def test_pieces_give_the_numbers_of_the_whole(X, monkeypatch):
    labels = np.arange(50) % 3
    mca, described = MCA(n_components=2).fit(X), describe_categories(X, labels)
    monkeypatch.setattr(module, "CELLS_AT_ONCE", 30)
    again = MCA(n_components=2).fit(X)
    pd.testing.assert_frame_equal(again.row_coordinates_, mca.row_coordinates_, check_exact=True)
    pd.testing.assert_frame_equal(again.column_v_tests_, mca.column_v_tests_, check_exact=True)
    pd.testing.assert_frame_equal(describe_categories(X, labels), described, check_exact=True)


def test_answers_coded_once_are_analysed_as_their_table(X):
    answers, labels = coded_answers(X), np.arange(len(X)) % 3
    assert coded_answers(answers) is answers
    pd.testing.assert_frame_equal(
        MCA(2).fit(answers).row_coordinates_, MCA(2).fit(X).row_coordinates_
    )
    pd.testing.assert_frame_equal(
        describe_categories(answers, labels), describe_categories(X, labels)
    )
