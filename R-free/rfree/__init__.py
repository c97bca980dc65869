"""The statistics of attitude typologies, on plain DataFrames and arrays."""

from rfree.agreement import AgreementScale, answer_distribution, describe_agreement
from rfree.association import polychoric
from rfree.catdes import describe_categories, describe_variables
from rfree.dimdesc import describe_axes
from rfree.guttman import guttman_r2
from rfree.hcpc import HCPC
from rfree.mca import MCA
from rfree.quantities import describe_quantities
from rfree.reliability import cronbach_alpha, describe_reliability, ordinal_omega

__all__ = [
    "HCPC",
    "MCA",
    "AgreementScale",
    "answer_distribution",
    "cronbach_alpha",
    "describe_agreement",
    "describe_axes",
    "describe_categories",
    "describe_quantities",
    "describe_reliability",
    "describe_variables",
    "guttman_r2",
    "ordinal_omega",
    "polychoric",
]
