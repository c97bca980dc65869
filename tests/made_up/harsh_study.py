"""A study that is hard to keep to oneself: few respondents, rare answers, margins, two waves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from small_study import ITEMS, Project, answers, questionnaire


def harsh_questionnaire() -> dict[str, Any]:
    """Return ten items and four questions on the respondents."""
    content = questionnaire()
    content["respondent"] += [
        {"id": "town", "type": "single", "en": "Town",
         "choices": [{"code": code, "en": code.upper()} for code in "abcd"]},
        {"id": "contract", "type": "single", "en": "Contract",
         "choices": [{"code": code, "en": code} for code in ("long", "short", "none")]},
        {"id": "age", "type": "number", "en": "Age", "min": 18, "bands": [30, 45, 60]},
    ]  # fmt: skip
    return content


def harsh_answers(n: int = 80, seed: int = 11) -> pd.DataFrame:
    """Return answers some of which one, two or three respondents gave."""
    random = np.random.default_rng(seed)
    given = answers(n=n, seed=seed)
    for item, rare in (("H1", 1), ("H3", 2), ("D2", 5), ("D4", 1)):
        given[item] = given[item].replace(rare, 3)
        given.loc[random.choice(n, random.integers(1, 4), replace=False), item] = rare
    given.loc[random.choice(n, 3, replace=False), "D3"] = None
    given["town"] = random.choice(list("abcd"), n, p=[0.5, 0.3, 0.15, 0.05])
    given["contract"] = random.choice(["long", "short", "none"], n, p=[0.55, 0.4, 0.05])
    given["age"] = np.clip(random.normal(42, 12, n).astype(int), 19, 70)
    return given


def margins() -> dict[str, Any]:
    """Return the population by town and by sex."""

    def margin(**shares: float) -> dict[str, Any]:
        return {"year": 2020, "source": {"en": "Register"}, "population": shares}

    return {
        "title": {"en": "Drinkers"}, "illustrative": False, "population_size": 4000,
        "margins": {
            "sex": margin(f=55.0, m=45.0), "town": margin(a=40.0, b=30.0, c=20.0, d=10.0),
        },
    }  # fmt: skip


def harsh_study(folder: Path, *, n: int = 80, seed: int = 11, **choices: object) -> Path:
    """Write the study; return its file."""
    project = Project(folder)
    path = project.write(
        harsh_answers(n, seed),
        **({"passive_below": 5, "margins": "margins.yml", "crossed": ["sex", "town"],
            "subgroups": {"sex": ["f", "m"], "town": ["a", "b"]}} | choices),  # type: ignore[arg-type]
    )  # fmt: skip
    project.put("questionnaire.yml", harsh_questionnaire())
    project.put("margins.yml", margins())
    return path


__all__ = ["ITEMS", "harsh_answers", "harsh_study", "margins"]
