"""How often respondents are assigned to another class than theirs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.class_labels import check_labels
from rfree.base.inputs import FloatArray, check_weights


def classification_errors(
    membership: pd.DataFrame,
    labels: npt.ArrayLike,
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
) -> pd.DataFrame:
    """Estimate the probability of being assigned to each class, for the members of each.

    Parameters
    ----------
    membership : DataFrame, respondents x classes
        Probability that each belongs to each class, rows summing to 1: posterior probabilities of
        a latent class model, or the shares of the resamples of a clustering in which each falls in
        each class. Columns name the classes.
    labels : array of respondents
        Class that each was assigned to.
    sample_weight : array of respondents, or None

    Returns
    -------
    DataFrame, classes x classes
        Rows are the true classes (``true``), columns those assigned (``assigned``); rows sum to 1.

    Raises
    ------
    ValueError
        If an argument is not as described, or nobody can belong to some class.

    Notes
    -----
    D_ts = sum_i w_i p_it 1[i assigned to s] / sum_i w_i p_it (Bolck, Croon & Hagenaars 2004;
    Vermunt 2010, eq. 6). The matrix holds the errors that the probabilities speak of, and no
    other: shares of
    resamples say how far classes depend on who was drawn, not whether a class is real.

    Examples
    --------
    >>> membership = pd.DataFrame({1: [0.9, 0.9, 0.2, 0.2], 2: [0.1, 0.1, 0.8, 0.8]})
    >>> classification_errors(membership, [1, 1, 2, 2]).round(3)
    assigned      1      2
    true
    1         0.818  0.182
    2         0.111  0.889
    """
    weights = check_weights(sample_weight, membership, of="membership")
    names, codes = check_labels(labels, weights, membership.index, of="membership")
    classes = names.tolist()
    if set(membership.columns) != set(classes):
        raise ValueError(
            f"membership has columns {', '.join(map(str, membership.columns))}; expected the "
            f"classes of labels: {', '.join(map(str, classes))}."
        )
    degrees = membership[classes].to_numpy(dtype=float, na_value=np.nan)
    if not (np.isfinite(degrees).all() and (degrees >= 0).all()
            and np.allclose(degrees.sum(axis=1), 1, atol=1e-6)):  # fmt: skip
        raise ValueError("membership must hold shares of at least 0 whose rows sum to 1.")
    assigned = np.eye(len(classes))[codes]
    joint = (degrees * weights[:, None]).T @ assigned
    sizes = joint.sum(axis=1)
    if (sizes <= 0).any():
        empty = ", ".join(str(classes[each]) for each in np.flatnonzero(sizes <= 0))
        raise ValueError(f"Nobody can belong to class {empty}: its errors are not known.")
    return pd.DataFrame(
        joint / sizes[:, None],
        index=pd.Index(classes, name="true"),
        columns=pd.Index(classes, name="assigned"),
    )
