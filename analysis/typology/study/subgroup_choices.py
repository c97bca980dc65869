"""The subgroups and the crossed questions that a study file names, against the questionnaire."""

from __future__ import annotations

from collections.abc import Iterator

from typology.problems import Problem
from typology.questionnaire import Question, Questionnaire
from typology.questionnaire.characteristics import band_codes
from typology.study.sections import StudyFile
from typology.words.phrases import all_of, phrase
from typology.words.spelling import did_you_mean


def subgroup_answers(question: Question) -> tuple[str, ...]:
    """Return the codes of the answers to a single choice, or of the bands of a number."""
    if question.type == "single":
        return tuple(str(each) for each in question.choice_codes)
    if question.type == "number" and question.bands:
        return tuple(band_codes(question.bands))
    return ()


def subgroup_problems(
    choices: StudyFile, questionnaire: Questionnaire, *, where: str
) -> list[Problem]:
    """Return everything that the keys ``subgroups`` and ``crossed`` name and that is not there.

    Questions that are unknown or offer no answers to choose among, answers that they do not offer,
    a question crossed with itself.
    """
    return [
        *_subgroups(choices, questionnaire, f"{where} › subgroups"),
        *_crossed(choices, questionnaire, f"{where} › crossed"),
    ]


def _subgroups(choices: StudyFile, questionnaire: Questionnaire, where: str) -> Iterator[Problem]:
    for name, answers in choices.subgroups.items():
        unfit = list(_unfit(name, questionnaire, where))
        yield from unfit
        if unfit:
            continue
        codes = subgroup_answers(questionnaire.question(name))
        for answer in answers:
            if answer not in codes:
                expected = phrase(
                    "an answer to {question} ({names})", question=name, names=", ".join(codes)
                )
                remedy = did_you_mean(answer, codes) or phrase("Name one of these answers.")
                yield Problem("", "", answer, expected, remedy, f"{where} › {name}")


def _crossed(choices: StudyFile, questionnaire: Questionnaire, where: str) -> Iterator[Problem]:
    named: tuple[str, ...] = choices.crossed or ()
    for name in dict.fromkeys(named):
        yield from _unfit(name, questionnaire, where)
    if named and len(set(named)) < len(named):
        expected, remedy = phrase("two different questions"), phrase("Name another one.")
        yield Problem("", "", named[0], expected, remedy, where)


def _unfit(name: str, questionnaire: Questionnaire, where: str) -> Iterator[Problem]:
    known = [each.id for each in questionnaire.respondent if subgroup_answers(each)]
    if name in known:
        return
    names = all_of(known)
    expected = phrase("a question with a single choice, or a number with bands ({names})",
                      names=names)  # fmt: skip
    remedy = did_you_mean(name, known) or (
        phrase("Name another one, or remove it.") if known else phrase("Remove it.")
    )
    yield Problem("", "", name, expected, remedy, where)
