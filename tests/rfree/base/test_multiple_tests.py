"""P-values corrected for their number, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.base.multiple_tests import ADJUSTMENTS, adjusted_p_values

# R: p.adjust(c(.04, .001, .03, .5, .03), "holm"), and "BH".
GIVEN = np.array([0.04, 0.001, 0.03, 0.5, 0.03])


def test_holm_multiplies_by_the_tests_left_and_never_falls() -> None:
    # In order: .001 x 5, .03 x 4, .03 x 3 (no less than the last), .04 x 2 (same), .5.
    found = adjusted_p_values(GIVEN, "holm")
    np.testing.assert_allclose(found, [0.12, 0.005, 0.12, 0.5, 0.12], rtol=1e-12)


def test_holm_stops_at_one() -> None:
    assert adjusted_p_values(np.array([0.6, 0.9]), "holm").tolist() == [1.0, 1.0]


def test_false_discoveries_are_those_of_benjamini_and_hochberg() -> None:
    # From the largest: .5, .04 x 5/4, .03 x 5/3 (no more than the last), the same, .001 x 5.
    found = adjusted_p_values(GIVEN, "bh")
    np.testing.assert_allclose(found, [0.05, 0.005, 0.05, 0.5, 0.05], rtol=1e-12)


def test_another_correction_is_named() -> None:
    assert ADJUSTMENTS == ("holm", "bh")
    with pytest.raises(ValueError, match="adjust is 'fdr'; expected one of: holm, bh"):
        adjusted_p_values(GIVEN, "fdr")  # type: ignore[arg-type]
