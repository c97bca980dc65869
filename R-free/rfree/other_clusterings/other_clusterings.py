"""What another method would have told: latent classes, k-medoids and k-modes beside the study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.class_labels import check_numbers
from rfree.base.inputs import FloatArray, IntArray, check_weights
from rfree.base.replicates import child_seed
from rfree.base.weighting import repeated_rows
from rfree.classes.partition_agreement import adjusted_rand, overlap_table, partition_cramers_v
from rfree.other_clusterings.k_medoids import MedoidPartition, gower_answers, k_medoids
from rfree.other_clusterings.k_modes import k_modes
from rfree.other_clusterings.latent_class_choice import LatentClassStudy
from rfree.other_clusterings.latent_classes import LatentClassModel
from rfree.other_clusterings.sampled_medoids import (
    SAMPLE_SIZE,
    draw_medoid_samples,
    sampled_medoids,
)

# Tells the samples of k-medoids from the starts of k-modes under one seed.
_SAMPLES_KEY = 1


@dataclass(frozen=True)
class OtherClusterings:
    """Partitions by other methods and their agreement with the study's.

    Attributes
    ----------
    table : DataFrame
        A row for every partition: ``method`` (``study``, ``latent_classes``, ``k_medoids``,
        ``k_modes``); ``chosen_by``, what gave the number of classes (``study``, ``bic``,
        ``silhouette``); ``classes``, those that hold someone; ``adjusted_rand`` and ``cramers_v``
        with the study (NaN for one class); ``silhouette``, mean width on Gower's distance, the same
        for all methods (NaN for one class); ``smallest_share``, percent; ``compared``, respondents
        compared two by two for the silhouette, and for k-medoids.
    labels : DataFrame, respondent x (method, chosen_by)
        The partitions.
    """

    table: pd.DataFrame
    labels: pd.DataFrame


def other_clusterings(
    X: pd.DataFrame,
    reference_labels: npt.ArrayLike,
    *,
    ordered: bool,
    seed: int | np.random.SeedSequence,
    latent_classes: LatentClassStudy | None = None,
    max_classes: int = 10,
    largest_compared: int = SAMPLE_SIZE,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
) -> OtherClusterings:
    """Partition the respondents by other methods and compare with the study.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        One categorical column a question; None, NaN or NA is no answer.
    reference_labels : array of respondents
        The study's classes, at least two, in the order of X.
    ordered : bool
        Whether answers are codes of a scale, for Gower's distance
        (`rfree.other_clusterings.k_medoids`).
    seed : int or SeedSequence
        Draws the starts of k-modes, and samples of many respondents.
    latent_classes : LatentClassStudy, or None
        From `rfree.other_clusterings.latent_class_choice.choose_latent_classes`, to have its models
        of the study's number of classes and of lowest BIC in the table.
    max_classes : int
        Up to which k-medoids looks for the highest silhouette.
    largest_compared : int
        Where there are more respondents, k-medoids are looked for in random samples of so many
        (`rfree.other_clusterings.sampled_medoids`), and silhouettes are those within the first
        sample.
    sample_weight : array of respondents, or None
        Survey weights enter k-medoids and k-modes; agreement, silhouette and ``smallest_share``
        leave them out.
    frequencies : bool
        Whether weights are whole numbers of respondents: all is then as with the rows repeated,
        and so are ``labels``. ``latent_classes`` may be of the rows themselves.

    Returns
    -------
    OtherClusterings
        ``table`` and ``labels``.

    Raises
    ------
    ValueError
        If labels are not as many as the rows, or are of one class.

    Examples
    --------
    >>> X = pd.DataFrame({"a": list("1121255455"), "b": list("1211255545")})
    >>> result = other_clusterings(X, [1] * 5 + [2] * 5, ordered=True, seed=1, max_classes=3)
    >>> result.table[["method", "chosen_by", "classes", "adjusted_rand"]]
          method   chosen_by  classes  adjusted_rand
    0      study       study        2            1.0
    1  k_medoids       study        2            1.0
    2  k_medoids  silhouette        2            1.0
    3    k_modes       study        2            1.0
    """
    reference = check_numbers(reference_labels, X, name="reference_labels")
    weights = check_weights(sample_weight, X)
    if frequencies:
        counted = repeated_rows(weights)
        X, reference, weights = X.iloc[counted], reference[counted], np.ones(len(counted))
    n_classes = len(np.unique(reference))
    if n_classes < 2:
        raise ValueError("reference_labels holds one class only; expected at least 2 classes.")
    answers = gower_answers(X, ordered=ordered)
    compared = np.arange(len(X))
    partitions: dict[tuple[str, str], IntArray] = {("study", "study"): reference}
    if latent_classes is not None:
        by_number = {model.n_classes: model for model in latent_classes.models}
        if n_classes in by_number:
            partitions["latent_classes", "study"] = _labels_of(by_number[n_classes], X.index)
        best = by_number[latent_classes.bic_classes]
        partitions["latent_classes", "bic"] = _labels_of(best, X.index)
    numbers = sorted({n_classes, *range(2, min(max_classes, len(X) - 1) + 1)})
    medoids: dict[int, MedoidPartition]
    if len(X) > largest_compared:
        samples = draw_medoid_samples(
            len(X), seed=child_seed(seed, _SAMPLES_KEY), sample_size=largest_compared
        )
        compared = samples[0]
        medoids = sampled_medoids(answers, samples, numbers, weights)
        distances = answers.between(compared, compared)
    else:
        distances = answers.between(compared, compared)
        medoids = {
            number: k_medoids(distances, number, sample_weight=weights) for number in numbers
        }
    widths = {
        number: _silhouette(distances, partition.labels[compared])
        for number, partition in medoids.items()
    }
    partitions["k_medoids", "study"] = medoids[n_classes].labels
    partitions["k_medoids", "silhouette"] = medoids[max(widths, key=widths.__getitem__)].labels
    modes = k_modes(X, n_classes, seed=seed, sample_weight=weights)
    partitions["k_modes", "study"] = modes.labels
    rows = [
        {
            "method": method,
            "chosen_by": chosen_by,
            **_agreement(labels, reference),
            "silhouette": _silhouette(distances, labels[compared]),
            "smallest_share": 100 * float(np.unique(labels, return_counts=True)[1].min()) / len(X),
            "compared": len(compared),
        }
        for (method, chosen_by), labels in partitions.items()
    ]
    table = pd.DataFrame(partitions, index=X.index)
    table.columns.names = ["method", "chosen_by"]
    return OtherClusterings(pd.DataFrame(rows), table)


def _labels_of(model: LatentClassModel, respondents: pd.Index) -> IntArray:
    same = model.labels.index.equals(respondents)
    labels = model.labels if same else model.labels.loc[respondents]
    return np.asarray(labels, dtype=np.int64)


def _agreement(labels: IntArray, reference: IntArray) -> dict[str, float | int]:
    overlap = overlap_table(reference, labels)
    return {
        "classes": overlap.shape[1],
        "adjusted_rand": adjusted_rand(overlap),
        "cramers_v": partition_cramers_v(overlap),
    }


def _silhouette(distances: FloatArray, labels: IntArray) -> float:
    from sklearn.metrics import silhouette_score  # noqa: PLC0415 - slow to import

    if not 1 < len(np.unique(labels)) < len(labels):
        return float("nan")
    return float(silhouette_score(distances, labels, metric="precomputed"))
