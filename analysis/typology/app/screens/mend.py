"""Mend: what keeps a study from running, each problem with the line that mends it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml
from starlette.responses import Response

from typology.answers.columns.unread_answers import NOT_GUESSED
from typology.answers.headings.likely_columns import likely_columns
from typology.app.editing.drafts import MEND, ScreenForm, together
from typology.app.editing.kept_forms import mark_of_content
from typology.app.received import current, has_made_up_answers
from typology.app.rendering import told_problem
from typology.app.shelf import OpenStudy
from typology.app.visits import Visit
from typology.exhibits.labels import Labels
from typology.files.yaml_files import load_mapping
from typology.people.sample_warnings import warning_sentences
from typology.problems import InputError, Problem, study_lines
from typology.questionnaire import Questionnaire
from typology.questionnaire.header_names import KnownNames
from typology.results.checking import Check, check_study_answers
from typology.study.sections import StudyFile
from typology.words.number_conventions import study_line
from typology.words.phrases import in_language

_MOST = 60


def mend(visit: Visit) -> Response:
    """Show what is wrong; write the line that mends it."""
    if visit.asks:
        lines = _asked(visit)
        if not lines:
            return visit.go("mend", visit.say("nothing_chosen"))
        visit.opened.change(visit.opened.path, lines)
        visit.draft(visit.text("form") or MEND, {}).forget()
        written = "  ".join(study_line(key, value) for key, value in lines.items())
        return visit.go("mend", visit.say("line_written", line=written))
    check, error = checked(visit.opened)
    problems = () if error is None else error.problems
    questionnaire = visit.opened.questionnaire()
    notices = error.notices if error is not None else ()
    if check is not None and check.responses is not None:
        notices = check.responses.notices
    declared = _declared(visit.opened)
    warnings: Sequence[str] = ()
    if check is not None and check.warnings is not None:
        warnings = warning_sentences(check.warnings, visit.language, remedies=True)
    return visit.page(
        "mend.html", screen="mend", check=check,
        problems=[_row(each, visit, questionnaire, declared) for each in problems[:_MOST]],
        drafts=_drafts(visit),
        count=len(problems), lines=study_lines(problems), all_lines=json.dumps(_lines(problems)),
        sure=not _to_be_chosen(_lines(problems)),
        notices=[in_language(each, visit.language) for each in notices], warnings=warnings,
        said=said(visit.opened), made_up=_made_up(visit.opened), **_choices(visit, questionnaire),
    )  # fmt: skip


def undo(visit: Visit) -> Response:
    """Take the last change back."""
    path = visit.opened.undo()
    back = visit.text("screen") or "mend"
    if path is None:
        return visit.go(back, visit.say("nothing_to_undo"))
    return visit.go(back, visit.say("undone", file=path.name))


def checked(study: OpenStudy) -> tuple[Check | None, InputError | None]:
    """Return what `typology check` finds: a check without problems, or the problems."""
    try:
        return check_study_answers(study.load()), None
    except InputError as error:
        return None, error


def _made_up(study: OpenStudy) -> bool:
    try:
        return has_made_up_answers(study.load())
    except InputError:
        return False


def said(study: OpenStudy) -> str:
    """Return the lines of the study file that count: without comments, blank lines and paper."""
    text = study.path.read_text(encoding="utf-8-sig")
    kept = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    return "\n".join(kept)


def _lines(problems: Iterable[Problem]) -> dict[str, Any]:
    """Return the keys that problems would add, as values."""
    return yaml.safe_load("\n".join(study_lines(problems))) or {}


def _to_be_chosen(value: Any) -> bool:
    """Return whether lines hold an answer that could not be guessed; a heading may end in "?" too.

    >>> _to_be_chosen({"answer_words": {"sex": {"Mme": "?"}}})
    True
    >>> _to_be_chosen({"ignored_columns": ["Something to add?", "Why ?"]})
    False
    """
    if isinstance(value, dict):
        return any(map(_to_be_chosen, value.values()))
    return bool(value == NOT_GUESSED)


def _declared(study: OpenStudy) -> dict[str, Any]:
    """Return what the study file says, nothing where it cannot be read."""
    try:
        return load_mapping(study.path)
    except InputError:
        return {}


def _drafts(visit: Visit) -> dict[str, ScreenForm]:
    """Return the forms of the other remedies, nothing being chosen in them at first."""
    identifier = _declared(visit.opened).get("respondent_column")
    saved = {
        "column": {"column": "", "key": ""},
        "ignored": {"columns": ""},
        "identifier": {"column": "" if identifier is None else str(identifier)},
        "word": {"word": "", "meaning": ""},
        "no_answer": {"word": ""},
        "left_out": {"respondents": ""},
    }
    return {name: visit.draft(f"{MEND}/{name}", fields) for name, fields in saved.items()}


def _row(
    problem: Problem, visit: Visit, questionnaire: Questionnaire | None, declared: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a problem with what a click may write: its line, its words to be chosen first."""
    language = visit.language
    row = told_problem(problem, language)
    lines = _lines([problem])
    row["json"] = json.dumps(lines) if lines else ""
    row["open"] = [
        {"name": f"means/{name}/{word}", "word": word,
         "guess": "-" if means == NOT_GUESSED else str(means), "choices": choices}
        for name, words in dict(lines.get("answer_words", {})).items()
        if isinstance(words, dict)
        for choices in [word_meanings(questionnaire, name, language)]
        for word, means in words.items()
        if means in (NOT_GUESSED, *(said for _, said in choices))
        and word not in _mapping(_mapping(declared.get("answer_words")).get(name))
    ]  # fmt: skip
    guessed = {each["name"]: each["guess"] for each in row["open"]}
    row["unknown"], row["lacking"] = problem.unknown, problem.lacking[:_MOST]
    row["ignoring"] = visit.draft(f"{MEND}/unknown", {"columns": together(problem.unknown)})
    likely = _likely(problem, questionnaire)
    row["mapping"] = visit.draft(
        f"{MEND}/lacking {mark_of_content(problem.lacking)}",
        {f"column/{key}": likely.get(key, "") for key in problem.lacking[:_MOST]},
    )
    row["draft"] = visit.draft(f"{MEND}/lines {mark_of_content(lines)}", guessed)
    return row


