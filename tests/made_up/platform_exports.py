"""Exports of survey platforms, written by their documented rules from answers already read.

The answers are those of `kinds_study`, whose form each platform is taken to show.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from typology.answers.responses import Responses
from typology.questionnaire.questionnaire import Question, Questionnaire
from typology.words import word

Row = dict[str, str]


def _said(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


class Answered:
    """The answers of one respondent, as texts."""

    def __init__(self, responses: Responses, respondent: str) -> None:
        self.questionnaire: Questionnaire = responses.questionnaire
        self.respondent = respondent
        self._items = responses.items.loc[respondent]
        self._others = responses.respondent.loc[respondent]

    def item(self, item: str) -> str:
        """Return the code of the answer to an item."""
        return _said(self._items[item])

    def item_in_words(self, item: str, language: str) -> str:
        code = self.item(item)
        scale = self.questionnaire.scale_of(item)
        points = [*scale.points, *([scale.no_opinion] if scale.no_opinion else [])]
        return next((each.in_(language) for each in points if str(each.code) == code), "")

    def said(self, key: str) -> str:
        """Return the code, number, text, date or words of a column."""
        value = self._others[key]
        if isinstance(value, pd.Timestamp):
            return value.strftime("%Y-%m-%d")
        text = _said(value)
        return text.removesuffix(".0") if isinstance(value, float) else text

    def ticked(self, question: Question) -> list[str] | None:
        """Return the choices ticked; None where nothing tells that the question was answered."""
        values = [self._others[f"{question.id}:{code}"] for code in question.choice_codes]
        if any(pd.isna(value) for value in values):
            return None
        return [code for code, value in zip(question.choice_codes, values, strict=True) if value]

    def ranked(self, question: Question) -> list[str]:
        """Return the choices from the first rank on."""
        ranks = {code: self._others[f"{question.id}:{code}"] for code in question.choice_codes}
        given = {code: rank for code, rank in ranks.items() if not pd.isna(rank)}
        return sorted(given, key=lambda code: int(given[code]))


def _lime_code(question: Question, code: str) -> str:
    """Codes of 5 letters and digits at most are kept; otherwise all are A1, A2, ..."""
    kept = [each.code for each in question.choices if not each.text]
    fits = all(len(each) <= 5 and each.isalnum() for each in kept)
    return code if fits or not code else f"A{kept.index(code) + 1}"


def _lime_single(answered: Answered, question: Question, words: str) -> Row:
    """The answer, and the words of one's own beside it."""
    name, row = question.id, dict[str, str]()
    code = answered.said(name)
    if code and question.choice(code).text:
        row[name] = {"fr": "Autre", "en": "Other"}.get(words, "-oth-")
    else:
        row[name] = (
            question.choice(code).in_(words) if words and code
            else _lime_code(question, code)
        )  # fmt: skip
    for choice in question.worded_choices:
        row[f"{name}[other]"] = answered.said(f"{name}:{choice.code}:text")
    return row


def limesurvey(answered: Answered, words: str) -> Row:
    """Question codes above; answer codes, or full answers in the language ``words``."""
    row = {
        "id": answered.respondent, "submitdate": "2023-05-02 10:11:12", "lastpage": "4",
        "startlanguage": words or "fr", "seed": "123456", "token": "",
        "startdate": "2023-05-02 10:01:12", "datestamp": "2023-05-02 10:11:12",
    }  # fmt: skip
    for block in answered.questionnaire.blocks:
        for item in block.items:
            said = answered.item_in_words(item.id, words) if words else answered.item(item.id)
            row[f"{block.id}[{item.id}]"] = said
    yes = {"fr": "Oui", "en": "Yes"}.get(words, "Y")
    for question in answered.questionnaire.respondent:
        name = question.id
        if question.type == "multiple":
            ticked = answered.ticked(question)
            for choice in question.choices:
                if not choice.text:
                    row[f"{name}[{choice.code}]"] = yes if choice.code in (ticked or ()) else ""
                else:
                    row[f"{name}[other]"] = answered.said(f"{name}:{choice.code}:text")
        elif question.type == "rank":
            ranked = answered.ranked(question)
            for at in range(len(question.choices)):
                code = ranked[at] if at < len(ranked) else ""
                said = question.choice(code).in_(words) if words and code else code
                row[f"{name}[{at + 1}]"] = said
        elif question.type == "single":
            row |= _lime_single(answered, question, words)
        else:
            said = answered.said(name)
            row[name] = f"{said} 00:00:00" if question.type == "date" and said else said
    return row


