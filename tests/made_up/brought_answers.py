"""A file of answers as a doctor brings it: an export of a survey tool, real, with two faults."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

import pandas as pd

from typology.tools.new.files import make_study
from typology.tools.new.wished.wishes import Wishes

TEMPLATE = "satisfaction"
RESPONDENTS = 90


@functools.cache
def answers(*, faults: bool = True) -> bytes:
    """An export of LimeSurvey: an unknown word for no answer, a column that is no answer."""
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "study"
        make_study(study, Wishes(template=TEMPLATE, languages=("fr",)), language="fr")
        table = pd.read_csv(study / "simulated_responses.csv", dtype="string")
    table = table.drop(columns="simulated").head(RESPONDENTS).rename(columns={"respondent": "id"})
    for title in ("submitdate", "lastpage", "startlanguage", "seed"):
        table.insert(1, title, "2" if title == "lastpage" else "2024-03-02 10:15:00")
    if faults:
        table["Remarques"] = "–"
        table.loc[table.index % 30 == 3, "S02"] = "Ne sait pas"
    return table.to_csv(index=False).encode()
