"""The sentences that follow the study file and the questionnaire: what was decided beforehand."""

from __future__ import annotations

from typology.axis_rules import parse_axis_rule
from typology.facts import Facts, Written
from typology.narrative_phrases import counted
from typology.words import percent, word


def exclusion_rule(facts: Facts) -> Written:
    """Return who is left out of the analysis.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Written
    """
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
    """Return what is done with missing answers, and with answers that few chose.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Written
    """
    language = facts.labels.language
    rule = facts.choices.missing.replace(" ", "_")
    told = [word(f"choice_missing_{rule}", language)]
    if facts.choices.passive_below > 1:
        told.append(word("choice_passive_below", language, count=facts.passive_below))
    return Written(" ".join(told))


def axes_rule(facts: Facts) -> Written:
    """Return how many axes are kept, or which rule says it.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Written
    """
    language = facts.labels.language
    rule = parse_axis_rule(facts.choices.axes)
    if rule.rate is None:
        return Written(word("choice_axes_number", language, count=rule.number))
    return Written(
        word(
            "choice_axes_rule",
            language,
            threshold=percent(rule.threshold, language, 0),
            rate=word(f"choice_rate_{rule.rate}", language),
        )
    )


def classes_rule(facts: Facts) -> Written:
    """Return how many classes are made, or what says it.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Written
    """
    language = facts.labels.language
    chosen = facts.choices.classes
    if chosen == "auto":
        return Written(word("choice_classes_auto", language))
    return Written(word("choice_classes_number", language, count=counted(chosen, language)))


def consolidation_rule(facts: Facts) -> Written:
    """Return whether the classes are consolidated.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Written
    """
    key = "choice_consolidated" if facts.choices.consolidate else "choice_not_consolidated"
    return Written(word(key, facts.labels.language))


def wording_origin(facts: Facts) -> Written:
    """Return how many items are known word for word, and how many were reconstructed.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Written
        Empty where the questionnaire does not say that any item was reconstructed.
    """
    language = facts.labels.language
    wordings = [item.wording for item in facts.labels.questionnaire.items.values()]
    total = len(wordings)
    reported, reconstructed = (wordings.count(each) for each in ("reported", "reconstructed"))
    if not reconstructed:
        return Written("")
    few = {0: "_none", 1: "_one"}.get(reported, "_few" if 2 * reported < total else "")
    rest = "_rest" if reported and reported + reconstructed == total else ""
    made = f"discussion_reconstructed{'_one' if reconstructed == 1 else rest}"
    return Written(
        word(
            "discussion_wording",
            language,
            total=total,
            reported=word(f"discussion_reported{few}", language, count=counted(reported, language)),
            reconstructed=word(made, language, count=counted(reconstructed, language)),
        )
    )
