"""A small study on disk, of ten items and one question, to be spoilt in any way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

HOPES, DOUBTS = tuple(f"H{i}" for i in range(1, 6)), tuple(f"D{i}" for i in range(1, 6))
ITEMS = [*HOPES, *DOUBTS]
Change = Callable[[dict[str, Any]], object]


@dataclass(frozen=True)
class Project:
    """A small study on disk."""

    folder: Path

    def write(self, table: pd.DataFrame | None = None, **choices: object) -> Path:
        study = {
            "title": {"en": "Coffee"}, "questionnaire": "questionnaire.yml",
            "responses": "answers.csv", "language": "en", "seed": 1,
            "active": ["hopes", "doubts"], "missing": "passive category", "axes": 2, "classes": 3,
        } | choices  # fmt: skip
        kept = {key: value for key, value in study.items() if value is not None}
        self.put("study.yml", kept)
        self.put("questionnaire.yml", questionnaire())
        if table is not None:
            table.to_csv(self.folder / "answers.csv", index=False)
        return self.folder / "study.yml"

    def put(self, name: str, content: object) -> None:
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (self.folder / name).write_text(text, encoding="utf-8")

    def change(self, name: str, change: Change) -> None:
        content = yaml.safe_load((self.folder / name).read_text(encoding="utf-8"))
        change(content)
        self.put(name, content)


def questionnaire() -> dict[str, Any]:
    def block(name: str, direction: str, items: tuple[str, ...]) -> dict[str, object]:
        return {
            "id": name, "title": {"en": name}, "scale": "s", "direction": direction,
            "items": [{"id": item, "en": f"Statement {item}"} for item in items],
        }  # fmt: skip

    return {
        "title": {"en": "Coffee"}, "languages": ["en"],
        "scales": {"s": [{"code": code, "en": f"Level {code}"} for code in range(1, 6)]},
        "blocks": [block("hopes", "favourable", HOPES), block("doubts", "unfavourable", DOUBTS)],
        "respondent": [
            {"id": "sex", "type": "single", "en": "Sex",
             "choices": [{"code": "f", "en": "F"}, {"code": "m", "en": "M"}]}
        ],
    }  # fmt: skip


def answers(n: int = 60, seed: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    attitude = rng.choice([-1.2, 0.0, 1.2], n)[:, None]
    direction = np.array([1] * 5 + [-1] * 5)
    codes = np.rint(3 + direction * attitude + rng.normal(0, 0.8, (n, 10))).clip(1, 5)
    table = pd.DataFrame(codes.astype(int), columns=ITEMS).astype(object)
    table.insert(0, "respondent", [f"P{at}" for at in range(1, n + 1)])
    return table.assign(sex=rng.choice(["f", "m"], n))
