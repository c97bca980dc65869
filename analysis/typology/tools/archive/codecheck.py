"""The file ``codecheck.yml`` of a study, by the CODECHECK configuration 2.0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from typology.study import Study

CODECHECK = "codecheck.yml"
SPECIFICATION = "https://codecheck.org.uk/spec/config/2.0/"

AUTHORS_OWN = ("authors", "orcid", "doi")
CHECKERS_OWN = ("codechecker", "certificate", "report", "summary")


@dataclass(frozen=True)
class CodecheckFile:
    """A ``codecheck.yml`` and the nodes it lacks: of ``AUTHORS_OWN`` and ``CHECKERS_OWN``.

    What is not known is left out rather than filled with a placeholder, which the specification
    refuses.
    """

    text: str
    lacking: tuple[str, ...]


def codecheck_file(study: Study, language: str, outputs: Mapping[str, str]) -> CodecheckFile:
    """Return the ``codecheck.yml`` of a study.

    Parameters
    ----------
    study : Study
    language : {"fr", "en"}
        Of the title and of the comments.
    outputs : mapping
        What the codechecker makes again: path beside ``codecheck.yml``, and what it is.

    Notes
    -----
    Specification: https://codecheck.org.uk/spec/config/2.0/ (11 September 2026). Required are the
    manifest, the paper (title, authors with name and ORCID iD, reference), the codechecker, the
    summary, the certificate and the report; the last four exist once somebody checked.
    """
    paper, check = study.choices.paper, study.choices.paper.codecheck
    people = [_person(author) for author in paper.authors]
    content: dict[str, Any] = {
        "version": SPECIFICATION,
        "paper": _known(
            title=study.choices.title.in_(language), authors=people, reference=paper.doi
        ),
        "manifest": [{"file": path, "comment": what} for path, what in outputs.items()],
    }
    if check is not None:
        content |= _known(
            codechecker=[_person(each) for each in check.codecheckers],
            summary=check.summary,
            check_time=check.check_time,
            certificate=check.certificate,
            report=check.report,
        )
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    return CodecheckFile(f"---\n{text}", tuple(_lacking(content, people)))


def _person(author: Any) -> dict[str, str]:
    return _known(name=author.name, ORCID=author.orcid)


def _known(**nodes: Any) -> dict[str, Any]:
    return {key: value for key, value in nodes.items() if value}


def _lacking(content: Mapping[str, Any], people: Iterable[Mapping[str, str]]) -> Iterable[str]:
    people = list(people)
    if not people:
        yield "authors"
    elif not all("ORCID" in each for each in people):
        yield "orcid"
    if "reference" not in content["paper"]:
        yield "doi"
    yield from (node for node in CHECKERS_OWN if node not in content)
