"""The study from its files to its tables: the stages, in order."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from typology.fit.fitted_typology import FittedTypology
from typology.membership.design import membership_design
from typology.membership.measure import membership_tables
from typology.people.sample_warnings import sample_warnings
from typology.results.checking import begin_study
from typology.results.tabulation import factor_numbers, tabulate
from typology.study import Study
from typology.validity.grouped_confidence import grouped_validity_tables
from typology.validity.measure import validity_tables
from typology.weights.survey_measure import survey_tables
from typology.words.progress import Progress, silent


@dataclass(frozen=True)
class Analysis:
    """Everything a run computed: the typology, and its tables by name.

    The study of the typology says whether these very answers are simulated. ``notices`` tell what
    was decided while writing, once the results are on disk.
    """

    fitted: FittedTypology
    tables: dict[str, pd.DataFrame]
    notices: tuple[str, ...] = ()


def run_pipeline(
    study: Study, *, progress: Progress = silent, n_jobs: int = 1, validity: bool = True
) -> Analysis:
    """Run every stage of a study.

    Parameters
    ----------
    study : Study
    progress : callable
        Told the key of each stage as it begins, and how much of a long one is done.
    n_jobs : int
        Cores; the numbers do not depend on it.
    validity : bool
        Whether to ask how real the types are, the longest stage.

    Returns
    -------
    Analysis

    Raises
    ------
    InputError
        With every problem of the files that stopped it.
    """
    fitted, given_tables = begin_study(study, progress=progress)
    progress("describe")
    tables = tabulate(fitted) | given_tables | survey_tables(fitted)
    if validity:
        progress("validity")
        tables |= validity_tables(
            fitted, n_jobs=n_jobs, advance=lambda share: progress("validity", share)
        )
    tables |= grouped_validity_tables(tables, study.choices.disclosure.smallest_cell)
    if validity:
        tables |= factor_numbers(fitted, n_jobs=n_jobs)
    tables |= membership_tables(
        fitted,
        errors=tables.get("classification_errors"),
        moves=tables.get("imputation_moves"),
    )
    tables["warnings"] = sample_warnings(fitted, membership_design(fitted)[0])
    return Analysis(fitted, tables)
