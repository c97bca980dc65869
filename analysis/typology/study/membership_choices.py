"""What a study file says of the models of membership, against the questionnaire it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from typology.problems import Problem
from typology.questionnaire import Question, Questionnaire
from typology.study.sections import StudyFile
from typology.words.phrases import Phrase, all_of, phrase
from typology.words.spelling import did_you_mean

MODELLED = ("single", "number")
"""Types of questions that a model of membership takes."""


def modelled_questions(questionnaire: Questionnaire) -> list[str]:
    """Return the questions on the respondent that a model of membership takes, in their order."""
    return [each.id for each in questionnaire.respondent if each.type in MODELLED]


def membership_problems(
    choices: StudyFile, questionnaire: Questionnaire, *, where: str
) -> list[Problem]:
    """Return everything that the key ``models`` of a study file names and that is not there.

    Questions that are unknown, of another type or named twice; a reference that is no type and no
    class; answers that their question does not offer.
    """
    return [
        *_characteristics(choices, questionnaire, f"{where} › models › characteristics"),
        *_reference(choices, f"{where} › models › reference"),
        *_reference_answers(choices, questionnaire, f"{where} › models › reference_answers"),
    ]


def _characteristics(
    choices: StudyFile, questionnaire: Questionnaire, where: str
) -> Iterator[Problem]:
    named = choices.models.characteristics or ()
    for name in dict.fromkeys(named):
        yield from _unfit(name, questionnaire, where)
        if named.count(name) > 1:
            expected, remedy = phrase("each question once"), phrase("Name it once.")
            yield Problem("", "", name, expected, remedy, where)


def _unfit(name: str, questionnaire: Questionnaire, where: str) -> Iterator[Problem]:
    known = modelled_questions(questionnaire)
    if name in known:
        return
    names = all_of(known)
    if name in questionnaire.questions:
        expected = phrase("a question with a single choice, or a number ({names})", names=names)
        remedy = _another(known)
    else:
        expected = phrase("a question on the respondent ({names})", names=names)
        remedy = did_you_mean(name, known) or _another(known)
    yield Problem("", "", name, expected, remedy, where)


def _another(known: Sequence[str]) -> Phrase:
    return phrase("Name another one, or remove it.") if known else phrase("Remove it.")


def _reference(choices: StudyFile, where: str) -> Iterator[Problem]:
    reference = choices.models.reference
    types = [each.id for each in choices.types]
    if isinstance(reference, str) and reference not in types:
        names = ", ".join(types)
        expected = phrase("the number of a class")
        if types:
            expected = phrase("a declared type ({names}), or the number of a class", names=names)
        remedy = did_you_mean(reference, types) or phrase("Name one of them.")
        yield Problem("", "", reference, expected, remedy, where)
    number = choices.classes
    if isinstance(reference, int) and isinstance(number, int) and reference > number:
        expected = phrase("a number from {low} to {high}", low=1, high=number)
        yield Problem("", "", str(reference), expected, phrase("Correct it."), where)


def _reference_answers(
    choices: StudyFile, questionnaire: Questionnaire, where: str
) -> Iterator[Problem]:
    single = [each.id for each in questionnaire.respondent if each.type == "single"]
    modelled = choices.models.characteristics
    known = [name for name in single if modelled is None or name in modelled]
    for name, answer in choices.models.reference_answers.items():
        if name not in known:
            names = all_of(known)
            expected = phrase("a characteristic with a single choice ({names})", names=names)
            remedy = did_you_mean(name, known) or _another(known)
            yield Problem("", "", name, expected, remedy, where)
        else:
            yield from _unknown_answer(questionnaire.question(name), answer, f"{where} › {name}")


def _unknown_answer(question: Question, answer: str, where: str) -> Iterator[Problem]:
    codes = question.choice_codes
    if answer not in codes:
        names = ", ".join(codes)
        expected = phrase("an answer to {question} ({names})", question=question.id, names=names)
        remedy = did_you_mean(answer, codes) or phrase("Name one of these answers.")
        yield Problem("", "", answer, expected, remedy, where)
