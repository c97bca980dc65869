"""The archive of a study on disk: one file to deposit."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any

from typology.exhibits.labels import Labels
from typology.files.output_files import refuse_places, write_files
from typology.files.output_places import is_same
from typology.files.provenance import RUN_COMMAND, sha256_of_file
from typology.problems import InputError, Problem
from typology.questionnaire.file import load_questionnaire
from typology.results.figures import study_figures
from typology.results.freshness import made_from_others
from typology.results.run_results import FIGURES, MANIFEST, TABLES, Results, maker, read_results
from typology.study import Study, load_study
from typology.study.paths import project_folder
from typology.tools.archive.codecheck import CODECHECK, CodecheckFile, codecheck_file
from typology.tools.archive.crate import Archived, write_crate
from typology.words import word
from typology.words.catalogue import has_entry
from typology.words.markdown import plain_text
from typology.words.phrases import phrase

ENDING = ".zip"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a zip


@dataclass(frozen=True)
class WrittenArchive:
    """An archive: the files in it, whether the answers are, and what its codecheck.yml lacks."""

    output: Path
    files: tuple[str, ...]
    with_answers: bool
    codecheck: CodecheckFile
    language: str


def write_archive(
    path: Path,
    *,
    output: Path,
    with_answers: bool = False,
    language: str | None = None,
    force: bool = False,
) -> WrittenArchive:
    """Write a study, its results and what they were made from into one zip file.

    Parameters
    ----------
    path : Path
        The study file, or its folder, with current results.
    output : Path
        The zip file to write: files of the study where they lie in its folder, its results, a
        ``codecheck.yml`` and ``ro-crate-metadata.json``. Taken out of it, the study runs again.
    with_answers : bool
        Whether answers that are not simulated are in it; simulated ones always are.
    language : {"fr", "en"} or None
        Of descriptions and messages; None: that of the study.
    force : bool
        Whether ``output`` replaces a file with other contents; never one that is read.

    Raises
    ------
    InputError
        If the study, its results or its licence cannot be used, the results are not those of the
        study, the package ``rocrate`` (extra ``archive``) is not installed, or the file cannot be
        written. Nothing is written then.
    """
    study = load_study(path, language=language)
    _refuse(_obstacles(study))
    results = read_results(study.results_path)
    _refuse(_other_results(study, results))
    spoken = study.choices.language
    labels = Labels(load_questionnaire(study.questionnaire_path), spoken, study.type_names)
    withheld = not (study.choices.simulated or with_answers)
    inputs = tuple(_inputs(study, spoken, withheld=withheld))
    made = tuple(_results(study, results, labels))
    read = [each.source for each in (*inputs, *made)]
    refuse_places([output], inputs=read, endings=(ENDING,))
    outputs = {
        each.path: each.name for each in made if PurePosixPath(each.path).suffix in (".csv", ".png")
    }
    codecheck = codecheck_file(study, spoken, outputs)
    words = {
        key: word("archive_description", spoken, key) for key in ("crate", "run", "program")
    } | ({"withheld": word("archive_description", spoken, "withheld")} if withheld else {})
    ended = datetime.fromtimestamp((results.folder / MANIFEST).stat().st_mtime, UTC)
    with tempfile.TemporaryDirectory(prefix="typology-archive-") as temporary:
        folder = Path(temporary)
        checked = folder / CODECHECK
        checked.write_bytes(codecheck.text.encode())
        document = Archived(
            checked, CODECHECK, "document", word("archive_file", spoken, "codecheck"),
            sha256_of_file(checked),
        )  # fmt: skip
        crate = folder / "crate"
        files = (*inputs, *made, document)
        write_crate(
            crate, study, files, results.manifest,
            language=spoken, made=ended.replace(microsecond=0), words=words,
        )  # fmt: skip
        content, names = _zipped(crate)
    write_files({output: content}, inputs=read, force=force, endings=(ENDING,))
    return WrittenArchive(output, names, not withheld, codecheck, spoken)


def _refuse(problems: Iterator[Problem]) -> None:
    found = list(problems)
    if found:
        raise InputError(found)


def _obstacles(study: Study) -> Iterator[Problem]:
    if find_spec("rocrate") is None:
        yield Problem(
            "", "", phrase("the package rocrate is not installed"), phrase("this package"),
            phrase('Install it: pip install "attitude-typology[archive]"'), "",
        )  # fmt: skip
    if study.choices.paper.license is None:
        yield Problem(
            "", "", phrase("nothing"),
            phrase("the licence under which the study may be used again"),
            phrase("Write it under 'paper': `license: CC-BY-4.0`, for instance."),
            f"{study.path.name} › paper › license",
        )  # fmt: skip


def _other_results(study: Study, results: Results) -> Iterator[Problem]:
    differing = made_from_others(study, results.manifest)
    if maker(results.manifest) != RUN_COMMAND or differing:
        found = phrase("results of other answers, choices, code or versions")
        expected = phrase("the results of the study as it is now")
        remedy = phrase("Run `typology run`.")
        yield Problem("", "", found, expected, remedy, str(results.folder / MANIFEST))


def _inputs(study: Study, language: str, *, withheld: bool) -> Iterator[Archived]:
    """Yield what the results were made from, and the texts of the paper, where they lie."""
    project = project_folder(study.path)
    for role, path in study.inputs.items():
        if role != "responses" or not withheld:
            yield _archived(project, path, "input", word("input", language, role))
    paper = study.choices.paper
    named = [*paper.text.named.values(), *filter(None, [paper.references])]
    for name in named:
        path = study.path.parent / name
        if not any(is_same(path, each) for each in study.inputs.values()):
            yield _archived(project, path, "document", word("archive_file", language, "paper"))


def _results(study: Study, results: Results, labels: Labels) -> Iterator[Archived]:
    """Yield the results that tell nothing of single respondents, each with what it is.

    A figure is described in its own language.
    """
    project = project_folder(study.path)
    captions = {
        (own.language, figure.name): figure.exhibit.caption(results.tables, own, figure.part)
        for own in (replace(labels, language=each) for each in labels.questionnaire.languages)
        for figure in study_figures(results.tables, own)
    }
    for output in (*results.manifest["outputs"], MANIFEST):
        name = _name(PurePosixPath(output), captions, labels)
        yield _archived(project, results.folder / output, "result", name)


def _name(output: PurePosixPath, captions: Mapping[tuple[str, str], str], labels: Labels) -> str:
    """Return what a result is, in words."""
    top = output.parts[0]
    if top == TABLES and has_entry(("about", output.stem)):
        return labels.word("about", output.stem)
    figure = (output.parent.name, output.stem)
    if top == FIGURES and figure in captions:
        return plain_text(captions[figure])
    kind = top if has_entry(("archive_file", top)) else "other"
    return labels.word("archive_file", kind, file=output.name)


def _archived(project: Path, path: Path, part: str, name: str) -> Archived:
    inside = path.is_relative_to(project)
    place = path.relative_to(project).as_posix() if inside else path.name
    return Archived(path, place, part, name, sha256_of_file(path))


def _zipped(folder: Path) -> tuple[bytes, tuple[str, ...]]:
    """Return a folder as a zip file that holds no time of writing, and the files in it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = tuple(path.relative_to(folder).as_posix() for path in paths)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, name in zip(paths, names, strict=True):
            archive.writestr(_entry(name), path.read_bytes())
    return content.getvalue(), names


def _entry(name: str) -> Any:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
