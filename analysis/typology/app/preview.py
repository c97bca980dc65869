"""What a study would give, in seconds: its axes and its classes, nothing resampled."""

from __future__ import annotations

import io
import threading
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from typology.axes.inertia import INERTIA
from typology.axes.measure import axis_rates, guttman_table
from typology.exhibits.labels import Labels
from typology.exhibits.registry import FigureExhibit
from typology.fit.fitted_typology import FittedTypology
from typology.items.measure import agreement_table
from typology.results.checking import begin_study
from typology.results.tabulation import completeness_table, inertia_gains_table
from typology.study import Study
from typology.types.grouped import coarse_tree_tables
from typology.types.measure import classes_table, tree_table
from typology.types.tree import TREE

CRITERIA_FIGURES: Mapping[str, FigureExhibit] = {"inertia": INERTIA, "tree": TREE}
"""The criteria that choose axes and classes, drawn."""

_drawing = threading.Lock()  # Matplotlib draws for one at a time


@dataclass(frozen=True)
class Preview:
    """The typology of the choices of now, and what is shown of it."""

    fitted: FittedTypology
    tables: Mapping[str, pd.DataFrame]

    @property
    def labels(self) -> Mapping[str, Labels]:
        """Return the labels in each language of the questionnaire."""
        questionnaire = self.fitted.questionnaire
        names = self.fitted.study.type_names
        return {each: Labels(questionnaire, each, names) for each in questionnaire.languages}

    def spoken(self, language: str) -> Labels:
        """Return the labels in a language, or in that of the questionnaire."""
        return self.labels.get(language) or next(iter(self.labels.values()))

    def drawn(self, name: str, language: str) -> bytes:
        """Return a figure as SVG."""
        with _drawing:
            figure = CRITERIA_FIGURES[name].draw(
                self.tables, self.spoken(language), simulated=self.fitted.study.choices.simulated
            )
            content = io.BytesIO()
            figure.savefig(content, format="svg")
        return content.getvalue()

    def described(self, name: str, language: str) -> str:
        """Return what a figure shows, in words."""
        return CRITERIA_FIGURES[name].describe(self.tables, self.spoken(language))


def made_preview(study: Study) -> Preview:
    """Return the typology of a study; InputError with what a run would refuse."""
    fitted, given = begin_study(study)
    weight, classes = fitted.sample_weight, fitted.classes
    smallest = study.choices.disclosure.smallest_cell
    tables = {
        "flow": fitted.quality.flow,
        "completeness": completeness_table(fitted.quality.missing_by_respondent),
        "item_agreement": agreement_table(fitted.items, fitted.questionnaire, weight),
        "axes": axis_rates(fitted.axes),
        "guttman": guttman_table(fitted.axes, weight),
        "inertia_gains": inertia_gains_table(classes),
        **coarse_tree_tables(classes, smallest=smallest),
        "linkage": tree_table(classes),
        "classes": classes_table(classes, weight),
    }
    return Preview(fitted, tables | given)
