"""Bring: the file of answers of a study, what it is, another one."""

from __future__ import annotations

from starlette.responses import Response

from typology.app.received import current, doubts, items_named, put_answers
from typology.app.visits import Visit
from typology.problems import InputError, Problem


def answers(visit: Visit) -> Response:
    """Show the answers that a study has; take others."""
    if visit.asks:
        sent = visit.file("answers")
        if sent is None:
            return visit.go("answers", visit.say("no_file_chosen"))
        put = put_answers(visit.opened, *sent)
        told = "brought_simulated" if put.simulated else "brought"
        return visit.go("answers", visit.say(told))
    try:
        study = visit.opened.load()
    except InputError as error:
        return visit.page("answers.html", screen="answers", received=None, problems=error.problems)
    received = current(study)
    questionnaire = visit.opened.questionnaire()
    named = 0
    doubted: tuple[Problem, ...] = ()
    if received is not None and questionnaire is not None:
        named = items_named(received, questionnaire)
        doubted = doubts(study, received, questionnaire)
    return visit.page(
        "answers.html", screen="answers", received=received, path=study.responses_path,
        simulated=study.choices.simulated, named=named, questionnaire=questionnaire,
        problems=doubted,
    )  # fmt: skip
