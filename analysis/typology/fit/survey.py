"""How the respondents of a study were drawn, where its answers say so."""

from __future__ import annotations

import pandas as pd

from rfree.surveys.survey_design import SurveyDesign, replicate_design, survey_design
from typology.answers.responses import Responses
from typology.problems import InputError, Problem
from typology.study import Study
from typology.study.sections import WeightColumn
from typology.words.phrases import few, phrase


def survey_of(study: Study, responses: Responses) -> SurveyDesign | None:
    """Return how all the respondents that were read were drawn, None where nothing says it.

    Those who are left out of the analysis stay in the design, and contribute nothing. Raises
    InputError where a stratum has one cluster only, or the scales are not one a replicate.
    """
    said, table = study.choices.weights, responses.sampling
    if not isinstance(said, WeightColumn) or table is None or responses.weights is None:
        return None
    where = f"{study.path.name} › weights"
    if said.replicates is not None:
        scales = said.replicates.scales
        if scales is not None and len(scales) != table.shape[1]:
            expected = phrase("a scale for each of the {count} replicates", count=table.shape[1])
            value = phrase("{count} scales", count=len(scales))
            remedy = phrase("Write one for each column of replicate weights, in their order.")
            raise InputError(Problem("", "", value, expected, remedy, f"{where} › replicates"))
        if table.shape[1] < 2:
            expected = phrase("two columns of replicate weights at least")
            remedy = phrase("Name them by a pattern, like {example}.", example="rep*")
            named = said.replicates.columns
            raise InputError(Problem("", "", named, expected, remedy, f"{where} › replicates"))
        return replicate_design(
            responses.weights, table, kind=said.replicates.method,
            rho=said.replicates.rho or 0.0, scales=scales,
        )  # fmt: skip
    alone = _alone(table)
    if alone:
        expected = phrase("two clusters at least in each stratum, so that variances can be known")
        remedy = phrase("Give a stratum with one cluster the name of a stratum like it.")
        raise InputError(Problem("", "", few(alone), expected, remedy, f"{where} › strata"))
    return survey_design(
        responses.weights, strata=table.get("strata"), clusters=table.get("clusters")
    )


def _alone(table: pd.DataFrame) -> list[str]:
    """Return the strata of one cluster, or of one respondent where there are no clusters."""
    if "strata" not in table:
        return ["" for _ in range(int(table["clusters"].nunique() < 2))]
    own = table["clusters"] if "clusters" in table else pd.Series(table.index, index=table.index)
    counts = own.groupby(table["strata"]).nunique()
    return [str(name) for name in counts.index[counts < 2]]
