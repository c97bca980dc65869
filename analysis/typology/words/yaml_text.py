"""YAML that the package itself holds, read; values as YAML, written on one line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typology.words.typography import LANGUAGES

_PLAIN = re.compile(r"[A-Za-z][\w./-]*(?: (?:>=|[\w./-]+))*", re.ASCII)
# What readers of YAML take for something else than text.
_SPECIAL = {"yes", "no", "on", "off", "true", "false", "null", "none", "y", "n", "nan", "inf"}


def read_yaml(path: Path) -> Any:
    """Return what a YAML file of the package says.

    With the safe loader written in C where PyYAML has it: it reads the same, ten times faster.
    """
    import yaml  # noqa: PLC0415 - slow to import

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


def flow_yaml(value: Any) -> str:
    """Return a value on one line.

    >>> flow_yaml({"fr": "Chaud", "codes": [1, 0.5], "ok": True, "missing": "own category"})
    '{fr: "Chaud", codes: [1, 0.5], ok: true, missing: own category}'
    """
    if isinstance(value, Mapping):
        pairs = [f"{scalar_yaml(key)}: {inline_value(key, each)}" for key, each in value.items()]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow_yaml, value)) + "]"
    return scalar_yaml(value)


def inline_value(key: str, value: Any) -> str:
    """Return the value of a key on one line; wordings are always in quotes."""
    wording = isinstance(value, str) and key in LANGUAGES
    return _quoted(value) if wording else flow_yaml(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def scalar_yaml(value: Any) -> str:
    """Return a text, a number or a truth value; a text in quotes unless it is a plain name."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int | float):
        short = f"{value:g}"
        return short if isinstance(value, float) and float(short) == value else str(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and text.casefold() not in _SPECIAL - {"none"}:
        return text
    return _quoted(text)
