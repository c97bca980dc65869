from __future__ import annotations

from pathlib import Path

import pytest

from hostile_form import hostile_form
from typology.questionnaire.file import load_questionnaire
from typology.questionnaire.forms.form import Form, make_form


@pytest.fixture(scope="session")
def physicians_form(project: Path) -> Form:
    """The form of the study of the project, in its two languages."""
    return make_form(load_questionnaire(project / "data" / "questionnaire.yml"))


@pytest.fixture(scope="session")
def bfi_form(project: Path) -> Form:
    """A form in one language, of six-point scales."""
    return make_form(load_questionnaire(project / "tests" / "bfi_study" / "questionnaire.yml"))


@pytest.fixture(scope="session")
def hostile() -> Form:
    return hostile_form()


@pytest.fixture(params=["physicians_form", "bfi_form", "hostile"])
def form(request: pytest.FixtureRequest) -> Form:
    found: Form = request.getfixturevalue(request.param)
    return found
