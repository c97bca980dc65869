"""Classes, ordered classes or continuous attitudes: which model gives the answers at least cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from rfree.base.inputs import FloatArray, aligned_to
from rfree.base.replicates import child_seed
from rfree.other_clusterings.graded_response import GradedResponseModel, fit_graded_response
from rfree.other_clusterings.latent_class_choice import (
    LatentClassStudy,
    choose_latent_classes,
    information_criteria,
)
from rfree.other_clusterings.latent_classes import LatentClassModel
from rfree.other_clusterings.ordered_classes import OrderedClassModel, fit_ordered_classes

# Random starts of the latent classes when they are not given.
CLASS_STARTS = 20


@dataclass(frozen=True)
class AnswerModels:
    """Models of the same answers.

    Attributes
    ----------
    table : DataFrame
        A row a model: ``kind`` ("latent classes", "ordered classes", "one factor",
        "two factors"), ``classes`` and ``factors`` (0 where there are none; ordered classes lie on
        1), ``log_likelihood``, ``parameters``, ``aic``, ``bic``, ``abic``, ``bic_above_best`` (0
        for the best row), ``entropy`` (relative, of classes, 0 to 1; NaN without), ``converged``.
        The row of one latent class is independence.
    best : dict
        For each kind, its row of lowest BIC.
    ordered : tuple of OrderedClassModel
    factors : tuple of GradedResponseModel
        Of one factor, and of two.
    """

    table: pd.DataFrame
    best: dict[str, int]
    ordered: tuple[OrderedClassModel, ...]
    factors: tuple[GradedResponseModel, ...]


def compare_answer_models(
    items: pd.DataFrame,
    *,
    seed: int | np.random.SeedSequence,
    max_classes: int = 6,
    latent_classes: LatentClassStudy | None = None,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    n_jobs: int = 1,
) -> AnswerModels:
    """Fit latent classes, ordered latent classes, and one and two factors to ordered answers.

    Parameters
    ----------
    items : DataFrame, respondents x items
        Numeric codes; NaN or ``<NA>`` is no answer, which leaves the likelihood to the others.
    seed : int or SeedSequence
        One child a model: the same numbers on any number of cores.
    max_classes : int, at least 2
        Fewer when there are not as many different respondents.
    latent_classes : LatentClassStudy, optional
        Latent classes of the same answers and weights, from
        `rfree.other_clusterings.latent_class_choice.choose_latent_classes`, when there are some
        already; by default a short search of its own.
    sample_weight : array of respondents, or None
        Positive. Survey weights make the likelihood a pseudo-likelihood, and the criteria count
        its design effect (see `choose_latent_classes`).
    frequencies : bool
        Whether weights are numbers of respondents.
    n_jobs : int
        Cores, through joblib.

    Returns
    -------
    AnswerModels

    Raises
    ------
    ValueError
        If ``max_classes`` is below 2, or ``latent_classes`` are of another number of respondents.

    Notes
    -----
    All rows are likelihoods of the same answers, so that their criteria compare. Latent classes
    alone always find some: on one continuous attitude they gain with each class that cuts it
    once more. Beside factors the comparison is fair to both (Lubke & Neale 2006, *Multivariate
    Behavioral Research* 41, 499-532; Markon & Krueger 2006, *Psychological Methods* 11, 228-243,
    who compare classes, ordered classes at points of one dimension, and a normal factor). A factor
    model of lowest BIC is evidence against groups, but not the reverse: an attitude that is not
    normal (skewed, in lumps) can favour ordered classes, which take any distribution of it.

    Examples
    --------
    >>> generator = np.random.default_rng(1)
    >>> attitude = generator.standard_normal((400, 1))
    >>> latent = 2 * attitude + generator.logistic(size=(400, 6))
    >>> items = pd.DataFrame((latent > 0).astype(int) + (latent > 1), columns=list("abcdef"))
    >>> models = compare_answer_models(items, seed=1, max_classes=3)
    >>> models.table.loc[models.table["bic"].idxmin(), "kind"]
    'one factor'
    """
    if max_classes < 2:
        raise ValueError(f"max_classes is {max_classes}; expected at least 2.")
    max_classes = min(max_classes, len(items.drop_duplicates()))
    sample_weight = aligned_to(sample_weight, items, name="sample_weight", of="items")
    weighting = {"sample_weight": sample_weight, "frequencies": frequencies}
    seeds = child_seed(seed).spawn(max_classes + 1)
    study = latent_classes or choose_latent_classes(
        items,
        seed=seeds[0],
        max_classes=max_classes,
        starts=CLASS_STARTS,
        thorough=False,
        replicates=0,
        n_jobs=n_jobs,
        **weighting,  # type: ignore[arg-type]
    )
    if len(study.models[0].labels) != len(items):
        raise ValueError(
            f"latent_classes are of {len(study.models[0].labels)} respondents and items of "
            f"{len(items)}."
        )
    parallel = Parallel(n_jobs=n_jobs)
    ordered = tuple(
        parallel(
            delayed(fit_ordered_classes)(items, number, seed=seeds[number], **weighting)
            for number in range(2, max_classes + 1)
        )
    )
    factors = tuple(
        parallel(delayed(fit_graded_response)(items, number, **weighting) for number in (1, 2))
    )
    table = _table(study, ordered, factors)
    best = {
        str(kind): int(rows.index[int(rows["bic"].to_numpy().argmin())])
        for kind, rows in table.groupby("kind", sort=False)
    }
    return AnswerModels(table, best, ordered, factors)


def _table(
    study: LatentClassStudy,
    ordered: tuple[OrderedClassModel, ...],
    factors: tuple[GradedResponseModel, ...],
) -> pd.DataFrame:
    rows = [
        _row("latent classes", model, model.n_classes, 0, model.relative_entropy)
        for model in study.models
    ]
    rows += [
        _row("ordered classes", model, model.n_classes, 1, model.relative_entropy)
        for model in ordered
    ]
    rows += [
        _row(kind, model, 0, model.n_factors, float("nan"))
        for kind, model in zip(("one factor", "two factors"), factors, strict=True)
    ]
    table = pd.DataFrame(rows)
    table.insert(8, "bic_above_best", table["bic"] - table["bic"].min())
    return table


def _row(
    kind: str,
    model: LatentClassModel | OrderedClassModel | GradedResponseModel,
    classes: int,
    factors: int,
    entropy: float,
) -> dict[str, object]:
    criteria = information_criteria(
        model.log_likelihood, model.n_parameters, model.n_respondents, model.design_effect
    )
    return {
        "kind": kind,
        "classes": classes,
        "factors": factors,
        "log_likelihood": model.log_likelihood,
        "parameters": model.n_parameters,
        **criteria,
        "entropy": entropy,
        "converged": model.converged,
    }
