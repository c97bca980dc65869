"""What documents show besides the tables and figures of a run: their own tables, whole pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from typology.documents.blank_questionnaire import blank_questionnaires
from typology.documents.keys import key_reference
from typology.documents.messages import message_reference
from typology.documents.provenance_tables import (
    inputs_table,
    outputs_table,
    versions_table,
    wording_table,
)
from typology.documents.reproduction import compare_with_reported, reproduction_table
from typology.documents.short_form import short_form_html
from typology.exhibits.paper_table import PaperTable
from typology.exhibits.registry import Exhibit, told
from typology.results.run_results import EXPLORER, MODEL
from typology.results.saved_model import read_model
from typology.study.reported import load_reported
from typology.types.sentences import type_sentences
from typology.types.tables import portrait_table
from typology.validity.error_rates import error_rates_table, separation_table
from typology.weights.published_table import published_table
from typology.words import word

if TYPE_CHECKING:
    from typology.documents.document import Document

ERROR_RATES = Path("R-free", "benchmarks", "verdict_errors.csv")
SEPARATION = ERROR_RATES.with_name("separation.csv")
"""Both below the folder that holds the documents."""

EXPLORER_BEGINS, EXPLORER_ENDS = '<div class="typology-explorer"', "</main>"
PORTRAIT_ROWS = 5
"""Of each part of a portrait."""


@dataclass(frozen=True, kw_only=True)
class DocumentTable(Exhibit):
    """A table that takes the document; it returns None where there is nothing to show."""

    make: Callable[[Document], PaperTable | None]


@dataclass(frozen=True, kw_only=True)
class DocumentPart(Exhibit):
    """What is put into a page as it is: Markdown, with what HTML it holds."""

    write: Callable[[Document], str]


def document_table(
    name: str, *, label: str = "", **declared: Any
) -> Callable[[Callable[[Document], PaperTable | None]], DocumentTable]:
    """Return a decorator, as `typology.exhibits.registry.table_exhibit` does."""

    def declare(make: Callable[[Document], PaperTable | None]) -> DocumentTable:
        return DocumentTable(name=name, label=label or f"tbl-{name}", make=make, **declared)

    return declare


def document_part(name: str) -> Callable[[Callable[[Document], str]], DocumentPart]:
    """Return a decorator: the function that writes a part of a page becomes an exhibit."""
    return lambda write: DocumentPart(name=name, label="", write=write)


@document_table("wording", section="origin", scrolling=True)
def wording(document: Document) -> PaperTable:
    """Return where each item comes from."""
    return wording_table(document.questionnaire, document.language)


@document_table("inputs")
def inputs(document: Document) -> PaperTable:
    """Return the checksums of what made the results."""
    return inputs_table(document.manifest, document.language)


@document_table("versions")
def versions(document: Document) -> PaperTable:
    """Return the versions of Python and of the libraries."""
    return versions_table(document.manifest, document.language)


@document_table("outputs", scrolling=True)
def outputs(document: Document) -> PaperTable:
    """Return the checksums of the results."""
    return outputs_table(document.manifest, document.language)


@document_table("reproduction", absent=told("nothing_reported"))
def reproduction(document: Document) -> PaperTable | None:
    """Return what was published beside what is computed."""
    if not document.reported_path.is_file():
        return None
    reported = load_reported(document.reported_path, document.questionnaire)
    compared = compare_with_reported(reported, document.tables, document.labels)
    return reproduction_table(compared, document.labels, simulated=document.simulated)


@document_table("published_example", label="tbl-published-sample")
def published_example(document: Document) -> PaperTable | None:
    """Return the published sample against its population."""
    sample, tables = document.published_sample, document.tables
    if sample is None:
        return None
    return published_table(
        sample, tables["published_shares"], tables["published_tests"], document.language
    )


@document_table("error_rates", label="tbl-errors", absent=told("no_error_rates"))
def error_rates(document: Document) -> PaperTable | None:
    """Return how often the verdict errs, where this copy has its benchmark."""
    return _of_benchmark(document, ERROR_RATES, error_rates_table)


@document_table("separation", label="tbl-separation", absent=told("no_error_rates"))
def separation(document: Document) -> PaperTable | None:
    """Return how far apart types must be to be seen, where this copy has its benchmark."""
    return _of_benchmark(document, SEPARATION, separation_table)


def _of_benchmark(
    document: Document, path: Path, make: Callable[[pd.DataFrame, str], PaperTable]
) -> PaperTable | None:
    file = document.folder.parent / path
    return make(pd.read_csv(file), document.language) if file.is_file() else None


@document_part("rerun")
def rerun(doc: Document) -> str:
    """Return how the study is run again, and what to change for another one."""
    top = doc.folder.parent
    checkout = (top / "pyproject.toml").is_file()
    commands = [
        *(['pip install ".[paper]"'] if checkout else []),
        "typology run",
        f"quarto render {doc.folder.name}",
    ]
    study, questionnaire = (
        path.relative_to(top).as_posix() for path in (doc.study.path, doc.study.questionnaire_path)
    )
    told = word("rerun_told", doc.language, study=study, questionnaire=questionnaire)
    lines = [word("rerun_where", doc.language), "", "```sh", *commands, "```", "", told, ""]
    return "\n".join(lines)


@document_part("key_reference")
def file_keys(doc: Document) -> str:
    """Return every key of the questionnaire and of the study file."""
    return key_reference(doc.language)


@document_part("message_reference")
def all_messages(doc: Document) -> str:
    """Return every message that the command may give, by what it speaks of."""
    return message_reference(doc.language)


@document_part("portraits")
def portraits_part(document: Document) -> str:
    """Return each type in turn: its sentences, and the categories that mark it."""
    tables, labels = document.tables, document.labels
    parts = []
    for part in portrait_table.parts(tables, labels):
        name = document.facts.type_name(**part)
        table = portrait_table(tables, labels, **part, top=PORTRAIT_ROWS)
        shown = document.table(
            table,
            label=portrait_table.label_of(**part),
            caption=portrait_table.caption(tables, labels, part),
        )
        heading = f"### {name[:1].upper()}{name[1:]}"
        parts.append(f"{heading}\n\n{type_sentences(tables, labels, **part)}\n\n{shown}")
    return "\n\n".join(parts)


@document_part("blank_questionnaires")
def blank_questionnaires_part(document: Document) -> str:
    """Return the questionnaire to be printed, in each of its languages."""
    return f"{blank_questionnaires(document.questionnaire)}\n"


@document_part("short_form")
def short_form_part(document: Document) -> str:
    """Return the short form as a reader answers it, or why there is none.

    It is in the language of the page, or in that of a questionnaire that does not have it.
    """
    model = read_model(document.study.results_path / MODEL)
    if not model.get("short_form"):
        return f"{word('short_form_none', document.language)}\n"
    languages = document.questionnaire.languages
    language = document.language if document.language in languages else languages[0]
    return document.html(short_form_html(model, document.questionnaire, language=language))


@document_part("explorer")
def explorer_part(document: Document) -> str:
    """Return the explorer of the run."""
    page = (document.study.results_path / EXPLORER).read_text(encoding="utf-8")
    start, end = page.find(EXPLORER_BEGINS), page.rfind(EXPLORER_ENDS)
    if not 0 <= start < end:
        raise ValueError(f"No explorer in {EXPLORER}: run `typology run` again.")
    return document.html(page[start:end])
