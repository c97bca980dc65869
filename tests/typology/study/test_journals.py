"""The journal of a paper: its limits, those of the study file, and those that are usual."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from typology.study.paper import Paper, journal_of, journals
from typology.study.paper.limits import LIMITED

PROFILES: dict[str, Any] = yaml.safe_load(
    Path(journals.__file__).with_name("journals.yml").read_text(encoding="utf-8")
)


def test_without_a_journal_limits_are_usual_and_nobodys() -> None:
    usual = journal_of(Paper())
    assert (usual.id, usual.name, usual.source, usual.consulted) == ("", "", "", 0)
    assert usual.limits == {key: PROFILES["any"]["limits"][key] for key in LIMITED}
    assert list(usual.limits) == list(LIMITED)
    assert (usual.told, usual.style) == ((), "numbered.csl")
    assert [(each.fr, each.en) for each in usual.abstract] == [
        ("Contexte", "Background"), ("Objectif", "Objective"), ("Méthodes", "Methods"),
        ("Résultats", "Results"), ("Conclusion", "Conclusion"),
    ]  # fmt: skip
    assert [each.parts for each in usual.abstract] == [
        ("background",), ("objective",), ("methods",), ("results",), ("conclusion",),
    ]  # fmt: skip
    first = usual.abstract[0]
    assert (first.in_("fr"), first.in_("en")) == ("Contexte", "Background")


@pytest.mark.parametrize("name", [name for name in PROFILES if name != "any"])
def test_a_journal_has_its_own_limits_then_the_usual_ones(name: str) -> None:
    profile, found = PROFILES[name], journal_of(Paper.model_validate({"journal": name}))
    assert (found.id, found.name) == (name, profile["name"])
    assert (found.source, found.consulted) == (profile["source"], profile["consulted"])
    assert found.limits == {
        key: profile["limits"].get(key, PROFILES["any"]["limits"][key]) for key in LIMITED
    }
    assert found.told == tuple(profile["told"])
    assert found.style == profile["style"]
    assert len(found.abstract) == len(profile["abstract"])


def test_limits_of_the_study_file_come_first_and_are_told() -> None:
    own = journal_of(Paper.model_validate({"limits": {"text": 1234, "keywords": 3}}))
    usual = PROFILES["any"]["limits"]
    assert own.limits == {**{key: usual[key] for key in LIMITED}, "text": 1234, "keywords": 3}
    assert set(own.told) == {"text", "keywords"}
    name = next(name for name, each in PROFILES.items() if each["told"])
    told = PROFILES[name]["told"]
    both = journal_of(Paper.model_validate({"journal": name, "limits": {told[0]: 7}}))
    assert both.limits[told[0]] == 7
    assert both.told == (*told[1:], told[0])
