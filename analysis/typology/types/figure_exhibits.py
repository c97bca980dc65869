"""The figures of the types: what each reads, and what its caption names."""

from __future__ import annotations

from typology.exhibits.blocks import ACTIVE_BLOCKS, title_of_block
from typology.exhibits.registry import figure_exhibit
from typology.exhibits.run_tables import respondents_analysed

tree = figure_exhibit(
    "tree",
    "typology.types.tree:classification_tree",
    takes=("tree", "respondents", "classes", "inertia_gains"),
)
respondent_map = figure_exhibit(
    "respondent_map",
    "typology.types.respondent_map:respondent_map",
    takes=("respondents", "classes", "class_ellipses", "axes"),
    values=respondents_analysed,
    label="fig-respondents",
)
profiles = figure_exhibit(
    "profiles",
    "typology.types.profiles:type_profiles",
    takes=("class_profiles", "classes"),
    each=ACTIVE_BLOCKS,
    values=title_of_block,
    file="profiles_{block}",
    label="fig-profiles-{block}",
)
