"""Tables of the classes that are more than what `rfree` gives."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from typology.class_tables import moves_table


def classes(before: list[int], after: list[int]) -> Any:
    """Stand for the classes of a study, before and after consolidation."""
    return SimpleNamespace(hcpc=SimpleNamespace(tree_labels_=np.array(before)),
                           labels=pd.Series(after))  # fmt: skip


def test_a_branch_goes_on_in_the_class_that_keeps_the_most_of_it_whatever_its_number() -> None:
    moves = moves_table(classes([1, 1, 1, 2, 2, 3], [2, 2, 3, 1, 1, 3]))
    assert int(moves["n"].sum()) == 6
    own = moves[moves["continues"]]
    assert dict(zip(own["tree_class"], own["class"], strict=True)) == {1: 2, 2: 1, 3: 3}
    assert int(own["n"].sum()) == 5


def test_a_branch_can_lose_a_class_to_one_that_needs_it_more() -> None:
    # Branch 2 would rather be class 1 too (3 of 5), but branch 1 has nobody elsewhere.
    moves = moves_table(classes([1] * 4 + [2] * 5, [1] * 4 + [1] * 3 + [2] * 2))
    own = moves[moves["continues"]]
    assert dict(zip(own["tree_class"], own["class"], strict=True)) == {1: 1, 2: 2}