def redcap(answered: Answered, words: str) -> Row:
    """Raw data: variable names and codes; with ``words``, labels in the cells, names above."""
    row = {"record_id": answered.respondent, "redcap_survey_identifier": "",
           "questionnaire_timestamp": "2023-05-02 10:11:12"}  # fmt: skip
    for item in answered.questionnaire.items:
        said = answered.item_in_words(item, words) if words else answered.item(item)
        row[item.lower()] = said
    for question in answered.questionnaire.respondent:
        name = question.id
        if question.type == "multiple":
            ticked = answered.ticked(question) or ()
            for code in question.choice_codes:
                checked = ("Checked", "Unchecked") if words else ("1", "0")
                row[f"{name}___{code}"] = checked[code not in ticked]
        elif question.type == "rank":
            ranked = answered.ranked(question)
            for code in question.choice_codes:
                row[f"{name}_{code}"] = str(ranked.index(code) + 1) if code in ranked else ""
        elif question.type == "single" and words:
            code = answered.said(name)
            row[name] = question.choice(code).in_(words) if code else ""
        else:
            row[name] = answered.said(name)
        for choice in question.worded_choices:
            row[f"{name}_{choice.code}_text"] = answered.said(f"{name}:{choice.code}:text")
    return {**row, "questionnaire_complete": "Complete" if words else "2"}


def _odk(joint: str) -> Callable[[Answered, str], Row]:
    def written(answered: Answered, _words: str) -> Row:
        row = {"start": "2023-05-02T10:01:12.000+02:00", "end": "2023-05-02T10:11:12.000+02:00"}
        for block in answered.questionnaire.blocks:
            for item in block.items:
                row[f"{block.id}{joint}{item.id}"] = answered.item(item.id)
        for question in answered.questionnaire.respondent:
            name = f"about_you{joint}{question.id}"
            if question.type == "multiple":
                ticked = answered.ticked(question)
                row[name] = " ".join(ticked or ())
                for code in question.choice_codes if joint == "/" else ():
                    row[f"{name}/{code}"] = "" if ticked is None else str(int(code in ticked))
            elif question.type == "rank":
                row[name] = " ".join(answered.ranked(question))
            else:
                row[name] = answered.said(question.id)
            for choice in question.worded_choices:
                words = answered.said(f"{question.id}:{choice.code}:text")
                row[f"{name}_{choice.code}_text"] = words
        if joint == "/":
            return {**row, "__version__": "v1", "_id": answered.respondent, "_uuid": "u",
                    "_submission_time": "2023-05-02T08:11:20", "_validation_status": "",
                    "_notes": "", "_status": "submitted_via_web", "_submitted_by": "",
                    "_tags": "", "_index": "1"}  # fmt: skip
        return {"SubmissionDate": "2023-05-02T08:11:20", **row,
                "meta-instanceID": answered.respondent,
                "KEY": answered.respondent, "SubmitterID": "1",
                "SubmitterName": "web", "AttachmentsPresent": "0", "ReviewState": "",
                "DeviceID": "d", "Edits": "0", "FormVersion": "1"}  # fmt: skip

    return written


def google_forms(answered: Answered, words: str) -> Row:
    """Wordings above, "Title [Row]" for a grid; words in the cells, joined by commas."""
    row = {"Horodateur" if words == "fr" else "Timestamp": "02/05/2023 10:11:12"}
    for block in answered.questionnaire.blocks:
        for item in block.items:
            title = (block.intro or block.title).in_(words)
            row[f"{title} [{item.in_(words)}]"] = answered.item_in_words(item.id, words)
    for question in answered.questionnaire.respondent:
        title = question.in_(words)
        if question.type == "rank":
            ranked = answered.ranked(question)
            for choice in question.choices:
                rank = str(ranked.index(choice.code) + 1) if choice.code in ranked else ""
                row[f"{title} [{choice.in_(words)}]"] = rank
            continue
        codes = (answered.ticked(question) or []) if question.type == "multiple" else []
        if question.type == "single" and (code := answered.said(question.id)):
            codes = [code]
        listed = [
            answered.said(f"{question.id}:{code}:text")
            if question.choice(code).text
            else question.choice(code).in_(words)
            for code in codes
        ]
        chosen = question.type in ("single", "multiple")
        row[title] = ", ".join(listed) if chosen else answered.said(question.id)
    return row


