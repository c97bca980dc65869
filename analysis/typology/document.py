"""What a document calls: the results of the study, in one language, proved to be current."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from typology.drawings import drawing
from typology.facts import Facts, Written
from typology.freshness import find_study, made_from_others
from typology.labels import Labels
from typology.narrative import type_sentences
from typology.page_format import page_format
from typology.page_table import captioned_table, raw_html
from typology.phrases import phrase
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire_file import load_questionnaire
from typology.reported import load_reported
from typology.reproduction import compare_with_reported
from typology.results import read_results
from typology.study import Study, load_study
from typology.tables.markdown import plain_text
from typology.tables.paper_table import PaperTable
from typology.tables.reproduction import reproduction_table
from typology.tables.types import portrait_table
from typology.words import word

Tables = Mapping[str, pd.DataFrame]
REPORTED = "reported.yml"


@dataclass(frozen=True)
class Document:
    """Current results, in the language of a page.

    Parameters
    ----------
    language : {"fr", "en"}
    study : Study
    questionnaire : Questionnaire
    tables : mapping of table name to DataFrame
        The tables of the run.
    manifest : mapping
        What the results were made from.
    folder : Path
        The folder of the documents: figures are put below it.
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

    def in_language(self, language: str) -> Document:
        """Return the same results in another language."""
        return replace(self, language=language)

    def holds(self, *names: str) -> bool:
        """Return whether the results have these tables, each with a row at least."""
        return all(name in self.tables and len(self.tables[name]) for name in names)

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
            One of `typology.figure_set.study_figures`.
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
            ending="png" if page_format() in {"docx", ""} else "svg",
        )
        alt = _attribute(plain_text(drawn.alt))
        source = drawn.path.relative_to(self.folder).as_posix()
        return Written(f'![{caption}]({source}){{#{label} fig-alt="{alt}" width=100%}}\n')

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

    def say(self, sentence: Callable[..., str], *arguments: object) -> Written:
        """Return a sentence of `typology.narrative` about the results.

        Parameters
        ----------
        sentence : callable
            Takes the tables and the labels first.
        *arguments
            What it takes after them: a block, an axis, a class.
        """
        return Written(sentence(self.tables, self.labels, *arguments))

    def show(self, markdown: str) -> Written:
        """Return Markdown to be put into the page as it is."""
        return Written(f"{markdown}\n")

    def html(self, html: str) -> Written:
        """Return HTML to be put into a web page as it is."""
        return Written(raw_html(html))

    def each_axis(
        self, describe: Callable[[Tables, Labels, int], PaperTable], *, caption: str
    ) -> Written:
        """Return a table for each axis kept.

        Parameters
        ----------
        describe : callable
            Returns the table of an axis, from the tables, the labels and its number.
        caption : str
            ``{axis}`` is where the number of the axis goes.
        """
        axes = self.tables["axes"]
        return Written(
            "\n\n".join(
                self.table(
                    describe(self.tables, self.labels, axis),
                    label=f"tbl-axis-{axis}",
                    caption=caption.format(axis=axis),
                )
                for axis in axes.loc[axes["kept"], "axis"]
            )
        )

    def comparison(self, *, label: str, caption: str) -> Written:
        """Return what was published beside what is computed.

        Parameters
        ----------
        label, caption : str
            Of the table.

        Returns
        -------
        Written
            Markdown; a sentence where there is no ``reported.yml`` beside the questionnaire.
        """
        path = self.study.questionnaire_path.with_name(REPORTED)
        if not path.is_file():
            return Written(word("nothing_reported", self.language))
        reported = load_reported(path, self.questionnaire)
        compared = compare_with_reported(
            reported, self.tables, self.labels, simulated=self.simulated
        )
        return self.table(reproduction_table(compared, self.labels), label=label, caption=caption)

    def portraits(self, *, title: str, top: int = 5, level: int = 4) -> Written:
        """Return each type in turn: its sentences, and the categories that mark it.

        Parameters
        ----------
        title : str
            Caption of each table; ``{type}`` is where the name of the type goes.
        top : int
            Rows of each part of a table at most.
        level : int
            Level of the headings.

        Returns
        -------
        Written
            Markdown. The tables are numbered ``tbl-portrait-1``, ``tbl-portrait-2``...
        """
        parts = []
        for class_number in self.tables["classes"]["class"]:
            name = self.facts.type_name(class_number)
            sentences = type_sentences(self.tables, self.labels, class_number)
            table = self.table(
                portrait_table(self.tables, self.labels, class_number, top=top),
                label=f"tbl-portrait-{class_number}",
                caption=title.format(type=name),
            )
            heading = name[:1].upper() + name[1:]
            parts.append(f"{'#' * level} {heading}\n\n{sentences}\n\n{table}")
        return Written("\n\n".join(parts))


def open_document(language: str, *, folder: Path | None = None) -> Document:
    """Open the results for a page, after proving that they are those of the study.

    Parameters
    ----------
    language : {"fr", "en"}
        The language of the page.
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
    if page_format():
        # A page is written in a second: what it loads is collected neither then nor at its end.
        gc.disable()
        gc.freeze()
    return Document(
        language=language,
        study=study,
        questionnaire=load_questionnaire(study.questionnaire_path),
        tables=results.tables,
        manifest=results.manifest,
        folder=folder,
    )


def _attribute(text: str) -> str:
    """Return a text as the value of an attribute: nothing in it ends it, or calls a shortcode."""
    line = re.sub(r"[\t\r\n]+", " ", text).replace('"', "”")
    return line.replace("\\", "\\\\").replace("{{", "{ {")