def _likely(problem: Problem, questionnaire: Questionnaire | None) -> dict[str, str]:
    """Return the column that what lacks one may have, where one is likely."""
    unknown, lacking = problem.unknown, problem.lacking
    if len(unknown) == len(lacking) == 1:  # told together, for they look alike
        return dict(zip(lacking, unknown, strict=True))
    if questionnaire is None or not unknown or not lacking:
        return {}
    wordings = KnownNames(questionnaire).wordings
    return likely_columns(unknown, {key: [key, wordings.get(key, key)] for key in lacking})


def word_meanings(
    questionnaire: Questionnaire | None, name: str, language: str
) -> list[tuple[str, str]]:
    """Return what a word may mean under the name of a scale or a question: codes and words."""
    if questionnaire is None:
        return []
    if name in questionnaire.scales:
        points = questionnaire.scales[name].points
        return [(str(each.code), each.in_(language)) for each in points]
    if name in questionnaire.items:
        return word_meanings(questionnaire, questionnaire.block_of(name).scale, language)
    asked = questionnaire.questions.get(name)
    return [] if asked is None else [(each.code, each.in_(language)) for each in asked.choices]


def _choices(visit: Visit, questionnaire: Questionnaire | None) -> dict[str, Any]:
    """Return what the other remedies may name: columns, questions, scales with their answers."""
    try:
        received = current(visit.opened.load())
    except InputError:
        received = None
    headers = [] if received is None else received.headers
    asked: list[tuple[str, str]] = []
    scales: list[tuple[str, list[tuple[str, str]]]] = []
    if questionnaire is not None:
        labels = Labels(questionnaire, visit.language)
        keys = [*questionnaire.items, *questionnaire.questions]
        asked = [(key, f"{key} – {labels.short(key)}") for key in keys]
        closed = [each.id for each in questionnaire.respondent if each.choices]
        scales = [
            (name, word_meanings(questionnaire, name, visit.language))
            for name in (*questionnaire.scales, *closed)
        ]
    return {"headers": headers, "asked": asked, "labelled": dict(asked), "scales": scales}


