"""The first page: answers to bring, a new study to make, studies that are there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from starlette.responses import Response

from typology.app.editing.drafts import BRING, NEW_STUDY
from typology.app.items_of_answers import items_of_answers
from typology.app.received import (
    answered_questionnaire,
    as_file,
    put_answers,
    read_received,
)
from typology.app.shelf import OpenStudy
from typology.app.visits import LANGUAGE, Visit
from typology.problems import InputError, Problem
from typology.tools.new.example import EXAMPLES
from typology.tools.new.files import make_study
from typology.tools.new.templates import templates
from typology.tools.new.wished.wishes import Wishes, read_wishes
from typology.words import LANGUAGES, word
from typology.words.phrases import phrase

ITEMS = "items"
_A_YEAR = 365 * 24 * 3600


def home(visit: Visit) -> Response:
    """Show what can be begun, and what was."""
    studies = [(each, _title(each, visit.language)) for each in visit.site.shelf.studies()]
    return visit.page(
        "home.html", title=visit.say("home_title"), studies=studies, begun=_begun(visit.language),
        folder=visit.site.shelf.folder, bring=visit.draft(BRING, {"questionnaire": ""}),
        new=visit.draft(NEW_STUDY, {"title": "", "begin": "", "languages": visit.language}),
    )  # fmt: skip


def language(visit: Visit) -> Response:
    """Speak the other language from now on; the page stays."""
    path = visit.text("here")
    inside = path.startswith("/") and not path.startswith(("//", "/\\"))
    left = visit.to(path if inside else "/")
    chosen = visit.text("language")
    if chosen in LANGUAGES:
        visit.site.language = chosen
        left.set_cookie(LANGUAGE, chosen, samesite="strict", max_age=_A_YEAR)
    return left


def stop(visit: Visit) -> Response:
    """Stop the server: what is on disk stays."""
    visit.site.stop()
    return visit.page("sentence.html", sentence=visit.say("stopped_server"))


def first_screen(visit: Visit) -> Response:
    """Open a study where it begins."""
    return visit.go("answers")


def new_study_of_answers(visit: Visit) -> Response:
    """Make a study of answers that were brought."""
    sent = visit.file("answers")
    if sent is None:
        return visit.to("/", visit.say("no_file_chosen"))
    name, content = sent
    chosen = visit.text("questionnaire")
    with as_file(name, content) as path:
        received = read_received(path)
    chosen = chosen or answered_questionnaire(received)
    title = Path(name).stem
    told: list[str] = []
    if chosen:
        study = _made(visit, _wishes(chosen), title=title)
    else:
        listed = items_of_answers(received.table, visit.language)
        if listed is None:
            raise InputError(_no_questionnaire(name))
        with as_file("items.csv", listed[0]) as path:
            wishes = read_wishes(titles=[title], languages=listed[1], items=path)
            study = _made(visit, wishes, title=title)
        told = [visit.say("items_found")]
    put_answers(study, name, content)
    visit.draft(BRING, {}).forget()
    return replace(visit, study=study).go("answers", *told)


def new_study(visit: Visit) -> Response:
    """Make a study of what is wished: a template, the example, or a list of items."""
    chosen = visit.text("begin")
    title = visit.text("title")
    languages = ",".join(visit.texts("languages")) or None
    sent = visit.file("items")
    if chosen == ITEMS:
        if sent is None:
            return visit.to("/", visit.say("no_file_chosen"))
        with as_file(*sent) as path:
            titles = [title] if title else []
            wishes = read_wishes(titles=titles, languages=languages, items=path)
            study = _made(visit, wishes, title=title or path.stem)
    else:
        wishes = _wishes(chosen, title=title, languages=languages)
        study = _made(visit, wishes, title=title or chosen)
    visit.draft(NEW_STUDY, {}).forget()
    told = visit.say("study_made", folder=str(study.folder))
    return replace(visit, study=study).go("questionnaire", told)


def _made(visit: Visit, wishes: Wishes, *, title: str) -> OpenStudy:
    folder = visit.site.shelf.place(title)
    make_study(folder, wishes, language=visit.language)
    return visit.site.shelf.open(folder)


def _wishes(chosen: str, *, title: str = "", languages: str | None = None) -> Wishes:
    if chosen in EXAMPLES:
        return read_wishes(example=chosen)
    return read_wishes(titles=[title] if title else [], template=chosen, languages=languages)


def _begun(language: str) -> list[tuple[str, str]]:
    """Return what a study may begin with, and what each is."""
    told = {name: content["about_template"][language] for name, content in templates().items()}
    return [*told.items(), *((name, word("app", language, f"example_{name}")) for name in EXAMPLES)]


def _title(study: OpenStudy, language: str) -> str:
    try:
        return study.load().choices.title.in_(language)
    except InputError:
        return study.folder.name


def _no_questionnaire(name: str) -> Problem:
    return Problem(
        "", "", phrase("columns of no questionnaire that is known here"),
        phrase("the answers to a questionnaire"),
        phrase("Choose the questionnaire that was answered, or begin a study with the list of its "
               "items, then bring the answers there."),
        name,
    )  # fmt: skip
