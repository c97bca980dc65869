"""The pipeline: questionnaire and answers in; types, tables, figures and words out."""

from __future__ import annotations

from pathlib import Path

DEFAULT_STUDY = Path("analysis") / "study.yml"
"""Where a project has its study file."""
