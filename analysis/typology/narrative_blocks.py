"""Sentences on the blocks of a questionnaire, whatever it asks about, and captions for each."""

from __future__ import annotations

from collections.abc import Sequence

from typology.facts import Facts, Written
from typology.findings import Tables, active_blocks
from typology.labels import Labels
from typology.narrative import unanimous_sentence
from typology.narrative_phrases import blocks_phrase, capital, items_of_block, listed, to_
from typology.tables.markdown import escape_markdown
from typology.words import number, word


def blocks_studied(tables: Tables, labels: Labels) -> list[str]:
    """Return the blocks that were answered, in the order of the questionnaire.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``item_agreement``.
    labels : Labels

    Returns
    -------
    list of block ids
    """
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


def active_items(tables: Tables, labels: Labels) -> str:
    """Return how many items each active block has: "24 attentes et 25 craintes".

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``item_agreement`` and ``classes``.
    labels : Labels

    Returns
    -------
    str
    """
    counts = tables["item_agreement"]["block"].value_counts()
    blocks = active_studied(tables, labels)
    told = [counted_items(labels, block, int(counts[block])) for block in blocks]
    return listed(told, labels.language)


def counted_items(labels: Labels, block: str, count: int) -> str:
    """Return a number of items of a block: "24 attentes", "5 énoncés du bloc « Ouverture »".

    Parameters
    ----------
    labels : Labels
    block : str
    count : int

    Returns
    -------
    str
        A single item is told as one of its block, whose title is in the plural.
    """
    language = labels.language
    if count == 1:
        return word("block_one_item", language, block=_quoted_title(labels, block))
    return f"{number(count, language, 0)} {_without_article(labels, block)}"


def questionnaire_sentence(facts: Facts) -> Written:
    """Return what the questionnaire holds: the items of each block, questions on the respondent.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Written
    """
    labels = facts.labels
    language, questionnaire = labels.language, labels.questionnaire
    items = listed(
        [counted_items(labels, block.id, len(block.items)) for block in questionnaire.blocks],
        language,
    )
    questions = len(questionnaire.respondent)
    many = {0: "_none", 1: "_one"}.get(questions, "")
    key = f"block_questionnaire{many}"
    return Written(word(key, language, items=items, questions=questions))


def roles_sentence(tables: Tables, labels: Labels) -> str:
    """Return which blocks make the axes, and what describes them without making them.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``item_agreement``, ``classes`` and ``class_variables``.
    labels : Labels

    Returns
    -------
    str
    """
    language = labels.language
    active = _items_of_blocks(labels, active_studied(tables, labels))
    sentence = word("block_active", language, active=capital(listed(active, language)))
    others = _items_of_blocks(labels, supplementary_studied(tables, labels))
    if _has_characteristics(tables, labels):
        others.append(word("block_characteristics", language))
    if others:
        told = word("block_supplementary", language, others=capital(listed(others, language)))
        sentence = f"{sentence} {told}"
    return sentence


def naming_rule(facts: Facts) -> Written:
    """Return how classes are named after the types that the study declares.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Written
    """
    labels = facts.labels
    described = {block for each in facts.choices.types for block in each.profile}
    blocks = [block.id for block in labels.questionnaire.blocks if block.id in described]
    if not blocks:
        return Written(word("block_no_types", labels.language))
    return Written(word("block_types", labels.language, blocks=blocks_phrase(labels, blocks)))


def unanimous_paragraphs(tables: Tables, labels: Labels) -> str:
    """Return the most unanimous items of each active block, and where all of them are shown.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``item_agreement`` and ``classes``.
    labels : Labels

    Returns
    -------
    str
        Markdown: a paragraph for each block. The tables and figures cited are those of
        `typology.block_page`.
    """
    language = labels.language
    blocks = active_studied(tables, labels)
    told = [unanimous_sentence(tables, labels, block) for block in blocks]
    cited = {
        kind: listed(
            [word(f"block_cited_{kind}", language, label=label(block)) for block in blocks],
            language,
        )
        for kind, label in (("table", unanimous_label), ("figure", answers_label))
    }
    where = word(
        "block_shown_one" if len(blocks) == 1 else "block_shown",
        language,
        tables=capital(cited["table"]),
        figures=cited["figure"],
    )
    return "\n\n".join([*told[:-1], f"{told[-1]} {where}"])


def unanimous_label(block: str) -> str:
    """Return the cross-reference of the table of the most unanimous items of a block."""
    return f"tbl-unanimous-{block}"


def answers_label(block: str) -> str:
    """Return the cross-reference of the figure of the answers to a block."""
    return f"fig-answers-{block}"


def profiles_label(block: str) -> str:
    """Return the cross-reference of the figure of what each type answers to a block."""
    return f"fig-profiles-{block}"


def unanimous_caption(labels: Labels, block: str) -> str:
    """Return the caption of the most unanimous items: "Les attentes les plus unanimes."."""
    return word("block_caption_unanimous", labels.language, items=_without_article(labels, block))


def answers_caption(labels: Labels, block: str) -> str:
    """Return the caption of the answers to a block."""
    items = to_(items_of_block(labels, block), labels.language)
    return word("block_caption_answers", labels.language, items=items)


def profiles_caption(labels: Labels, block: str) -> str:
    """Return the caption of what each type answers to a block."""
    title = escape_markdown(labels.block(block))
    return word("block_caption_profiles", labels.language, block=title)


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
    return [*named, word("block_items_of_blocks", language, blocks=together)]


def _without_article(labels: Labels, block: str) -> str:
    """Return the items of a block as they follow a number: "attentes"."""
    return items_of_block(labels, block).removeprefix(word("block_article", labels.language))


def _quoted_title(labels: Labels, block: str) -> str:
    return word("narrative_quote", labels.language, text=escape_markdown(labels.block(block)))


def _has_characteristics(tables: Tables, labels: Labels) -> bool:
    """Return whether anything asked on the respondents describes the types."""
    variables = tables["class_variables"]
    others = variables.loc[variables["role"] == "supplementary", "variable"]
    return not set(others) <= set(labels.questionnaire.items)
