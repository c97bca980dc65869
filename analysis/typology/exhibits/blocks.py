"""The blocks of a study that exhibits are repeated over, and what captions call their items."""

from __future__ import annotations

from typology.exhibits.clauses import items_of_block, to_
from typology.exhibits.labels import Labels
from typology.exhibits.registry import Each
from typology.exhibits.run_tables import Tables, active_blocks
from typology.words.markdown import escape_markdown


def blocks_studied(tables: Tables, labels: Labels) -> list[str]:
    """Return the blocks that were answered, in the order of the questionnaire."""
    answered = set(tables["item_agreement"]["block"])
    return [block.id for block in labels.questionnaire.blocks if block.id in answered]


def active_studied(tables: Tables, labels: Labels) -> list[str]:
    """Return the blocks that made the axes and the types, in the order of the questionnaire."""
    active = set(active_blocks(tables))
    return [block for block in blocks_studied(tables, labels) if block in active]


def supplementary_studied(tables: Tables, labels: Labels) -> list[str]:
    """Return the blocks answered that made no axis, in the order of the questionnaire."""
    active = set(active_blocks(tables))
    return [block for block in blocks_studied(tables, labels) if block not in active]


ACTIVE_BLOCKS = Each("block", active_studied)
SUPPLEMENTARY_BLOCKS = Each("block", supplementary_studied)


def items_without_article(labels: Labels, block: str) -> str:
    """Return the items of a block as they follow a number: "attentes"."""
    return items_of_block(labels, block).removeprefix(labels.word("block_article"))


def to_named_items(_: Tables, labels: Labels, block: str) -> dict[str, str]:
    """Return ``{items}`` of a caption on answers: "aux attentes"."""
    return {"items": to_(items_of_block(labels, block), labels.language)}


def title_of_block(_: Tables, labels: Labels, block: str) -> dict[str, str]:
    """Return ``{block}`` of a caption: its title."""
    return {"block": escape_markdown(labels.block(block))}