def qualtrics(answered: Answered, words: str) -> Row:
    """Numeric values, or choice texts in the language ``words``; several answers in one cell."""
    row = {
        "StartDate": "2023-05-02 10:01:12", "EndDate": "2023-05-02 10:11:12", "Status": "0",
        "IPAddress": "", "Progress": "100", "Duration (in seconds)": "600", "Finished": "1",
        "RecordedDate": "2023-05-02 10:11:13", "ResponseId": answered.respondent,
        "DistributionChannel": "anonymous", "UserLanguage": (words or "fr").upper(),
    }  # fmt: skip
    if words:
        row |= {"Status": "IP Address", "Finished": "True"}
    for block in answered.questionnaire.blocks:
        for place, item in enumerate(block.items, start=1):
            said = answered.item_in_words(item.id, words) if words else answered.item(item.id)
            row[f"{block.id}_{place}"] = said
    for question in answered.questionnaire.respondent:
        values = {code: str(at) for at, code in enumerate(question.choice_codes, start=1)}
        shown = {code: question.choice(code).in_(words) if words else value
                 for code, value in values.items()}  # fmt: skip
        if question.type == "multiple":
            ticked = answered.ticked(question) or ()
            row[question.id] = ",".join(shown[code] for code in ticked)
        elif question.type == "rank":
            ranked = answered.ranked(question)
            for code, value in values.items():
                rank = str(ranked.index(code) + 1) if code in ranked else ""
                row[f"{question.id}_{value}"] = rank
        elif question.type == "single":
            code = answered.said(question.id)
            row[question.id] = shown[code] if code else ""
        else:
            row[question.id] = answered.said(question.id)
        for choice in question.worded_choices:
            name = f"{question.id}_{choice.code}_text"
            row[name] = answered.said(f"{question.id}:{choice.code}:text")
    return row


def surveymonkey(answered: Answered, words: str) -> Row:
    """Questions on the first row of the header, what they are about on the second."""
    part = {"fr": "Réponse", "en": "Response"}[words]
    row = {
        "Respondent ID": answered.respondent, "Collector ID": "77",
        "Start Date": "05/02/2023 09:55:12 AM", "End Date": "05/02/2023 10:05:12 AM",
        "IP Address": "", "Email Address": "", "First Name": "", "Last Name": "",
        "Custom Data 1": "",
    }  # fmt: skip
    for block in answered.questionnaire.blocks:
        title = (block.intro or block.title).in_(words)
        for item in block.items:
            row[f"{title}||{item.in_(words)}"] = answered.item_in_words(item.id, words)
    for question in answered.questionnaire.respondent:
        title = question.in_(words)
        if question.type == "multiple":
            ticked = answered.ticked(question) or ()
            for choice in question.choices:
                name = choice.in_(words)
                said = name if choice.code in ticked else ""
                if choice.text:
                    said = answered.said(f"{question.id}:{choice.code}:text")
                row[f"{title}||{name}"] = said
        elif question.type == "rank":
            ranked = answered.ranked(question)
            for choice in question.choices:
                rank = str(ranked.index(choice.code) + 1) if choice.code in ranked else ""
                row[f"{title}||{choice.in_(words)}"] = rank
        elif question.type == "single":
            code = answered.said(question.id)
            own = bool(code) and question.choice(code).text
            row[f"{title}||{part}"] = "" if own or not code else question.choice(code).in_(words)
            for choice in question.worded_choices:
                said = answered.said(f"{question.id}:{choice.code}:text")
                row[f"{title}||{choice.in_(words)}"] = said
        else:
            row[f"{title}||{'Open-Ended Response' if words == 'en' else 'Réponse libre'}"] = (
                answered.said(question.id)
            )
    return row


