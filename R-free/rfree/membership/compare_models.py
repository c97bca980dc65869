"""The same model under two treatments, side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.membership.membership_model import MembershipModel


def compare_estimates(
    first: MembershipModel, second: MembershipModel, *, names: tuple[str, str] = ("first", "second")
) -> pd.DataFrame:
    """Show what another treatment changes in the estimates of a model.

    Parameters
    ----------
    first, second : MembershipModel
        Of one kind and one reference class, such as without and with memberships or weights.
    names : (str, str)
        Of the treatments, for the columns.

    Returns
    -------
    DataFrame
        A row for every parameter that either has: ``outcome``, ``term``, ``kind``; for each name,
        ``estimate_<name>``, ``std_error_<name>``, ``p_value_<name>``, ``ratio_<name>``,
        ``low_<name>``, ``high_<name>``; ``difference`` (second estimate less the first),
        ``standardised_difference`` (in standard errors of the first), ``std_error_ratio``. NaN
        where a model lacks the parameter.

    Raises
    ------
    ValueError
        If the models differ in kind or in reference class, or the names are equal.

    Examples
    --------
    >>> from rfree.membership.design_matrix import design_matrix
    >>> from rfree.membership.ordered import ordered_logit
    >>> design = design_matrix(pd.DataFrame({"age": [30.0, 35, 40, 45, 50, 55]}))
    >>> plain = ordered_logit(design, [1, 2, 1, 2, 1, 2])
    >>> doubt = pd.DataFrame({1: [0.9, 0.2] * 3, 2: [0.1, 0.8] * 3})
    >>> compared = compare_estimates(plain, ordered_logit(design, membership=doubt))
    >>> compared["term"].tolist()
    ['age', '1|2']
    """
    if first.kind != second.kind:
        raise ValueError(f"The models differ in kind: {first.kind} and {second.kind}.")
    if first.kind == "multinomial" and first.given.classes[0] != second.given.classes[0]:
        raise ValueError(
            f"The models differ in reference class: {first.given.classes[0]} and "
            f"{second.given.classes[0]}."
        )
    if names[0] == names[1]:
        raise ValueError(f"Both treatments are called {names[0]!r}; give two names.")
    keys = ["outcome", "term", "kind"]
    numbers = ["estimate", "std_error", "p_value", "ratio", "low", "high"]
    sides = [
        model.coefficients[[*keys, *numbers]].rename(columns={n: f"{n}_{name}" for n in numbers})
        for model, name in zip((first, second), names, strict=True)
    ]
    rows = pd.concat([side[keys] for side in sides], ignore_index=True).drop_duplicates()
    table = rows.merge(sides[0], how="left", on=keys).merge(sides[1], how="left", on=keys)
    before, after = (table[f"estimate_{name}"].to_numpy(dtype=float) for name in names)
    errors = [table[f"std_error_{name}"].to_numpy(dtype=float) for name in names]
    gap = np.full(len(table), np.nan)
    np.subtract(after, before, out=gap, where=np.isfinite(before) & np.isfinite(after))
    return table.assign(
        difference=gap,
        standardised_difference=gap / errors[0],
        std_error_ratio=errors[1] / errors[0],
    )
