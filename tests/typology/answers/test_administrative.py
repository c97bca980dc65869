"""The columns that platforms add: known by all names that they are given."""

from __future__ import annotations

import pytest

from typology.answers.platforms.administrative import (
    ADMINISTRATIVE_NAMES,
    is_administrative,
    platform_name,
)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("submitdate", "submitdate"),
        ("submitdate. Date de soumission", "submitdate"),
        ("submitdate.Date submitted", "submitdate"),
        ("lastpage: Dernière page", "lastpage"),
        ("token - Code d'accès", "token"),
        ("seed – Tête de série", "seed"),
        ("ipaddr | Adresse IP", "ipaddr"),
        ("Date_de_soumission", "date de soumission"),
        ("DATE SUBMITTED", "date submitted"),
        ("id. Response ID", "id"),
        ("id. Response_ID", "id"),
        ("id. ID de la réponse", "id"),
        ("id. Antwort-ID", "id"),
        ("id. Something else", "id. something else"),
        ("code. Response ID", "code. response id"),
        ("E01. Votre avis", "e01. votre avis"),
        ("my_column", "my_column"),
        ("Type de réponse", "status"),
        ("Hora de finalización", "completion time"),
        ("ID de réponse", "responseid"),
        ("Sygnatura czasowa", "timestamp"),
        ("IP-adres", "ip address"),
    ],
)
def test_a_heading_that_a_platform_writes_in_several_ways_has_one_name(
    header: str, name: str
) -> None:
    assert platform_name(header) == name


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("redcap_event_name", True), ("form_1_complete", True), ("complete_care", False),
        ("grouptime12", True), ("group time: one", True), ("custom data 7", True),
        ("_submission__id", True), ("meta/instanceid", True), ("x_timestamp", True),
        (None, False), (3, False), ("", False),
    ],
)  # fmt: skip
def test_names_are_known_by_their_patterns(name: object, known: bool) -> None:
    assert (name in ADMINISTRATIVE_NAMES) is known


@pytest.mark.parametrize(
    ("header", "platform", "added"),
    [
        ("Nombre", "", False), ("Nombre", "Microsoft Forms", True), ("Timestamp", "", True),
        ("Horodateur", "Google Forms", True), ("Votre avis", "Google Forms", False),
        ("Date_de_soumission", "", True), ("Voornaam", "Qualtrics", True),
    ],
)  # fmt: skip
def test_the_word_for_a_name_is_that_of_a_column_where_a_platform_is_known(
    header: str, platform: str, added: bool
) -> None:
    assert is_administrative(header, platform) is added