def _own_or_label(
    answered: Answered, question: Question, codes: list[str], words: str
) -> list[str]:
    """The words of the choices, those of one's own in the place of "Other: ..."."""
    return [
        answered.said(f"{question.id}:{code}:text")
        if question.choice(code).text
        else question.choice(code).in_(words)
        for code in codes
    ]


def microsoft_forms(answered: Answered, words: str) -> Row:
    """Wordings above, statements alone for a Likert question; several answers end in ";"."""
    named = {
        "en": ("ID", "Start time", "Completion time", "Email", "Name"),
        "fr": ("ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom"),
    }[words]
    cells = (answered.respondent, "5/2/23 10:01:12", "5/2/23 10:11:12", "anonymous", "")
    row = dict(zip(named, cells, strict=True))
    for item in answered.questionnaire.items:
        text = answered.questionnaire.items[item].in_(words)
        row[text] = answered.item_in_words(item, words)
    for question in answered.questionnaire.respondent:
        codes = (answered.ticked(question) or []) if question.type == "multiple" else []
        if question.type == "rank":
            codes = answered.ranked(question)
        if question.type == "single" and (code := answered.said(question.id)):
            codes = [code]
        said = "".join(f"{each};" for each in _own_or_label(answered, question, codes, words))
        if question.type == "single":
            said = said.removesuffix(";")
        chosen = question.type in ("single", "multiple", "rank")
        row[question.in_(words)] = said if chosen else answered.said(question.id)
    return row


def sphinx(answered: Answered, words: str) -> Row:
    """Names of variables above, words in the cells, several answers joined by ";"."""
    row = {"CLE": answered.respondent}
    for item in answered.questionnaire.items:
        row[item.upper()] = answered.item_in_words(item, words)
    for question in answered.questionnaire.respondent:
        codes = (answered.ticked(question) or []) if question.type == "multiple" else []
        if question.type == "rank":
            codes = answered.ranked(question)
        if question.type == "single" and (code := answered.said(question.id)):
            codes = [code]
        chosen = question.type in ("single", "multiple", "rank")
        said = ";".join(_own_or_label(answered, question, codes, words))
        row[question.id.upper()] = said if chosen else answered.said(question.id)
    return row | {
        "DATE_SAISIE": "02/05/2023 10:11:12", "DATE_ENREG": "02/05/2023 10:11:12",
        "DATE_MODIF": "", "TEMPS_SAISIE": "600", "ORIGINE_SAISIE": "Internet",
        "LANGUE_SAISIE": words.upper(), "APPAREIL_SAISIE": "Ordinateur", "PROGRESSION": "Terminé",
        "DERNIERE_QUESTION_SAISIE": "WISH",
    }  # fmt: skip


def redcap_labels(answered: Answered, words: str) -> Row:
    """Field labels above, "Tools (choice=E-mail)", labels in the cells."""
    row = {"Record ID": answered.respondent, "Survey Identifier": "",
           "Survey Timestamp": "2023-05-02 10:11:12"}  # fmt: skip
    for item in answered.questionnaire.items:
        text = answered.questionnaire.items[item].in_(words)
        row[text] = answered.item_in_words(item, words)
    for question in answered.questionnaire.respondent:
        name = question.in_(words)
        if question.type == "multiple":
            ticked = answered.ticked(question) or ()
            for choice in question.choices:
                said = "Checked" if choice.code in ticked else "Unchecked"
                row[f"{name} (choice={choice.in_(words)})"] = said
        elif question.type == "rank":
            ranked = answered.ranked(question)
            for choice in question.choices:
                rank = str(ranked.index(choice.code) + 1) if choice.code in ranked else ""
                row[choice.in_(words)] = rank
        elif question.type == "single":
            code = answered.said(question.id)
            row[name] = question.choice(code).in_(words) if code else ""
        else:
            row[name] = answered.said(question.id)
        for choice in question.worded_choices:
            said = answered.said(f"{question.id}:{choice.code}:text")
            label = word("own_words", words, choice=choice.in_(words).rstrip(" .:\u00a0"))
            while label in row:  # a heading of our table stands once
                label += " "
            row[label] = said
    return {**row, "Complete?": "Complete"}


