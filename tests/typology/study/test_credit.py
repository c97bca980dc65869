"""What an author did: the fourteen terms of CRediT, in both languages."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from typology.problems.faults import Fault
from typology.study.paper.credit import CREDIT_ROLES, credit_role
from typology.words import word


@pytest.mark.parametrize("role", CREDIT_ROLES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_term_is_its_role_whatever_its_dashes_and_capitals(role: str, language: str) -> None:
    term = word("credit_role", language, role)
    for written in (term, term.upper(), term.replace("-", " "), f" {term}  "):
        assert credit_role(written) == role


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("Writing \N{EN DASH} review & editing", "review_editing"),
        ("Writing \N{EM DASH} Review and Editing", "review_editing"),
        ("Writing\N{NON-BREAKING HYPHEN}original draft", "original_draft"),
        ("visualisation", "visualization"),
        ("Visualization", "visualization"),
        ("FUNDING ACQUISITION", "funding_acquisition"),
    ],
)
def test_spellings_of_a_term_are_the_same(written: str, role: str) -> None:
    assert credit_role(written) == role


def fault_of(written: str) -> Fault:
    with pytest.raises(PydanticCustomError) as raised:
        credit_role(written)
    assert raised.value.context is not None
    (fault,) = raised.value.context["faults"]
    assert isinstance(fault, Fault)
    return fault


def test_what_is_no_term_is_told_with_all_of_them_or_the_nearest() -> None:
    fault = fault_of("Cooking lunch")
    assert fault.value == "Cooking lunch"
    assert str(fault.expected).startswith("a role of CRediT (Conceptualization, Data curation, ")
    assert str(fault.remedy) == "Choose one of these."
    assert str(fault_of("Sofware").remedy) == "Did you mean 'Software'?"
