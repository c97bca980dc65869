"""Where the classes lie, as it is told: the mean of their points on the maps.

The centre of a class is the sum of the scores of its answers: with all its decimals, it gives the
hidden numbers of the class back, however many items there are.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from rfree.base.inputs import FloatArray
from rfree.disclosure.places import in_steps, place_steps
from typology.exhibits.run_tables import Tables
from typology.fit.fitted_typology import FittedTypology


def placing_items(fitted: FittedTypology) -> float:
    """Return as how many items of equal weight place the respondents: the heaviest decides."""
    weights = fitted.axes.mca.variable_weights_.to_numpy(dtype=float)
    return float(len(weights) / weights.max())


def told_centres(
    fitted: FittedTypology, tables: Tables, unweighed: Collection[int]
) -> dict[int, FloatArray]:
    """Return where each class lies on every axis computed; those without points are left out.

    The mean of the points of the maps, which are means of several respondents to a twentieth:
    nothing is told that they do not tell. Where respondents weigh differently, the mean with their
    weights, in steps, but for ``unweighed`` classes, of which no weighted number is told. Uses
    ``map_points``.
    """
    points = tables["map_points"]
    axes = [name for name in map(str, points) if name.startswith("Axis ")]
    weights = np.asarray(fitted.axes.mca.weights_, dtype=float)
    weighted = bool(np.ptp(weights))
    coordinates = fitted.axes.mca.row_coordinates_.to_numpy(dtype=float)
    centres = {}
    for number, own in points.groupby("class"):
        centre = np.average(own[axes].to_numpy(dtype=float), axis=0, weights=own["n"])
        if weighted and number not in unweighed:
            members = (fitted.classes.labels == number).to_numpy()
            exact = np.average(coordinates[members], axis=0, weights=weights[members])
            step = float(place_steps(int(members.sum()), placing_items(fitted)))
            centre = in_steps(exact, step)
        centres[int(str(number))] = np.asarray(centre, dtype=np.float64)
    return centres
