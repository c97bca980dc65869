"""The sentences that follow the study file and the questionnaire: what was decided beforehand.

Each takes the ``facts`` of a document, and returns Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typology.documents.quoted import Facts
from typology.exhibits.clauses import blocks_phrase, with_count
from typology.exhibits.scales import rated_items
from typology.items.block_sentences import counted_items
from typology.study.axis_rules import parse_axis_rule
from typology.words import percent, word
from typology.words.markdown import Written, escape_markdown

if TYPE_CHECKING:
    from typology.documents.document import Document


def subject(facts: Facts) -> Written:
    """Return what the questionnaire says of its subject, if it does."""
    labels = facts.labels
    about = labels.questionnaire.about
    return Written("" if about is None else escape_markdown(about.in_(labels.language)))


def exclusion_rule(facts: Facts) -> Written:
    """Return who is left out of the analysis."""
    language = facts.labels.language
    chosen = facts.choices.exclusions
    most = percent(chosen.max_missing_share, language, 0)
    told = [
        word("choice_excluded", language, share=most)
        if chosen.max_missing_share < 100
        else word("choice_excluded_none", language)
    ]
    if chosen.straight_liners:
        told.append(word("choice_excluded_straight_liners", language))
    if chosen.duplicates:
        told.append(word("choice_excluded_duplicates", language))
    return Written(" ".join(told))


def missing_rule(facts: Facts) -> Written:
    """Return what is done with missing answers, and with answers that few chose."""
    language = facts.labels.language
    told = [word("choice_missing", language, facts.choices.missing)]
    if facts.choices.passive_below > 1:
        told.append(word("choice_passive_below", language, count=facts.passive_below))
    return Written(" ".join(told))


def axes_rule(facts: Facts) -> Written:
    """Return how many axes are kept, or which rule says it; and that blocks weigh the same."""
    language = facts.labels.language
    rule = parse_axis_rule(facts.choices.axes)
    if rule.rate is None:
        told = [word("choice_axes_number", language, count=rule.number)]
    else:
        threshold = percent(rule.threshold, language, 0)
        rate = word("choice_rate", language, rule.rate)
        told = [word("choice_axes_rule", language, threshold=threshold, rate=rate)]
    if facts.choices.block_weights == "equal":
        told.insert(0, word("choice_block_weights", language))
    return Written(" ".join(told))


def classes_rule(facts: Facts) -> Written:
    """Return how many classes are made, or what says it."""
    language = facts.labels.language
    chosen = facts.choices.classes
    if chosen == "auto":
        return Written(word("choice_classes_auto", language))
    if isinstance(chosen, str):
        criterion = word("suggesting_criterion", language, chosen)
        return Written(word("choice_classes_criterion", language, criterion=criterion))
    return Written(word("choice_classes_number", language, count=with_count(chosen, language)))


def consolidation_rule(facts: Facts) -> Written:
    """Return whether the classes are consolidated."""
    key = "choice_consolidated" if facts.choices.consolidate else "choice_not_consolidated"
    return Written(word(key, facts.labels.language))


def wording_origin(facts: Facts) -> Written:
    """Return how many items are known word for word, and how many were reconstructed.

    Empty where the questionnaire does not say that any item was reconstructed.
    """
    language = facts.labels.language
    wordings = [item.wording for item in facts.labels.questionnaire.items.values()]
    total = len(wordings)
    reported, reconstructed = (wordings.count(each) for each in ("reported", "reconstructed"))
    if not reconstructed:
        return Written("")
    few = {0: "none", 1: "one"}.get(reported, "few" if 2 * reported < total else "most")
    rest = "rest" if reported and reported + reconstructed == total else "some"
    made = "one" if reconstructed == 1 else rest
    return Written(
        word(
            "discussion_wording",
            language,
            total=total,
            reported=word(
                "discussion_reported", language, few, count=with_count(reported, language)
            ),
            reconstructed=word(
                "discussion_reconstructed",
                language,
                made,
                count=with_count(reconstructed, language),
            ),
        )
    )


def sources_paragraph(document: Document) -> Written:
    """Return where the wordings come from, and where what was published is compared.

    Nothing on wordings where no item was reconstructed, nothing on what was published where there
    is no ``reported.yml`` beside the questionnaire.
    """
    language = document.language
    told = []
    if wording := wording_origin(document.facts):
        told.append(word("sources_wording", language, wording=wording))
    if document.reported_path.is_file():
        told.append(word("sources_reported", language))
    return Written(" ".join(told))


def questionnaire_sentence(facts: Facts) -> Written:
    """Return what the questionnaire holds: the items of each block, questions on the respondent."""
    labels = facts.labels
    language, questionnaire = labels.language, labels.questionnaire
    items = rated_items(
        labels,
        {
            block.id: counted_items(labels, block.id, len(block.items))
            for block in questionnaire.blocks
        },
    )
    questions = len(questionnaire.respondent)
    return Written(
        word("block_questionnaire", language, plural=questions, items=items, questions=questions)
    )


def unanimity_rule(facts: Facts) -> Written:
    """Return what makes an item unanimous."""
    return Written(facts.labels.word("unanimity_rule"))


def naming_rule(facts: Facts) -> Written:
    """Return how classes are named after the types that the study declares."""
    labels = facts.labels
    described = {block for each in facts.choices.types for block in each.profile}
    blocks = [block.id for block in labels.questionnaire.blocks if block.id in described]
    if not blocks:
        return Written(word("block_no_types", labels.language))
    return Written(labels.word("block_types", blocks=blocks_phrase(labels, blocks)))
