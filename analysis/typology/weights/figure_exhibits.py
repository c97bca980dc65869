"""The figure of the sample and its population: what it reads, and when there is one."""

from __future__ import annotations

from typology.exhibits.registry import figure_exhibit, told

representativeness = figure_exhibit(
    "representativeness",
    "typology.weights.figures:sample_and_population",
    takes=("representativeness", "representativeness_tests"),
    needs=("representativeness",),
    absent=told("no_representativeness"),
    section="representativeness", place=2,
)  # fmt: skip
