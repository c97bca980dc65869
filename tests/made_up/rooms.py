"""The rooms of the two packages, in the order in which they may import one another."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).parents[2]
RFREE = PROJECT / "R-free" / "rfree"
TYPOLOGY = PROJECT / "analysis" / "typology"

SUBJECTS = ("items", "axes", "types", "membership", "people", "weights", "validity")
ROOMS = {
    TYPOLOGY: (
        "words", "problems", "files", "questionnaire", "study", "answers", "fit", "exhibits",
        *SUBJECTS, "results", "workshops", "documents", "tools", "app", "cli",
    ),
    RFREE: (
        "base", "disclosure", "description", "items", "axes", "classes", "membership", "surveys",
        "samples", "missing", "other_clusterings", "reality", "evidence",
    ),
}  # fmt: skip
