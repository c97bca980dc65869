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


@pytest.mark.parametrize(
    ("column", "place", "told"),
    [
        ({"replicates": {"columns": "rep*", "method": "Fay"}}, "weights › replicates", "rho"),
        ({"replicates": {"columns": "rep*", "method": "BBR"}}, "replicates › method", "BRR"),
        ({"frequencies": True, "strata": "s"}, "study.yml › weights", "survey weights"),
    ],
)
def test_a_fault_of_a_column_of_weights_is_told_once_in_words_of_the_file(
    tmp_path: Path, column: dict[str, object], place: str, told: str
) -> None:
    with pytest.raises(InputError) as raised:
        write_study(tmp_path, weights={"column": "w", **column})
    (problem,) = raised.value.problems
    assert str(problem.where).endswith(place)
    assert told in str(problem)
    assert "literal" not in str(problem)


def test_the_margins_are_an_input_of_the_results(tmp_path: Path) -> None:
    assert write_study(tmp_path).inputs["margins"].name == "margins.yml"
    assert "margins" not in write_study(tmp_path, margins=None).inputs
