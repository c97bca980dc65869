"""Reading YAML that the package itself holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def read_yaml(path: Path) -> Any:
    """Return what a YAML file of the package says.

    With the safe loader written in C where PyYAML has it: it reads the same, ten times faster.
    """
    import yaml  # noqa: PLC0415 - slow to import

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
