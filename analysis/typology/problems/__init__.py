"""What is wrong with a file, in words: where, what was expected, what to do."""

from __future__ import annotations

from typology.problems.problem import InputError, Problem, study_lines

__all__ = [
    "InputError",
    "Problem",
    "study_lines",
]
