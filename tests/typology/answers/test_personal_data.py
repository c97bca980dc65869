"""Respondents who are named by personal data have pseudonyms, the same in every file."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_study import Project, answers
from typology.answers.personal_data import is_rpps_number, personal_kind
from typology.answers.pseudonyms import KEY, Pseudonyms
from typology.people.verbatims import hidden
from typology.results.checking import read_study
from typology.study import load_study

PEOPLE = {
    "email": ["a.b@c.fr", "P2"],
    "social_security": ["P1", "255081416802538"],
    "phone": ["06 12 34 56 78", "+33 6 12 34 56 79"],
    "rpps": ["10001234565"],
    "adeli": ["751012345", "331098765"],
    "name": ["Jean Dupont", "Mme LE GALL Anne", "Éric d'Hérouville"],
}


@pytest.mark.parametrize("kind", PEOPLE)
def test_what_names_somebody_is_recognised(kind: str) -> None:
    assert personal_kind(PEOPLE[kind]) == kind


@pytest.mark.parametrize(
    "codes", [["P1", "P2"], ["001", "002"], ["R_3k2", "R_9x1"], ["118276498812"], [""], ["Ann"]]
)
def test_codes_name_nobody(codes: list[str]) -> None:
    assert personal_kind(codes) is None
    assert not any(map(is_rpps_number, codes))


def test_a_person_has_one_pseudonym_however_they_are_written(tmp_path: Path) -> None:
    one = Pseudonyms.of(tmp_path / "private")
    assert one.pseudonym(" Anne.Petit@Cabinet.fr ") == one.pseudonym("anne.petit@cabinet.fr")
    assert one.pseudonym("+33 6 12 34 56 78") == one.pseudonym("06.12.34.56.78")
    assert one.pseudonym("a@b.fr") != one.pseudonym("a@c.fr")
    one.keep()
    again = Pseudonyms.of(tmp_path / "private")
    assert again.pseudonym("a@b.fr") == one.pseudonym("a@b.fr")
    assert Pseudonyms.of(tmp_path / "elsewhere").pseudonym("a@b.fr") != one.pseudonym("a@b.fr")
    assert (tmp_path / "private" / ".gitignore").read_text() == "*\n"


def test_answers_are_read_without_the_names_of_people(tmp_path: Path) -> None:
    given = answers()
    given["respondent"] = [f"doctor{at}@cabinet.fr" for at in range(len(given))]
    path = Project(tmp_path).write(given, exclusions={"respondents": ["doctor3@cabinet.fr"]})
    study = load_study(path)
    _, read = read_study(study)
    assert read.identified
    assert read.pseudonyms is not None
    assert all(name.startswith("P-") for name in read.items.index)
    assert read.named(["doctor3@cabinet.fr"]).sum() == 1
    assert "cabinet.fr" not in " ".join(read.notices)
    assert not (tmp_path / "private" / KEY).exists()  # reading writes nothing
    assert study.settings()["exclusions"]["respondents"] == 1


def test_texts_are_quoted_without_numbers_and_titled_names() -> None:
    told = hidden("Le Dr Martin, 2 55 08 14 168 025 38, écrit à x@y.fr")
    assert told == "Le […], […], écrit à […]"
