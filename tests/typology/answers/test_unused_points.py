"""An end of a scale that nobody gives is told: the file may number the answers otherwise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from typology.answers.responses import read_responses
from typology.questionnaire import Questionnaire

POINTS = ["Never", "Rarely", "Sometimes", "Often", "Always"]
ASKED = Questionnaire.model_validate(
    {
        "title": {"en": "Habits"},
        "languages": ["en"],
        "scales": {"often": [{"code": code, "en": word} for code, word in enumerate(POINTS, 1)]},
        "blocks": [
            {"id": "habits", "title": {"en": "Habits"}, "scale": "often",
             "direction": "favourable",
             "items": [{"id": f"H{i}", "en": f"Habit {i}"} for i in range(1, 5)]},
        ],
    }
)  # fmt: skip


def notices(folder: Path, cells: pd.DataFrame) -> list[str]:
    path = folder / "a.csv"
    cells.to_csv(path, index=False)
    told = read_responses(path, ASKED).notices
    return [str(each) for each in told if "an end of the scale" in each]


def answers(n: int, low: int, high: int) -> pd.DataFrame:
    codes = np.random.default_rng(0).integers(low, high + 1, (n, 4))
    frame = pd.DataFrame(codes, columns=[f"H{i}" for i in range(1, 5)])
    return frame.assign(id=[f"r{i}" for i in range(n)])


@pytest.mark.parametrize(("low", "high", "told"), [(1, 4, "5 (Always)"), (2, 5, "1 (Never)")])
def test_an_end_that_nobody_gave_is_told(tmp_path: Path, low: int, high: int, told: str) -> None:
    (notice,) = notices(tmp_path, answers(60, low, high))
    assert f"Nobody gave {told}" in notice
    assert "240 answers to 4 items" in notice


def test_few_answers_may_well_leave_an_end_out(tmp_path: Path) -> None:
    assert notices(tmp_path, answers(40, 1, 4)) == []


def test_both_ends_in_use_are_no_news(tmp_path: Path) -> None:
    assert notices(tmp_path, answers(60, 1, 5)) == []


def test_words_are_the_right_answers_whatever_is_not_among_them(tmp_path: Path) -> None:
    cells = answers(60, 1, 4).replace(dict(enumerate(POINTS, 1)))
    assert notices(tmp_path, cells) == []
