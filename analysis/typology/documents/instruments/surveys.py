"""The surveys of the examples, counted anew for their page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from typology.documents.instruments.examples import example
from typology.documents.page_exhibits import document_table
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, plain_table
from typology.exhibits.registry import told
from typology.people.reported_shares import compare_reported_shares
from typology.people.reported_table import reported_shares_table
from typology.study import load_study
from typology.study.shares.reported_shares import load_reported_shares
from typology.words import number, percent, word

if TYPE_CHECKING:
    from typology.answers.responses import Responses
    from typology.documents.document import Document
    from typology.questionnaire import Questionnaire
    from typology.study import Study

BAROMETER, CHALLENGES = "barometer", "challenges"
MOST_TEXTS = 2
"""Verbatims shown of each theme."""


@document_table(
    "barometer_shares", label="tbl-barometer", absent=told("instruments_absent"), scrolling=True
)
def barometer_shares(document: Document) -> PaperTable | None:
    """Return what the barometer published beside what its simulated sample has."""
    folder = example(document, BAROMETER)
    if folder is None:
        return None
    study = load_study(folder)
    questionnaire, responses = _read(study)
    assert study.reported_shares_path is not None
    reported = load_reported_shares(study.reported_shares_path, questionnaire)
    answers = pd.concat([responses.items, responses.respondent], axis=1)
    shares = compare_reported_shares(reported, answers, np.ones(len(answers)))
    labels = Labels(questionnaire, document.language, study.type_names)
    return reported_shares_table({"reported_shares": shares}, labels)


@document_table("challenges_needs", label="tbl-challenges", absent=told("instruments_absent"))
def challenges_needs(document: Document) -> PaperTable | None:
    """Return the themes of the open question of the example, with some of the texts."""
    folder = example(document, CHALLENGES)
    if folder is None:
        return None
    questionnaire, responses = _read(load_study(folder))
    question = questionnaire.question("needs")
    answers, language = responses.respondent, document.language
    texts = answers[question.id]
    written = texts.notna()
    rows = []
    for theme in question.themes:
        about = answers[f"{question.id}:{theme.code}"].astype("Float64").eq(1).fillna(False)
        said = texts[about & written]
        rows.append(
            (
                theme.in_(language),
                number(len(said), language, 0),
                percent(100 * len(said) / max(int(written.sum()), 1), language),
                " / ".join(map(str, said.drop_duplicates().head(MOST_TEXTS))),
            )
        )
    columns = (
        Column(word("instruments_theme", language), "left"), Column("n"),
        Column(word("percent_sign", language)),
        Column(word("instruments_texts", language), "left"),
    )  # fmt: skip
    note = word("instruments_themes_note", language, count=int(written.sum()))
    return plain_table(columns, rows, note, word("simulated_warning", language))


def _read(study: Study) -> tuple[Questionnaire, Responses]:
    from typology.results.checking import read_study  # noqa: PLC0415 - slow to import

    return read_study(study)
