"""What a page shows of each block of the questionnaire, whichever blocks the study has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from typology.document import Document
from typology.facts import Written
from typology.labels import Labels
from typology.narrative_blocks import (
    active_studied,
    answers_caption,
    answers_label,
    profiles_caption,
    profiles_label,
    supplementary_studied,
    unanimous_caption,
    unanimous_label,
)
from typology.tables.items import unanimous_table


def unanimous_tables(document: Document) -> Written:
    """Return the table of the most unanimous items of each active block.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Written
        Markdown. The tables are numbered ``tbl-unanimous-<block>``.
    """
    tables, labels = document.tables, document.labels
    shown = [
        document.table(
            unanimous_table(tables, labels, block),
            label=unanimous_label(block),
            caption=unanimous_caption(labels, block),
        )
        for block in active_studied(tables, labels)
    ]
    return Written("\n\n".join(shown))


def answers_figures(document: Document) -> Written:
    """Return the figure of the answers to each active block.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Written
        Markdown. The figures are numbered ``fig-answers-<block>``.
    """
    blocks = active_studied(document.tables, document.labels)
    return _figures(document, blocks, "likert", answers_label, answers_caption)


def supplementary_answers_figures(document: Document) -> Written:
    """Return the figure of the answers to each block that made no axis.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Written
        Markdown, empty where every block is active. The figures are numbered
        ``fig-answers-<block>``.
    """
    blocks = supplementary_studied(document.tables, document.labels)
    return _figures(document, blocks, "likert", answers_label, answers_caption)


def profiles_figures(document: Document) -> Written:
    """Return the figure of what each type answers to each active block.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Written
        Markdown. The figures are numbered ``fig-profiles-<block>``.
    """
    blocks = active_studied(document.tables, document.labels)
    return _figures(document, blocks, "profiles", profiles_label, profiles_caption)


def _figures(
    document: Document,
    blocks: Sequence[str],
    kind: str,
    label: Callable[[str], str],
    caption: Callable[[Labels, str], str],
) -> Written:
    shown = [
        document.figure(
            f"{kind}_{block}", label=label(block), caption=caption(document.labels, block)
        )
        for block in blocks
    ]
    return Written("\n\n".join(shown))
