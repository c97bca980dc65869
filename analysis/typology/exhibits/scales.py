"""What items are rated on, told by the two ends of their own scale."""

from __future__ import annotations

from collections.abc import Mapping

from typology.exhibits.clauses import listed, quoted, with_count
from typology.exhibits.labels import Labels


def rated_on(labels: Labels, scale: str) -> str:
    """Return how items of a scale are answered: "rated from “Never” to “Always” in five points"."""
    points = labels.questionnaire.scales[scale].labels(labels.language)
    low, high = (quoted(each, labels.language) for each in (points[0], points[-1]))
    if len(points) == 2:
        return labels.word("rated_one_or_other", low=low, high=high)
    number = with_count(len(points), labels.language)
    return labels.word("rated_from_to", low=low, high=high, number=number)


def rated_items(labels: Labels, items: Mapping[str, str]) -> str:
    """Return items, told by block, with what they are rated on; those of one scale together."""
    scales: dict[str, list[str]] = {}
    for block, told in items.items():
        scales.setdefault(labels.questionnaire.block(block).scale, []).append(told)
    described = [
        f"{listed(own, labels.language)}, {rated_on(labels, scale)}"
        for scale, own in scales.items()
    ]
    return labels.word("rated_separator").join(described)
