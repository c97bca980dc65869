"""Whether a paper is written in the languages of its questionnaire."""

from __future__ import annotations

from typology.problems import Problem
from typology.questionnaire import LANGUAGES, Questionnaire, Text
from typology.study.paper.declared import Keywords, Paper, TextFiles
from typology.words.phrases import phrase


def language_problems(paper: Paper, questionnaire: Questionnaire, *, where: str) -> list[Problem]:
    """Return what is written in a language that the questionnaire does not have.

    What is not written in one that it has is no problem: the article shows it as to be written.
    """
    spoken = questionnaire.languages
    said = {key: text for key, text in paper if isinstance(text, Text | Keywords | TextFiles)}
    return [
        Problem(
            "", "", language,
            phrase("a language of the questionnaire ({names})", names=", ".join(spoken)),
            phrase("Remove it: no page would show it."),
            f"{where} › paper › {key}",
        )
        for key, text in said.items()
        for language in LANGUAGES
        if language not in spoken and getattr(text, language)
    ]  # fmt: skip
