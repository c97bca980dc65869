"""A small questionnaire and files of answers to it, for the tests of what is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyreadstat

from typology.questionnaire import Questionnaire

WORDS = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]

QUESTIONNAIRE = Questionnaire.model_validate(
    {
        "title": {"en": "Remote work"},
        "languages": ["en"],
        "scales": {
            "agreement": [{"code": code, "en": words} for code, words in enumerate(WORDS, 1)]
        },
        "blocks": [
            {"id": "gains", "title": {"en": "Gains"}, "scale": "agreement",
             "direction": "favourable",
             "items": [{"id": "G1", "en": "Time"}, {"id": "G2", "en": "Quiet"}]},
        ],
        "respondent": [
            {"id": "sex", "type": "single", "en": "Sex",
             "choices": [{"code": "f", "en": "Woman"}, {"code": "m", "en": "Man"}]},
            {"id": "age", "type": "number", "en": "Age", "unit": {"en": "years"}},
            {"id": "tools", "type": "multiple", "en": "Tools used",
             "choices": [{"code": "mail", "en": "E-mail"}, {"code": "video", "en": "Video calls"}]},
            {"id": "order", "type": "rank", "en": "Rank them",
             "choices": [{"code": "a", "en": "Pay"}, {"code": "b", "en": "Hours"}]},
            {"id": "note", "type": "text", "en": "A word?"},
        ],
    }
)  # fmt: skip

COLUMNS = {"id": ["p", "q", "r", "s"], "G1": [1, 2, 4, 5], "G2": [5, 4, 3, 1]}


def questions(*present: str) -> list[str]:
    """Return the questions that a file does not hold."""
    return [question for question in QUESTIONNAIRE.questions if question not in present]


def saved(
    folder: Path, kind: str, labels: Mapping[str, Mapping[int, str]], **columns: object
) -> Path:
    """Write four respondents as a statistics file with value labels."""
    path = folder / f"answers.{kind}"
    write = pyreadstat.write_sav if kind == "sav" else pyreadstat.write_dta
    frame = pd.DataFrame(COLUMNS | columns)
    write(frame, str(path), variable_value_labels={k: dict(v) for k, v in labels.items()})
    return path


def as_csv(folder: Path, **columns: object) -> Path:
    """Write four respondents as CSV."""
    path = folder / "answers.csv"
    pd.DataFrame(COLUMNS | columns).to_csv(path, index=False)
    return path
