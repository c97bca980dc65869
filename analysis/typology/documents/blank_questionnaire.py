"""The blank questionnaire, as respondents see it."""

from __future__ import annotations

from collections.abc import Iterator

from typology.questionnaire import Block, Question, Questionnaire
from typology.questionnaire.questionnaire import Choice
from typology.words import number, word
from typology.words.markdown import escape_markdown

BOX = "☐"
BLANK = "." * 24
_DATE_BLANK = r"\_\_ / \_\_ / \_\_\_\_"
_WORDING_WIDTH = 50  # percent of the page; the points of the scale share the rest
_GAP = "\u2003"


def blank_questionnaires(questionnaire: Questionnaire) -> str:
    """Return the questionnaire in each of its languages: tabs on a web page, parts elsewhere.

    With one language there is nothing to choose, and no tab.
    """
    if len(questionnaire.languages) == 1:
        [language] = questionnaire.languages
        return (
            f"::: {{.questionnaire lang={language}}}\n\n{_typst_language(language)}"
            f"{blank_questionnaire(questionnaire, language)}\n:::\n"
        )
    parts = [
        f"# {word('language', language, language)}\n\n"
        f"::: {{lang={language}}}\n\n{_typst_language(language)}"
        f"{blank_questionnaire(questionnaire, language)}\n:::"
        for language in questionnaire.languages
    ]
    tabs = "\n\n{{< pagebreak >}}\n\n".join(parts)
    return f"::: {{.panel-tabset .questionnaire}}\n\n{tabs}\n\n:::\n"


def blank_questionnaire(questionnaire: Questionnaire, language: str) -> str:
    """Return a questionnaire to fill in, in one of its languages, as Markdown.

    The subject, then each block as a table of boxes, its scale and what stands beside it ("don't
    know"), then the questions on the respondent. Items and questions are numbered through.
    """
    parts = [f"**{escape_markdown(questionnaire.title.in_(language))}**"]
    if questionnaire.about is not None:
        parts.append(escape_markdown(questionnaire.about.in_(language)))
    first = 1
    for block in questionnaire.blocks:
        parts += _block(questionnaire, block, language, first=first)
        first += len(block.items)
    if questionnaire.respondent:
        parts.append(f"## {word('about_you', language)}")
        parts += [
            _question(question, language, place=place)
            for place, question in enumerate(questionnaire.respondent, start=first)
        ]
    return "\n\n".join(parts) + "\n"


def _typst_language(language: str) -> str:
    """Return what makes a PDF quote and hyphenate as the language does, whatever the page's."""
    return f'```{{=typst}}\n#set text(lang: "{language}")\n```\n\n'


def _block(
    questionnaire: Questionnaire, block: Block, language: str, *, first: int
) -> Iterator[str]:
    asked = questionnaire.scales[block.scale]
    beside = [] if asked.no_opinion is None else [asked.no_opinion.in_(language)]
    scale = [escape_markdown(label) for label in (*asked.labels(language), *beside)]
    yield f"## {escape_markdown(block.title.in_(language))}"
    intro = block.intro.in_(language) if block.intro is not None else ""
    tick = word("tick_one_a_line", language)
    yield f"{escape_markdown(intro)} *{tick}*".strip()
    rows = [
        [f"{place}. {escape_markdown(item.in_(language))}", *[BOX] * len(scale)]
        for place, item in enumerate(block.items, start=first)
    ]
    lines = [[word("item", language), *scale], [":---", *[":---:"] * len(scale)], *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    width = (100 - _WORDING_WIDTH) / len(scale)
    widths = ",".join([str(_WORDING_WIDTH), *[f"{width:.4g}"] * len(scale)])
    yield f'{table}\n\n: {{tbl-colwidths="[{widths}]"}}'


def _question(question: Question, language: str, *, place: int) -> str:
    asked = f"**{place}\\.** {escape_markdown(question.in_(language))}"
    choices = [_choice(choice, language) for choice in question.choices]
    if question.type == "number":
        unit = question.unit.in_(language) if question.unit is not None else ""
        return f"{asked} {BLANK} {escape_markdown(unit)}".rstrip()
    if question.type == "date":
        return f"{asked} *{word('date_blank', language)}* {_DATE_BLANK}"
    if question.type == "text":
        return f"{asked}\n\n{BLANK * 4}"
    if question.type == "rank":
        told = word("rank_all", language, last=number(len(choices), language, 0))
        return f"{asked} *{told}*\n\n" + _GAP.join(f"...... {choice}" for choice in choices)
    told = word("tick_several" if question.type == "multiple" else "tick_one", language)
    return f"{asked} *{told}*\n\n" + _GAP.join(f"{BOX}\u00a0{choice}" for choice in choices)


def _choice(choice: Choice, language: str) -> str:
    """Return the words of a choice, with room for those of one's own."""
    if not choice.text:
        return escape_markdown(choice.in_(language))
    colon = word("own_words", language, choice=choice.name_in(language))
    return f"{escape_markdown(colon)} {BLANK}"
