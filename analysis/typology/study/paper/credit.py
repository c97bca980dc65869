"""What each author did, in the fourteen terms of CRediT (ANSI/NISO Z39.104-2022)."""

from __future__ import annotations

from typology.problems.faults import Fault
from typology.questionnaire import LANGUAGES
from typology.questionnaire.text import raise_faults
from typology.words import word
from typology.words.phrases import phrase
from typology.words.spelling import did_you_mean, fold

CREDIT_ROLES = (
    "conceptualization", "data_curation", "formal_analysis", "funding_acquisition",
    "investigation", "methodology", "project_administration", "resources", "software",
    "supervision", "validation", "visualization", "original_draft", "review_editing",
)  # fmt: skip


def credit_role(text: str) -> str:
    """Return the role of a term, French or English, whatever its dashes and capitals.

    >>> credit_role("Writing - original draft"), credit_role("Conceptualisation")
    ('original_draft', 'conceptualization')
    """
    names = {_plain(word("credit_role", language, role)): role
             for role in CREDIT_ROLES for language in LANGUAGES}  # fmt: skip
    role = names.get(_plain(text).replace("isation", "ization"), names.get(_plain(text)))
    if role is None:
        terms = [word("credit_role", "en", each) for each in CREDIT_ROLES]
        expected = phrase("a role of CRediT ({names})", names=", ".join(terms))
        remedy = did_you_mean(text, terms) or phrase("Choose one of these.")
        raise_faults([Fault((), text, expected, remedy)])
        raise AssertionError
    return role


def _plain(text: str) -> str:
    for dash in ("\N{EN DASH}", "\N{EM DASH}", "-", "\N{NON-BREAKING HYPHEN}"):
        text = text.replace(dash, " ")
    return " ".join(fold(text).replace("&", " and ").split())
