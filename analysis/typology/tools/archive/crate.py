"""The RO-Crate of a run: what went in, what made it, what came out, who answers for it."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typology.study import Study

if TYPE_CHECKING:
    from rocrate.rocrate import ROCrate

PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
PROGRAM = "#attitude-typology"
RUN = "#run"
WITHHELD = "#answers"
_SPDX = "https://spdx.org/licenses/"


@dataclass(frozen=True)
class Archived:
    """A file of a crate: where it lies now, its path in the crate, its part, what it is."""

    source: Path
    path: str
    part: str
    name: str
    sha256: str


def write_crate(
    folder: Path,
    study: Study,
    files: tuple[Archived, ...],
    manifest: Mapping[str, Any],
    *,
    language: str,
    made: datetime,
    words: Mapping[str, str],
) -> None:
    """Write the files of a study and ``ro-crate-metadata.json`` into an empty folder.

    Parameters
    ----------
    folder : Path
    study : Study
        With a licence (``paper.license``).
    files : tuple of Archived
        ``part`` is "input", "result" or "document".
    manifest : mapping
        That of the run: versions and checksums of the code.
    language : {"fr", "en"}
        Of names and descriptions.
    made : datetime
        When the run ended.
    words : mapping
        The descriptions of "crate", "run", "program", and of "withheld" answers where there are.

    Notes
    -----
    RO-Crate 1.1, profile Process Run Crate 0.5 (https://w3id.org/ro/wfrun/process): a CreateAction
    with the program as its instrument, inputs as its objects, results as its results.
    """
    from rocrate.rocrate import ROCrate  # noqa: PLC0415 - an extra

    crate = ROCrate(version="1.1")
    paper = study.choices.paper
    crate.name, crate.description = study.choices.title.in_(language), words["crate"]
    crate.datePublished = made
    crate.license = _license(crate, str(paper.license))
    crate.root_dataset["keywords"] = list(paper.keywords.in_(language)) or None
    crate.root_dataset["conformsTo"] = _made(
        crate, PROFILE, "CreativeWork", name="Process Run Crate"
    )
    people = _people(crate, study)
    if people:
        crate.root_dataset["author"] = _one_or_all(people)
    added = {each.path: _added(crate, each) for each in files}
    objects = [added[each.path] for each in files if each.part == "input"]
    if "withheld" in words:
        objects.append(
            _made(crate, WITHHELD, "CreativeWork", name=words["withheld"],
                  sha256=manifest["inputs"]["responses"]["sha256"])
        )  # fmt: skip
    properties: dict[str, Any] = {
        "name": words["run"], "description": words["run"], "endTime": made.isoformat(),
        "actionStatus": "http://schema.org/CompletedActionStatus",
    }  # fmt: skip
    if people:
        properties["agent"] = _one_or_all(people)
    run = crate.add_action(
        _program(crate, manifest, words["program"]),
        identifier=RUN,
        object=objects,
        result=[added[each.path] for each in files if each.part == "result"],
        properties=properties,
    )
    crate.root_dataset["mentions"] = run
    crate.write(folder)


def _added(crate: ROCrate, file: Archived) -> Any:
    kind = mimetypes.guess_type(file.path)[0] or "text/plain"
    properties = {"name": file.name, "encodingFormat": kind, "sha256": file.sha256}
    return crate.add_file(file.source, file.path, properties=properties, record_size=True)


def _people(crate: ROCrate, study: Study) -> list[Any]:
    """Return the authors as entities, each with its affiliations."""
    people = []
    for place, author in enumerate(study.choices.paper.authors, start=1):
        known = author.orcid is not None
        identifier = f"https://orcid.org/{author.orcid}" if known else f"#author-{place}"
        affiliations = [
            _made(crate, f"#{name}", "Organization", name=name) for name in author.affiliations
        ]
        properties: dict[str, Any] = {"name": author.name}
        if affiliations:
            properties["affiliation"] = _one_or_all(affiliations)
        people.append(_made(crate, identifier, "Person", **properties))
    return people


def _one_or_all(values: list[Any]) -> Any:
    """Return a list, or its one value: RO-Crate writes single values bare."""
    return values[0] if len(values) == 1 else values


def _program(crate: ROCrate, manifest: Mapping[str, Any], description: str) -> Any:
    """Return the program that ran, and the libraries behind its numbers."""
    required = [f"{name} {version}" for name, version in manifest["versions"].items()]
    code = " ".join(f"{name}:{checksum}" for name, checksum in manifest["code"].items())
    return _made(
        crate, PROGRAM, "SoftwareApplication", name="attitude-typology", description=description,
        softwareVersion=code, softwareRequirements=required,
    )  # fmt: skip


def _license(crate: ROCrate, license_name: str) -> Any:
    address = license_name if license_name.startswith("http") else f"{_SPDX}{license_name}"
    return _made(crate, address, "CreativeWork", name=license_name, description=license_name)


def _made(crate: ROCrate, identifier: str, kind: str, **properties: Any) -> Any:
    """Return an entity of a crate, made when it is first asked for."""
    from rocrate.model.contextentity import ContextEntity  # noqa: PLC0415 - an extra

    found = crate.get(identifier)
    if found is not None:
        return found
    return crate.add(ContextEntity(crate, identifier, properties={"@type": kind, **properties}))
