"""What a study file says of weights and margins."""

from __future__ import annotations

from pathlib import Path

import pytest

from typology.problems import InputError
from weighted_study import write_study


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"weights": "margins", "margins": None}, "the key 'margins'"),
        ({"weights": "heavy"}, "none, margins, or {column: name}"),
        ({"weights": {"col": "w"}}, "none, margins, or {column: name}"),
        ({"weights": {"column": "w", "counts": True}}, "none, margins, or {column: name}"),
        (
            {
                "weights": {"column": "w", "frequencies": True},
                "exclusions": {"duplicates": True},
            },
            "rows that stand for several respondents are duplicates",
        ),
        ({"weights": "margins", "trim_weights": [2, 3]}, "two numbers around 1"),
        ({"trim_weights": [0.5, 3]}, "weights made from margins"),
        ({"margins": "nothing.yml"}, "a file that exists"),
    ],
)
def test_settings_that_do_not_fit_are_told(
    tmp_path: Path, settings: dict[str, object], told: str
) -> None:
    with pytest.raises(InputError) as raised:
        write_study(tmp_path, **settings)  # type: ignore[arg-type]
    assert told in str(raised.value)


def test_the_margins_are_an_input_of_the_results(tmp_path: Path) -> None:
    assert write_study(tmp_path).inputs["margins"].name == "margins.yml"
    assert "margins" not in write_study(tmp_path, margins=None).inputs
