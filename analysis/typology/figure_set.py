"""The figures of a study: which there are, what each reads, what each says in words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from joblib import Parallel, delayed

from typology.figures.block_means import block_means, block_means_alt
from typology.figures.category_map import category_map, category_map_alt
from typology.figures.inertia import inertia_bars, inertia_bars_alt
from typology.figures.likert import likert_bars, likert_bars_alt
from typology.figures.membership_ratios import membership_ratios, membership_ratios_alt
from typology.figures.profiles import type_profiles, type_profiles_alt
from typology.figures.representativeness import (
    sample_and_population,
    sample_and_population_alt,
)
from typology.figures.respondent_map import respondent_map, respondent_map_alt
from typology.figures.saving import save_figure
from typology.figures.tree import classification_tree, classification_tree_alt
from typology.labels import Labels
from typology.study_figure import StudyFigure
from typology.validity_figures import validity_figures
from typology.visible_text import visible

Tables = Mapping[str, pd.DataFrame]


def study_figures(tables: Tables, labels: Labels) -> dict[str, StudyFigure]:
    """Return the figures of a study, by name, in the order of the paper.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        The tables of a run.
    labels : Labels

    Returns
    -------
    dict of name to StudyFigure
        ``likert_<block>`` for each block of items, ``inertia``, ``tree``, ``category_map``,
        ``respondent_map``, ``type_profiles`` for each active block (``profiles_<block>``),
        ``block_means``, ``representativeness`` where margins are given, and those of
        `typology.validity_figures` that could be computed.
    """
    blocks = list(dict.fromkeys(tables["item_agreement"]["block"]))
    active = [name[5:] for name in map(str, tables["classes"]) if name.startswith("mean_")]
    figures = [
        *(_likert(tables, labels, block) for block in blocks),
        _inertia(tables, labels),
        _tree(tables, labels),
        _category_map(tables, labels),
        _respondent_map(tables, labels),
        *(_profiles(tables, labels, block) for block in active),
        _block_means(tables, labels),
        *_membership(tables, labels),
        *_representativeness(tables, labels),
        *validity_figures(tables, labels),
    ]
    return {figure.name: figure for figure in figures}


def draw_figures(
    tables: Tables,
    labels: Mapping[str, Labels],
    folder: Path,
    *,
    simulated: bool,
    n_jobs: int = 1,
) -> tuple[Path, ...]:
    """Draw every figure in every language: SVG, PNG, and what it shows in words.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
    labels : mapping of language to Labels
    folder : Path
        Each language gets a folder in it, with ``<name>.svg``, ``<name>.png`` and ``<name>.txt``.
    simulated : bool
        Whether each figure says that the answers are simulated.
    n_jobs : int
        Cores. The figures do not depend on it.

    Returns
    -------
    tuple of Path
        The files written.

    Notes
    -----
    They have no title: articles and journals put it into the caption.
    """
    parts = 2 * n_jobs
    for language in labels:
        (folder / language).mkdir(parents=True)
    drawn = Parallel(n_jobs=n_jobs)(
        delayed(_draw_part)(
            slice(part, None, parts), tables, labels[language], folder / language, simulated
        )
        for language in labels
        for part in range(parts)
    )
    return tuple(path for paths in drawn for path in paths)


def _draw_part(
    part: slice, tables: Tables, labels: Labels, folder: Path, simulated: bool
) -> list[Path]:
    written: list[Path] = []
    for name, figure in list(study_figures(tables, labels).items())[part]:
        alt = visible(figure.describe())
        told = folder / f"{name}.txt"
        told.write_text(f"{alt}\n", encoding="utf-8", newline="\n")
        written += [*save_figure(figure.draw(False, simulated), folder / name, alt=alt), told]
    return written


def _likert(tables: Tables, labels: Labels, block: str) -> StudyFigure:
    inputs = (tables["item_distribution"], tables["item_agreement"], labels)
    return StudyFigure(
        f"likert_{block}",
        lambda title, simulated: likert_bars(
            *inputs, block=block, title=title, simulated=simulated
        ),
        lambda: likert_bars_alt(*inputs, block=block),
    )


def _inertia(tables: Tables, labels: Labels) -> StudyFigure:
    axes = tables["axes"]
    kept = int(axes["kept"].sum())
    return StudyFigure(
        "inertia",
        lambda title, simulated: inertia_bars(
            axes, labels, n_kept=kept, title=title, simulated=simulated
        ),
        lambda: inertia_bars_alt(axes, labels, n_kept=kept),
    )


def _tree(tables: Tables, labels: Labels) -> StudyFigure:
    inputs = (
        tables["tree"],
        tables["respondents"],
        tables["classes"],
        tables["inertia_gains"],
        labels,
    )
    return StudyFigure(
        "tree",
        lambda title, simulated: classification_tree(*inputs, title=title, simulated=simulated),
        lambda: classification_tree_alt(*inputs),
    )


def _category_map(tables: Tables, labels: Labels) -> StudyFigure:
    inputs = (tables["categories"], tables["axes"], tables["guttman"], labels)
    blocks = dict(
        zip(tables["item_agreement"]["item"], tables["item_agreement"]["block"], strict=True)
    )
    return StudyFigure(
        "category_map",
        lambda title, simulated: category_map(
            *inputs,
            blocks=blocks,
            classes=tables["classes"],
            ellipses=tables["class_ellipses"],
            title=title,
            simulated=simulated,
        ),
        lambda: category_map_alt(*inputs),
    )


def _respondent_map(tables: Tables, labels: Labels) -> StudyFigure:
    inputs = (
        tables["respondents"],
        tables["classes"],
        tables["class_ellipses"],
        tables["axes"],
        labels,
    )
    return StudyFigure(
        "respondent_map",
        lambda title, simulated: respondent_map(*inputs, title=title, simulated=simulated),
        lambda: respondent_map_alt(*inputs),
    )


def _profiles(tables: Tables, labels: Labels, block: str) -> StudyFigure:
    inputs = (tables["class_profiles"], tables["classes"], labels)
    return StudyFigure(
        f"profiles_{block}",
        lambda title, simulated: type_profiles(
            *inputs, block=block, title=title, simulated=simulated
        ),
        lambda: type_profiles_alt(*inputs, block=block),
    )


def _block_means(tables: Tables, labels: Labels) -> StudyFigure:
    inputs = (tables["classes"], tables["item_distribution"], labels)
    return StudyFigure(
        "block_means",
        lambda title, simulated: block_means(*inputs, title=title, simulated=simulated),
        lambda: block_means_alt(*inputs),
    )


def _representativeness(tables: Tables, labels: Labels) -> list[StudyFigure]:
    if "representativeness" not in tables:
        return []
    inputs = (tables["representativeness"], tables["representativeness_tests"], labels)
    return [
        StudyFigure(
            "representativeness",
            lambda title, simulated: sample_and_population(
                *inputs, title=title, simulated=simulated
            ),
            lambda: sample_and_population_alt(*inputs),
        )
    ]


def _membership(tables: Tables, labels: Labels) -> list[StudyFigure]:
    """Return the forest plot of the multinomial model, none where it was not fitted."""
    coefficients = tables.get("membership_coefficients")
    if coefficients is None or not (coefficients["model"] == "multinomial").any():
        return []
    inputs = (coefficients, tables["membership_fit"], tables["classes"], labels)
    return [
        StudyFigure(
            "membership_ratios",
            lambda title, simulated: membership_ratios(*inputs, title=title, simulated=simulated),
            lambda: membership_ratios_alt(*inputs),
        )
    ]
