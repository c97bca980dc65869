"""Tables of the paper: cells in words, from the tables of a run."""

from typology.tables.associations import all_tests_table, variables_table
from typology.tables.axes import all_axes_table, axes_table, axis_description_table
from typology.tables.choices import (
    criteria_table,
    latent_class_table,
    other_methods_table,
    sensitivity_table,
    sensitivity_types_table,
)
from typology.tables.error_rates import error_rates_table
from typology.tables.items import all_items_table, reliability_table, unanimous_table
from typology.tables.paper_table import PaperTable
from typology.tables.respondent_tests import characteristic_tests_table
from typology.tables.respondents import flow_table, respondents_table
from typology.tables.types import (
    consolidation_table,
    portrait_table,
    portraits_table,
    types_table,
)
from typology.tables.validity import (
    imputation_table,
    null_descriptions_table,
    stability_table,
    verdict_table,
)

__all__ = [
    "PaperTable",
    "all_axes_table",
    "all_items_table",
    "all_tests_table",
    "axes_table",
    "axis_description_table",
    "characteristic_tests_table",
    "consolidation_table",
    "criteria_table",
    "error_rates_table",
    "flow_table",
    "imputation_table",
    "latent_class_table",
    "null_descriptions_table",
    "other_methods_table",
    "portrait_table",
    "portraits_table",
    "reliability_table",
    "respondents_table",
    "sensitivity_table",
    "sensitivity_types_table",
    "stability_table",
    "types_table",
    "unanimous_table",
    "variables_table",
    "verdict_table",
]
