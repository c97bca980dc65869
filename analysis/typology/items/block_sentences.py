"""Sentences on the blocks of a questionnaire, whatever it asks about."""

from __future__ import annotations

from collections.abc import Sequence

from typology.exhibits.blocks import active_studied, items_without_article, supplementary_studied
from typology.exhibits.clauses import capital, items_of_block, listed
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables
from typology.items.sentences import unanimous_sentence
from typology.items.tables import unanimous_table
from typology.words.markdown import escape_markdown

_TOLD = 2
"""Items of a block told in a sentence; its table has more."""


def active_items(tables: Tables, labels: Labels) -> str:
    """Return how many items each active block has: "24 attentes et 25 craintes".

    Uses ``item_agreement`` and ``classes``.
    """
    counts = tables["item_agreement"]["block"].value_counts()
    blocks = active_studied(tables, labels)
    told = [counted_items(labels, block, int(counts[block])) for block in blocks]
    return listed(told, labels.language)


def counted_items(labels: Labels, block: str, count: int) -> str:
    """Return a number of items of a block: "24 attentes", "5 énoncés du bloc « Ouverture »".

    A single item is told as one of its block, whose title is in the plural.
    """
    if count == 1:
        return labels.word("block_one_item", block=_quoted_title(labels, block))
    return f"{labels.number(count, 0)} {items_without_article(labels, block)}"


def roles_sentence(tables: Tables, labels: Labels) -> str:
    """Return which blocks make the axes, and what describes them without making them.

    Uses ``item_agreement``, ``classes`` and ``class_variables``.
    """
    language = labels.language
    active = _items_of_blocks(labels, active_studied(tables, labels))
    sentence = labels.word("block_active", active=capital(listed(active, language)))
    others = _items_of_blocks(labels, supplementary_studied(tables, labels))
    if _has_characteristics(tables, labels):
        others.append(labels.word("block_characteristics"))
    if others:
        told = labels.word("block_supplementary", others=capital(listed(others, language)))
        sentence = f"{sentence} {told}"
    return sentence


def unanimous_paragraphs(tables: Tables, labels: Labels) -> str:
    """Return the most unanimous items of each active block, and where all of them are shown.

    Markdown: a paragraph for each block; the last one cites the table. Uses
    ``item_agreement`` and ``classes``.
    """
    blocks = active_studied(tables, labels)
    told = [unanimous_sentence(tables, labels, block, top=_TOLD) for block in blocks]
    where = labels.word("block_shown", table=unanimous_table.label)
    return "\n\n".join([*told[:-1], f"{told[-1]} {where}"])


def _items_of_blocks(labels: Labels, blocks: Sequence[str]) -> list[str]:
    """Return the items of several blocks; those of blocks told by their titles are told at once."""
    language = labels.language
    titles = {block: _quoted_title(labels, block) for block in blocks}
    told = {block: items_of_block(labels, block) for block in blocks}
    titled = [block for block in blocks if titles[block] in told[block]]
    named = [told[block] for block in blocks if block not in titled]
    if len(titled) < 2:
        return named + [told[block] for block in titled]
    together = listed([titles[block] for block in titled], language)
    return [*named, labels.word("block_items_of_blocks", blocks=together)]


def _quoted_title(labels: Labels, block: str) -> str:
    return labels.word("narrative_quote", text=escape_markdown(labels.block(block)))


def _has_characteristics(tables: Tables, labels: Labels) -> bool:
    """Return whether anything asked on the respondents describes the types."""
    variables = tables["class_variables"]
    others = variables.loc[variables["role"] == "supplementary", "variable"]
    return not set(others) <= set(labels.questionnaire.items)
