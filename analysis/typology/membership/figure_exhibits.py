"""The figure of the models of membership: what it reads, and when there is one."""

from __future__ import annotations

from typology.exhibits.registry import figure_exhibit
from typology.membership.sentences import no_models
from typology.membership.terms import fitted

membership_ratios = figure_exhibit(
    "membership_ratios",
    "typology.membership.figures:membership_ratios",
    takes=("membership_coefficients", "membership_fit", "classes"),
    needs=("membership_coefficients",),
    given=fitted("membership_coefficients", "multinomial"),
    absent=no_models,
    label="fig-membership",
)
