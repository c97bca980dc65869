"""Errors of assignment: by hand, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.membership.three_step.classification_errors import classification_errors

MEMBERSHIP = pd.DataFrame({1: [0.9, 0.6, 0.2, 0.3], 2: [0.1, 0.4, 0.8, 0.7]})
LABELS = [1, 1, 2, 2]


def test_errors_by_hand() -> None:
    found = classification_errors(MEMBERSHIP, LABELS)
    np.testing.assert_allclose(found.loc[1], [1.5 / 2, 0.5 / 2])
    np.testing.assert_allclose(found.loc[2], [0.5 / 2, 1.5 / 2])
    assert (found.index.name, found.columns.name) == ("true", "assigned")


def test_weights_count_as_rows() -> None:
    weighted = classification_errors(MEMBERSHIP, LABELS, sample_weight=[3, 1, 1, 2])
    rows = [0, 0, 0, 1, 2, 3, 3]
    repeated = MEMBERSHIP.iloc[rows].reset_index(drop=True)
    np.testing.assert_allclose(weighted, classification_errors(repeated, np.array(LABELS)[rows]))


def test_certain_memberships_have_no_error() -> None:
    found = classification_errors(pd.DataFrame({1: [1.0, 0, 1], 2: [0.0, 1, 0]}), [1, 2, 1])
    np.testing.assert_array_equal(found, np.eye(2))


def test_what_is_no_membership_is_refused() -> None:
    with pytest.raises(ValueError, match="rows sum to 1"):
        classification_errors(MEMBERSHIP * 2, LABELS)
    with pytest.raises(ValueError, match="expected the classes of labels: 1, 3"):
        classification_errors(MEMBERSHIP, [1, 1, 3, 3])
    nobody = pd.DataFrame({1: [1.0, 1, 1, 1], 2: [0.0, 0, 0, 0]})
    with pytest.raises(ValueError, match="Nobody can belong to class 2"):
        classification_errors(nobody, LABELS)
    # One respondent in all belongs to class 1: that is somebody.
    one = pd.DataFrame({1: [0.5, 0.5, 0, 0], 2: [0.5, 0.5, 1, 1], 3: [0.0, 0, 0, 0]})
    with pytest.raises(ValueError, match="Nobody can belong to class 3: its errors"):
        classification_errors(one, [1, 1, 2, 3])
