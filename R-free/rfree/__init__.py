"""The statistics of attitude typologies, on plain DataFrames and arrays."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rfree.axes.dimdesc import describe_axes
    from rfree.axes.guttman import guttman_r2
    from rfree.axes.mca import MCA
    from rfree.classes.hcpc import HCPC
    from rfree.description.catdes import describe_categories, describe_variables
    from rfree.description.quantities import describe_quantities
    from rfree.items.agreement import AgreementScale, answer_distribution, describe_agreement
    from rfree.items.association import polychoric
    from rfree.items.reliability import cronbach_alpha, describe_reliability, ordinal_omega

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

_MODULES = {
    "HCPC": "rfree.classes.hcpc",
    "MCA": "rfree.axes.mca",
    "AgreementScale": "rfree.items.agreement",
    "answer_distribution": "rfree.items.agreement",
    "cronbach_alpha": "rfree.items.reliability",
    "describe_agreement": "rfree.items.agreement",
    "describe_axes": "rfree.axes.dimdesc",
    "describe_categories": "rfree.description.catdes",
    "describe_quantities": "rfree.description.quantities",
    "describe_reliability": "rfree.items.reliability",
    "describe_variables": "rfree.description.catdes",
    "guttman_r2": "rfree.axes.guttman",
    "ordinal_omega": "rfree.items.reliability",
    "polychoric": "rfree.items.association",
}
"""Where each name of the package is; its module is loaded when the name is first asked for."""


def __getattr__(name: str) -> Any:
    """Return a name of the package, from the module that holds it."""
    if name not in _MODULES:
        raise AttributeError(f"module 'rfree' has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    """Return the names of the package, loaded or not."""
    return sorted(set(globals()) | set(__all__))
