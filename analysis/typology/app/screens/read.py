"""Read: the verdict first, then boundaries, types, map, profiles, tables, models, short form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from typology.app.rendering import prose, table_csv
from typology.app.screens.leave import public_files
from typology.app.screens.run import standing
from typology.app.visits import Visit, alone, sent
from typology.documents.document import Document
from typology.documents.exhibits import exhibits_by_name
from typology.documents.page_exhibits import DocumentPart, DocumentTable
from typology.documents.short_form import short_form_document
from typology.exhibits.paper_table import PaperTable
from typology.exhibits.registry import Exhibit, FigureExhibit, TableExhibit
from typology.questionnaire import Language, Questionnaire
from typology.questionnaire.file import load_questionnaire
from typology.results.figures import NARROW
from typology.results.run_results import EXPLORER, FIGURES, MANIFEST, MODEL, read_results
from typology.results.saved_model import read_model
from typology.words.markdown import plain_text

SCREEN_PARTS: Mapping[str, tuple[str, ...]] = {
    "verdict": (
        "say:verdict_sentence", "say:verdict_meaning", "say:conclusion_in_brief",
        "say:evidence_sentence", "say:choices_sentence", "verdict",
    ),
    "boundaries": ("say:boundaries_sentence", "boundary_histograms", "boundaries", "set_apart",
                   "say:stability_sentence", "stability", "stability_table", "nulls"),
    "types": ("say:classes_sentence", "types", "say:types_in_brief", "tree",
              "say:criteria_sentence", "consolidation"),
    "map": ("say:first_axis_sentence", "say:guttman_sentence", "explorer", "respondent_map",
            "category_map", "inertia"),
    "profiles": ("profiles", "block_means", "portrait"),
    "people": ("say:flow_sentence", "flow", "respondents", "say:characteristics_sentence",
               "say:representativeness_sentence", "representativeness_table"),
    "models": ("say:membership_in_brief", "membership_probabilities", "ratios", "membership_fit",
               "sparse"),
    "items": ("say:unanimous_paragraphs", "unanimous", "say:reliability_sentence", "reliability",
              "answers", "items"),
    "short": ("short_form",),
}  # fmt: skip
"""What each part of the screen says and shows, in turn."""

EXPLORED = "explorer"
_OWN_STYLE = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; frame-ancestors 'self'; "
    "sandbox allow-scripts allow-downloads"
)


@dataclass(frozen=True)
class Shown:
    """A paragraph, a table, a figure or a page within the page; ``kind`` says which."""

    kind: str
    name: str = ""
    caption: str = ""
    text: str = ""
    table: PaperTable | None = None
    files: Mapping[str, str] | None = None  # of a figure: format to name below the results


def read(visit: Visit) -> Response:
    """Show a part of the results."""
    part = visit.request.path_params.get("part", next(iter(SCREEN_PARTS)))
    if part not in SCREEN_PARTS:
        raise HTTPException(404)
    study = visit.opened.load()
    if not (study.results_path / MANIFEST).is_file():
        return visit.page(
            "read.html", screen="read", parts=tuple(SCREEN_PARTS), part=part, shown=None
        )
    document = _document(visit)
    return visit.page(
        "read.html", screen="read", parts=tuple(SCREEN_PARTS), part=part,
        shown=[each for name in SCREEN_PARTS[part] for each in _shown(visit, document, name)],
        simulated=document.simulated, standing=standing(study),
        spoken=document.language, about=visit.say(f"about_{part}"),
    )  # fmt: skip


def explorer(visit: Visit) -> Response:
    """Show the explorer of the run, within the page."""
    path = visit.opened.load().results_path / EXPLORER
    if not path.is_file():
        raise HTTPException(404)
    return alone(path.read_text(encoding="utf-8"), _OWN_STYLE)


def short_form(visit: Visit) -> Response:
    """Show the short form as it is answered, within the page."""
    study = visit.opened.load()
    model = read_model(study.results_path / MODEL)
    if not model.get("short_form"):
        raise HTTPException(404)
    asked = load_questionnaire(study.questionnaire_path)
    return alone(short_form_document(model, asked, language=_spoken(visit, asked)), _OWN_STYLE)


def table(visit: Visit) -> Response:
    """Send a table as it is shown, for a spreadsheet."""
    part, name = (visit.request.path_params[each] for each in ("part", "name"))
    if part not in SCREEN_PARTS:
        raise HTTPException(404)
    document = _document(visit)
    shown = (each for key in SCREEN_PARTS[part] for each in _shown(visit, document, key))
    found = next((each.table for each in shown if each.name == name and each.table), None)
    if found is None:
        raise HTTPException(404)
    return sent(f"{name}.csv", table_csv(found, document.language))


def _document(visit: Visit) -> Document:
    """Return the results, read in the language of the page or in that of the questionnaire."""
    study = visit.opened.load()
    results = read_results(study.results_path)
    asked = load_questionnaire(study.questionnaire_path)
    spoken = _spoken(visit, asked)
    return Document(spoken, study, asked, results.tables, results.manifest, visit.opened.folder)


def _spoken(visit: Visit, asked: Questionnaire) -> Language:
    return next((each for each in asked.languages if each == visit.language), asked.languages[0])


def _shown(visit: Visit, document: Document, name: str) -> Iterator[Shown]:
    if name.startswith("say:"):
        said = prose(document.say(name.removeprefix("say:")))
        if said:
            yield Shown("prose", text=said)
        return
    if name == EXPLORED:
        yield Shown("explorer", name)
        return
    exhibit = exhibits_by_name()[name]
    if isinstance(exhibit, DocumentPart):
        yield _part(visit, document)
    elif not exhibit.is_there(document.tables):
        why = plain_text(exhibit.why_absent(document.tables, document.labels))
        if why:
            yield Shown("prose", text=prose(why))
    else:
        yield from _exhibit(document, exhibit)


def _part(visit: Visit, document: Document) -> Shown:
    """Return the short form, or that there is none."""
    model = read_model(document.study.results_path / MODEL)
    if model.get("short_form"):
        return Shown("short")
    return Shown("prose", text=prose(visit.say("no_short_form")))


def _exhibit(document: Document, exhibit: Exhibit) -> Iterator[Shown]:
    tables, labels = document.tables, document.labels
    for part in exhibit.parts(tables, labels):
        caption = plain_text(exhibit.caption(tables, labels, part))
        if isinstance(exhibit, FigureExhibit):
            name = exhibit.file_of(**part)
            yield Shown("figure", name, caption, **_figure(document, name))
        elif isinstance(exhibit, TableExhibit):
            yield Shown("table", exhibit.label_of(**part), caption,
                        table=exhibit(tables, labels, **part))  # fmt: skip
        elif isinstance(exhibit, DocumentTable) and (made := exhibit.make(document)) is not None:
            yield Shown("table", exhibit.label, caption, table=made)


def _figure(document: Document, name: str) -> dict[str, Any]:
    """Return the files of a figure and what it shows, from the results on disk."""
    folder = document.study.results_path
    there = public_files(folder)
    begin = f"{FIGURES}/{document.language}/{name}"
    endings = {"svg": ".svg", "png": ".png", "narrow": f"{NARROW}.svg"}
    files = {kind: f"{begin}{end}" for kind, end in endings.items() if f"{begin}{end}" in there}
    told = folder / f"{begin}.txt"
    text = told.read_text(encoding="utf-8").strip() if told.is_file() else ""
    return {"files": files, "text": text}
