"""Every table and figure that a run gives to be shown: the modules that declare them."""

from __future__ import annotations

from typology.axes import category_map, inertia
from typology.axes import tables as axes_tables
from typology.axes.characteristics import crossed_map
from typology.axes.characteristics import tables as characteristics_tables
from typology.items import block_means, likert
from typology.items import tables as items_tables
from typology.membership import figures as membership_figures
from typology.membership import probability_figures
from typology.membership import tables as membership_tables
from typology.people import reported_table, tests_table, verbatim_tables
from typology.people import tables as people_tables
from typology.types import associations, movers, profiles, respondent_map, tree
from typology.types import tables as types_tables
from typology.validity import choices_tables
from typology.validity import tables as validity_tables
from typology.validity.evidence import tables as evidence_tables
from typology.validity.figures import (
    boundaries,
    category_ellipses,
    comparison_curves,
    criteria,
    nulls,
    sensitivity,
    stability,
)
from typology.weights import figures as weights_figures
from typology.weights import tables as weights_tables

RUN_MODULES = (
    items_tables,
    likert,
    block_means,
    axes_tables,
    inertia,
    category_map,
    characteristics_tables,
    crossed_map,
    types_tables,
    associations,
    tree,
    movers,
    respondent_map,
    profiles,
    people_tables,
    tests_table,
    verbatim_tables,
    reported_table,
    membership_tables,
    probability_figures,
    membership_figures,
    weights_tables,
    weights_figures,
    validity_tables,
    choices_tables,
    evidence_tables,
    stability,
    category_ellipses,
    boundaries,
    nulls,
    comparison_curves,
    criteria,
    sensitivity,
)
"""A table or a figure declared in one of these can be shown by its name."""
