"""Tables of the paper: cells in words, from the tables of a run."""

from typology.tables.associations import all_tests_table, variables_table
from typology.tables.axes import all_axes_table, axes_table, axis_description_table
from typology.tables.items import all_items_table, reliability_table, unanimous_table
from typology.tables.paper_table import PaperTable
from typology.tables.respondents import flow_table, respondents_table
from typology.tables.types import (
    consolidation_table,
    portrait_table,
    portraits_table,
    types_table,
)

__all__ = [
    "PaperTable",
    "all_axes_table",
    "all_items_table",
    "all_tests_table",
    "axes_table",
    "axis_description_table",
    "consolidation_table",
    "flow_table",
    "portrait_table",
    "portraits_table",
    "reliability_table",
    "respondents_table",
    "types_table",
    "unanimous_table",
    "variables_table",
]
