"""What a form says on paper, in a document or on a page: how to answer, and where."""

from __future__ import annotations

from typology.documents.blank_questionnaire import BLANK
from typology.questionnaire import Language
from typology.questionnaire.forms.form import FormQuestion, Option
from typology.tools.forms.asked import instruction
from typology.words import word

DATE_BLANK = "__ / __ / ____"


def choice_in_words(option: Option, language: Language) -> str:
    """Return the words of a choice on paper, with room for those of one's own."""
    if not option.worded:
        return option.text.in_(language)
    return f"{word('own_words', language, choice=option.name(language))} {BLANK}"


def how_to_answer(question: FormQuestion, language: Language) -> str:
    """Return what is said after a question; "" where nothing need be."""
    if question.kind == "single":
        return word("tick_one", language)
    if question.kind == "date":
        return word("date_blank", language)
    return instruction(question, language)
