"""Shares and tests of a sample drawn by strata or clusters, or with replicate weights."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.base.multiple_tests import adjusted_p_values
from rfree.surveys.survey_design import SurveyDesign
from rfree.surveys.survey_tests import survey_independence, survey_shares
from typology.exhibits.run_tables import MadeTables
from typology.fit.fitted_typology import FittedTypology
from typology.fit.survey import survey_of
from typology.questionnaire.characteristics import NO_ANSWER, characteristic_categories


def survey_tables(fitted: FittedTypology) -> MadeTables:
    """Return the tables of a sample whose answers say how it was drawn; none for another.

    ``survey_shares``: ``class``, ``n``, ``share`` (percent), ``std_error``, ``low``, ``high``
    (95 %), ``df``. ``survey_tests``: ``variable``, ``statistic`` (F), ``df``, ``df_denominator``,
    ``p_value`` and ``p_adjusted`` (Holm) of the independence of types and each characteristic.
    """
    survey = survey_of(fitted.study, fitted.responses)
    if survey is None:
        return {}
    everybody = fitted.responses.items.index
    labels = fitted.classes.labels.astype("Int64").reindex(everybody)
    shares = survey_shares(labels.astype(object).where(labels.notna(), None), survey)
    shares = shares.rename(columns={"category": "class"}).astype({"class": "int64"})
    tables = {"survey_shares": shares.assign(df=survey.df)}
    tests = _tests(fitted, labels, survey)
    return tables | ({} if tests.empty else {"survey_tests": tests})


def _tests(fitted: FittedTypology, labels: pd.Series, survey: SurveyDesign) -> pd.DataFrame:
    known = characteristic_categories(fitted.questionnaire, fitted.respondent)
    rows = []
    for name in known:
        answers = known[name].astype(object).where(known[name] != NO_ANSWER, None)
        answers = answers.reindex(labels.index)
        both = (answers.notna() & labels.notna()).to_numpy()
        if not both.any():
            continue
        found = survey_independence(
            labels.astype(object).where(both, None).to_numpy(dtype=object),
            answers.where(both, None).to_numpy(dtype=object), survey,
        )  # fmt: skip
        rows.append(
            {"variable": str(name), "statistic": found.statistic, "df": found.df,
             "df_denominator": found.df_denominator, "p_value": found.p_value}
        )  # fmt: skip
    table = pd.DataFrame(rows)
    if table.empty:
        return table
    tested = np.isfinite(table["statistic"].to_numpy(dtype=float))
    adjusted = np.full(len(table), np.nan)
    if tested.any():
        adjusted[tested] = adjusted_p_values(table["p_value"].to_numpy()[tested], "holm")
    return table.assign(p_adjusted=adjusted)