def _asked(visit: Visit) -> dict[str, Any]:
    """Return the lines that a click asks for; nothing where it chose nothing."""
    declared = load_mapping(visit.opened.path)
    action = visit.text("action")
    if action == "lines":
        return _with_meanings(visit, _lines_of(visit.text("lines")))
    return _REMEDIES[action](visit, declared) if action in _REMEDIES else {}


def _lines_of(text: str) -> dict[str, Any]:
    """Return the lines of a form; none where it was not made by this page."""
    try:
        lines = json.loads(text or "{}")
    except ValueError:
        return {}
    return lines if isinstance(lines, dict) else {}


def _with_meanings(visit: Visit, lines: Any) -> dict[str, Any]:
    """Return lines with what was chosen in place of each '?'; those left open are left out."""
    kept = {key: value for key, value in lines.items() if key in StudyFile.model_fields}
    words = dict(kept.get("answer_words", {}))
    for name, means in words.items():
        if isinstance(means, dict):
            chosen = {
                word: visit.text(field) if meant == NOT_GUESSED or field in visit.form else meant
                for word, meant in means.items()
                for field in [f"means/{name}/{word}"]
            }
            words[name] = {word: meant for word, meant in chosen.items() if meant != "-"}
    filled = {name: means for name, means in words.items() if means}
    if "answer_words" in kept:
        kept |= {"answer_words": filled}
    return kept if filled or "answer_words" not in lines else {}


def _column(visit: Visit, declared: Mapping[str, Any]) -> dict[str, Any]:
    key, header = visit.text("key"), visit.text("column")
    if not key or not header:
        return {}
    return {"columns": {**_mapping(declared.get("columns")), key: header}}


def _columns(visit: Visit, declared: Mapping[str, Any]) -> dict[str, Any]:
    named = {
        name.partition("/")[2]: header
        for name, header in visit.sent.items()
        if name.startswith("column/") and header
    }
    return {"columns": {**_mapping(declared.get("columns")), **named}} if named else {}


def _ignored(visit: Visit, declared: Mapping[str, Any]) -> dict[str, Any]:
    return _more(declared, "ignored_columns", visit.texts("columns"))


def _no_answer(visit: Visit, declared: Mapping[str, Any]) -> dict[str, Any]:
    word = visit.text("word")
    return _more(declared, "no_answer", [word] if word else [])


def _word(visit: Visit, declared: Mapping[str, Any]) -> dict[str, Any]:
    word = visit.text("word")
    name, _, meaning = visit.text("meaning").partition("/")
    if not word or not meaning:
        return {}
    words = _mapping(declared.get("answer_words"))
    return {"answer_words": {**words, name: {**_mapping(words.get(name)), word: meaning}}}


def _left_out(visit: Visit, declared: Mapping[str, Any]) -> dict[str, Any]:
    named = [each.strip() for each in visit.text("respondents").split(",")]
    former = _mapping(declared.get("exclusions")).get("respondents") or []
    new = [each for each in named if each and each not in former]
    return {"exclusions/respondents": [*former, *new]} if new else {}


def _identifier(visit: Visit, _: Mapping[str, Any]) -> dict[str, Any]:
    return {"respondent_column": visit.text("column") or None}


def _mapping(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _more(declared: Mapping[str, Any], key: str, new: Sequence[str]) -> dict[str, Any]:
    former = declared.get(key) or []
    return {key: list(dict.fromkeys([*former, *new]))} if new else {}


_REMEDIES = {
    "column": _column,
    "columns": _columns,
    "ignored": _ignored,
    "no_answer": _no_answer,
    "word": _word,
    "left_out": _left_out,
    "identifier": _identifier,
}