def _kobo_labels(joint: str, *, separate: bool) -> Callable[[Answered, str], Row]:
    """Labels above and in the cells, each group before its questions."""

    def written(answered: Answered, words: str) -> Row:
        row = {"start": "2023-05-02T10:01:12.000+02:00", "end": "2023-05-02T10:11:12.000+02:00"}
        for block in answered.questionnaire.blocks:
            for item in block.items:
                said = answered.item_in_words(item.id, words)
                row[f"{block.title.in_(words)}{joint}{item.in_(words)}"] = said
        for question in answered.questionnaire.respondent:
            name = f"{word('about_you', words)}{joint}{question.in_(words)}"
            if question.type == "multiple":
                ticked = answered.ticked(question)
                row[name] = " ".join(question.choice(code).in_(words) for code in ticked or ())
                for choice in question.choices if separate else ():
                    said = "" if ticked is None else str(int(choice.code in ticked))
                    row[f"{name}{joint}{choice.in_(words)}"] = said
            elif question.type == "rank":
                ranked = answered.ranked(question)
                row[name] = " ".join(question.choice(code).in_(words) for code in ranked)
            elif question.type == "single":
                code = answered.said(question.id)
                row[name] = question.choice(code).in_(words) if code else ""
            else:
                row[name] = answered.said(question.id)
            for choice in question.worded_choices:
                said = answered.said(f"{question.id}:{choice.code}:text")
                label = word("own_words", words, choice=choice.in_(words).rstrip(" .:\u00a0"))
                group = word("about_you", words)
                name = f"{group}{joint}{label}"
                row[name if name not in row else f"{name} "] = said
        return {**row, "_id": answered.respondent, "_uuid": "u",
                "_submission_time": "2023-05-02T08:11:20", "_validation_status": "",
                "_notes": "", "_status": "submitted_via_web", "_submitted_by": "",
                "__version__": "v1", "_tags": "", "_index": "1"}  # fmt: skip

    return written


EXPORTS: dict[str, Callable[[Answered, str], Row]] = {
    "LimeSurvey": limesurvey,
    "REDCap": redcap,
    "KoboToolbox": _odk("/"),
    "ODK": _odk("-"),
    "Google Forms": google_forms,
    "Qualtrics": qualtrics,
    "SurveyMonkey": surveymonkey,
    "Microsoft Forms": microsoft_forms,
    "Sphinx": sphinx,
    "REDCap, labels": redcap_labels,
    "KoboToolbox, labels": _kobo_labels("/", separate=True),
    "KoboToolbox, labels in one cell": _kobo_labels("/", separate=False),
    "KoboToolbox, labels and dots": _kobo_labels(".", separate=True),
}
IN_CODES = ("LimeSurvey", "REDCap", "KoboToolbox", "ODK", "Qualtrics")
IN_WORDS = (
    *("LimeSurvey", "REDCap", "Google Forms", "Qualtrics", "SurveyMonkey", "Microsoft Forms"),
    *("Sphinx", "REDCap, labels", "KoboToolbox, labels", "KoboToolbox, labels in one cell"),
    "KoboToolbox, labels and dots",
)


def export_rows(responses: Responses, platform: str, words: str = "") -> list[Row]:
    """Return the rows of a platform's export, in words of a language or in codes."""
    written = EXPORTS[platform]
    return [written(Answered(responses, str(each)), words) for each in responses.items.index]


def write_export(path: Path, rows: list[Row], platform: str) -> Path:
    """Write the rows as the platform does: Qualtrics has two rows below the headings."""
    text = StringIO()
    parts = [name.partition("||")[::2] for name in rows[0]]
    table = csv.writer(text, lineterminator="\r\n")
    above = [name for name, _ in parts]
    if platform == "SurveyMonkey":  # a question that has several columns stands above the first
        table.writerow(["" if at and name == above[at - 1] else name
                        for at, name in enumerate(above)])  # fmt: skip
        table.writerow([part for _, part in parts])
    else:
        table.writerow([name.rstrip() for name in above])
    if platform == "Qualtrics":
        table.writerow([f"Text of {name}" for name in above])
        table.writerow([json.dumps({"ImportId": name}) for name in above])
    table.writerows([list(row.values()) for row in rows])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path
