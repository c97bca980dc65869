"""Every table and figure that a run gives to be shown: the modules that declare them."""

from __future__ import annotations

from typology.axes import figure_exhibits as axes_figures
from typology.axes import tables as axes_tables
from typology.items import figure_exhibits as items_figures
from typology.items import tables as items_tables
from typology.membership import figure_exhibits as membership_figures
from typology.membership import tables as membership_tables
from typology.people import tables as people_tables
from typology.people import tests_table
from typology.types import associations
from typology.types import figure_exhibits as types_figures
from typology.types import tables as types_tables
from typology.validity import choices_tables
from typology.validity import figure_exhibits as validity_figures
from typology.validity import tables as validity_tables
from typology.weights import figure_exhibits as weights_figures
from typology.weights import tables as weights_tables

RUN_MODULES = (
    items_tables,
    items_figures,
    axes_tables,
    axes_figures,
    types_tables,
    associations,
    types_figures,
    people_tables,
    tests_table,
    membership_tables,
    membership_figures,
    weights_tables,
    weights_figures,
    validity_tables,
    choices_tables,
    validity_figures,
)
"""A table or a figure declared in one of these can be shown by its name."""
