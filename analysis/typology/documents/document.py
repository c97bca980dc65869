"""What a document calls: the results of the study, in one language, proved to be current."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from inspect import signature
from pathlib import Path
from typing import Any

from typology.documents.drawings import Drawing, drawing
from typology.documents.exhibits import exhibits_by_name, sentences_by_name, unknown
from typology.documents.page_exhibits import DocumentPart, DocumentTable
from typology.documents.page_format import in_a_kernel, page_format
from typology.documents.page_table import captioned_table, raw_html
from typology.documents.quoted import Facts
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import PaperTable
from typology.exhibits.registry import Exhibit, ExhibitPart, FigureExhibit, TableExhibit
from typology.exhibits.run_tables import Tables, has_rows
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire
from typology.results.freshness import find_study, made_from_others
from typology.results.run_results import read_results
from typology.study import Study, load_study
from typology.study.margins import Margins, load_margins
from typology.words import word
from typology.words.markdown import Written, plain_text
from typology.words.phrases import phrase

REPORTED = "reported.yml"

_ONCE: ContextVar[_Once | None] = ContextVar("once", default=None)


@dataclass(frozen=True)
class Document:
    """Current results, in the language of a page: ``tables`` are those of the run.

    ``manifest`` says what they were made from; figures are put below ``folder``, that of the
    documents.
    """

    language: str
    study: Study
    questionnaire: Questionnaire
    tables: Tables
    manifest: Mapping[str, Any]
    folder: Path

    @property
    def labels(self) -> Labels:
        """Return the labels of items, answers and types in the language of the page."""
        return Labels(self.questionnaire, self.language, self.study.type_names)

    @cached_property
    def facts(self) -> Facts:
        """Return the numbers of the study as the prose writes them."""
        return Facts(self.tables, self.labels, self.study.choices)

    @property
    def simulated(self) -> bool:
        """Return whether the answers are simulated, as the manifest says."""
        return bool(self.manifest["settings"]["simulated"])

    @property
    def reported_path(self) -> Path:
        """Return the file of what was published, beside the questionnaire; it may be missing."""
        return self.study.questionnaire_path.with_name(REPORTED)

    @property
    def published_sample(self) -> Margins | None:
        """Return the sample known from published percentages, where the run compared one."""
        path = self.study.published_sample_path
        if path is None or not has_rows(self.tables, "published_shares"):
            return None
        return load_margins(path)

    def in_language(self, language: str) -> Document:
        """Return the same results in another language."""
        return replace(self, language=language)

    def banner(self) -> Written:
        """Return the banner of a simulated sample; nothing with real answers."""
        if not self.simulated:
            return Written("")
        title = word("banner_title", self.language)
        text = word("banner_text", self.language)
        return Written(f'::: {{.callout-warning title="{title}" icon=false}}\n{text}\n:::\n')

    def figure(self, name: str, *, label: str, caption: str) -> Written:
        """Return a figure of the study, with its caption, its number and its alternative text.

        Parameters
        ----------
        name : str
            One of `typology.results.figures.study_figures`.
        label : str
            Its cross-reference, beginning with "fig-".
        caption : str

        Returns
        -------
        Written
            Markdown, to be shown by a chunk with ``output: asis``. The alternative text is written
            from the tables, in the language of the page.
        """
        drawn = drawing(
            name,
            self.language,
            documents=self.folder,
            results=self.study.results_path,
            ending="png" if self.needs_png else "svg",
        )
        return self.drawn(drawn, label=label, caption=caption)

    @property
    def needs_png(self) -> bool:
        """Return whether the page being made shows figures as PNG."""
        return page_format() in {"docx", ""}

    def drawn(self, drawn: Drawing, *, label: str, caption: str) -> Written:
        """Return a drawing that lies beside the pages, as `figure` does."""
        alt = _attribute(plain_text(drawn.alt))
        source = drawn.path.relative_to(self.folder).as_posix()
        if drawn.narrow is None or page_format() != "html":
            return Written(f'![{caption}]({source}){{#{label} fig-alt="{alt}" width=100%}}\n')
        # The style of the site shows the one that the screen has room for.
        narrow = drawn.narrow.relative_to(self.folder).as_posix()
        images = "".join(
            f'<img src="{escape(path)}" class="{kind} img-fluid figure-img"'
            f' alt="{escape(drawn.alt)}" loading="lazy">\n'
            for path, kind in ((source, "wide-drawing"), (narrow, "narrow-drawing"))
        )
        return Written(f"::: {{#{label}}}\n\n{raw_html(images)}\n\n{caption}\n\n:::\n")

    def table(self, table: PaperTable, *, label: str, caption: str) -> Written:
        """Return a table with its caption and its number.

        Parameters
        ----------
        table : PaperTable
        label : str
            Its cross-reference, beginning with "tbl-".
        caption : str

        Returns
        -------
        Written
            Markdown, to be shown by a chunk with ``output: asis``: a web page shows the table of
            great_tables, Word and PDF a table of their own.
        """
        return Written(captioned_table(table, label=label, caption=caption, page=page_format()))

    def show(self, name: str, *, label: str = "", caption: str = "") -> Written:
        """Return a table, a figure or another exhibit by its name, or why there is none.

        Parameters
        ----------
        name : str
            Of an exhibit: ``"tree"``, ``"stability_table"``. One that is made for each block,
            axis or type is shown for each of them.
        label : str
            Another cross-reference than its own.
        caption : str
            Where another caption than its own is among the words.

        Returns
        -------
        Written
            Markdown, to be shown by a chunk with ``output: asis``.

        Raises
        ------
        KeyError
            If there is no such exhibit; the nearest are told.
        """
        known = exhibits_by_name()
        if name not in known:
            raise KeyError(unknown("exhibit", name, known))
        return self._shown(known[name], label=label, caption=caption)

    def number_shown(self, name: str) -> int:
        """Return how many tables and figures `show` shows under a name."""
        exhibit = exhibits_by_name()[name]
        if isinstance(exhibit, DocumentPart) or not exhibit.is_there(self.tables):
            return 0
        if isinstance(exhibit, DocumentTable):
            return 0 if exhibit.make(self) is None else 1
        return len(exhibit.parts(self.tables, self.labels))

    def section(self, name: str) -> Written:
        """Return the exhibits of a section of the supplement, in their order.

        Parameters
        ----------
        name : str
            As exhibits declare it.

        Returns
        -------
        Written
            Markdown.

        Raises
        ------
        KeyError
            If no exhibit stands in such a section; the nearest are told.
        """
        every = exhibits_by_name().values()
        own = [each for each in every if name and each.section == name]
        if not own:
            raise KeyError(unknown("section", name, {each.section for each in every} - {""}))
        own.sort(key=lambda each: each.place)
        shown = [self._shown(each) for each in own]
        # Several that lack for one reason say it once.
        return Written("\n\n".join(filter(None, dict.fromkeys(shown))))

    def say(self, name: str, *arguments: object) -> Written:
        """Return a sentence about the results, or about the choices of the study, by its name.

        Parameters
        ----------
        name : str
            Of a public function of a module of sentences, which takes the tables and the labels,
            the ``facts``, or the ``document`` first.
        *arguments
            What it takes after them: a block, an axis, a class, a part of the paper.

        Raises
        ------
        KeyError
            If there is no such sentence; the nearest are told.
        """
        known = sentences_by_name()
        if name not in known:
            raise KeyError(unknown("sentence", name, known))
        first = next(iter(signature(known[name]).parameters))
        if first == "document":
            return Written(known[name](self, *arguments))
        if first == "facts":
            return Written(known[name](self.facts, *arguments))
        return Written(known[name](self.tables, self.labels, *arguments))

    def html(self, html: str) -> Written:
        """Return HTML to be put into a web page as it is."""
        return Written(raw_html(html))

    def _shown(self, exhibit: Exhibit, *, label: str = "", caption: str = "") -> Written:
        if isinstance(exhibit, DocumentPart):
            return Written(exhibit.write(self))
        tables, labels = self.tables, self.labels
        shown = exhibit.why_absent(tables, labels)
        if exhibit.is_there(tables):
            shown = "\n\n".join(
                self._part(
                    exhibit,
                    part,
                    label=label or exhibit.label_of(**part),
                    caption=exhibit.caption(tables, labels, part, caption),
                )
                for part in exhibit.parts(tables, labels)
            )
        scrolls = exhibit.scrolling and shown
        return Written(f"::: {{.scrolling}}\n\n{shown}\n\n:::\n" if scrolls else shown)

    def _part(self, exhibit: Exhibit, part: ExhibitPart, *, label: str, caption: str) -> Written:
        if isinstance(exhibit, FigureExhibit):
            return self.figure(exhibit.file_of(**part), label=label, caption=caption)
        if isinstance(exhibit, TableExhibit):
            return self.table(self._table_of(exhibit, part), label=label, caption=caption)
        made = exhibit.make(self) if isinstance(exhibit, DocumentTable) else None
        if made is None:
            return Written(exhibit.why_absent(self.tables, self.labels))
        return self.table(made, label=label, caption=caption)

    def _table_of(self, exhibit: TableExhibit[...], part: ExhibitPart) -> PaperTable:
        once = _ONCE.get()
        if once is None or self.folder not in once.documents:
            return exhibit(self.tables, self.labels, **part)
        key = (self.folder, exhibit.name, self.language, *part.items())
        if key not in once.made:
            once.made[key] = exhibit(self.tables, self.labels, **part)
        return once.made[key]


@dataclass(frozen=True)
class _Once:
    """What several pages share: the documents opened, the tables made of their results."""

    documents: dict[Path, Document] = field(default_factory=dict)
    made: dict[tuple[object, ...], PaperTable] = field(default_factory=dict)


@contextmanager
def results_opened_once() -> Iterator[None]:
    """Within it, the results of a folder are proved and read once, and each table is made once.

    A page, its Word document and its PDF show the same tables; results may not change meanwhile.
    """
    before = _ONCE.set(_ONCE.get() or _Once())
    try:
        yield
    finally:
        _ONCE.reset(before)


def open_document(language: str | None = None, *, folder: Path | None = None) -> Document:
    """Open the results for a page, after proving that they are those of the study.

    Parameters
    ----------
    language : {"fr", "en"}, optional
        The language of the page; the first of the questionnaire by default.
    folder : Path, optional
        The folder of the documents; the working folder by default.

    Returns
    -------
    Document

    Raises
    ------
    InputError
        If there are no results, if a file of theirs is not that of their manifest, or if they
        were made from other inputs, settings or code than those of now.
    """
    folder = Path.cwd() if folder is None else folder.resolve()
    once = _ONCE.get()
    document = None if once is None else once.documents.get(folder)
    if document is None:
        document = _opened(folder)
        if once is not None:
            once.documents[folder] = document
    return document.in_language(language or document.language)


def _opened(folder: Path) -> Document:
    study = load_study(find_study(folder))
    results = read_results(study.results_path)
    reasons = made_from_others(study, results.manifest)
    if reasons:
        raise InputError(
            Problem(
                "", "", phrase("results of other {parts}", parts=", ".join(reasons)),
                phrase("results of the study as it is now"), phrase("Run `typology run`."),
                study.results_path.name,
            )
        )  # fmt: skip
    if in_a_kernel() and page_format():
        # A page is written in a second: what it loads is collected neither then nor at its end.
        gc.disable()
        gc.freeze()
    questionnaire = load_questionnaire(study.questionnaire_path)
    return Document(
        language=questionnaire.languages[0],
        study=study,
        questionnaire=questionnaire,
        tables=results.tables,
        manifest=results.manifest,
        folder=folder,
    )


def _attribute(text: str) -> str:
    """Return a text as the value of an attribute: nothing in it ends it, or calls a shortcode."""
    line = re.sub(r"[\t\r\n]+", " ", text).replace('"', "”")
    return line.replace("\\", "\\\\").replace("{{", "{ {")
