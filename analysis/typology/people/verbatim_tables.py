"""The table of what respondents wrote in their own words."""

from __future__ import annotations

from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, RowGroup
from typology.exhibits.registry import table_exhibit, unasked
from typology.exhibits.run_tables import Tables, text_of
from typology.people.verbatims import SHOWN, THEMES_JOINED


@table_exhibit(
    "verbatims", needs=("verbatims",), absent=unasked, section="characteristics", place=3,
    scrolling=True,
)  # fmt: skip
def verbatims_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return some of what the respondents of each type wrote, drawn at random, by question.

    Type, text as it was written, themes that it was coded under. Uses ``verbatims`` and
    ``classes``.
    """
    table = tables["verbatims"]
    kinds = dict(zip(tables["classes"]["class"], tables["classes"]["type"], strict=True))
    themed = bool((table["themes"].map(text_of) != "").any())
    columns = [Column(labels.word("verbatims_type"), "left"),
               Column(labels.word("verbatims_text"), "left")]  # fmt: skip
    if themed:
        columns.append(Column(labels.word("verbatims_themes"), "left"))
    groups = []
    for variable, rows in table[table["shown"].astype(bool)].groupby("variable", sort=False):
        cells = [
            (
                labels.type(text_of(kinds[row["class"]]), int(row["class"])),
                labels.word("narrative_quote", text=row["text"]),
                *([theme_words(str(variable), row["themes"], labels)] if themed else []),
            )
            for row in rows.to_dict("records")
        ]
        count = int((table["variable"] == variable).sum())
        title = labels.word(
            "verbatims_of",
            plural=count,
            question=question_words(str(variable), labels),
            count=labels.number(count, 0),
        )
        groups.append(RowGroup(title, tuple(cells)))
    note = labels.word("verbatims_note", most=SHOWN)
    return PaperTable(tuple(columns), tuple(groups), (note,))


def question_words(variable: str, labels: Labels) -> str:
    """Return the short label of a question, with its choice for what follows "Other: ..."."""
    question, _, choice = variable.partition(":")
    if not choice:
        return labels.short(variable)
    return labels.word(
        "characteristic_choice", question=labels.short(question), choice=labels.short(variable)
    )


def theme_words(variable: str, themes: object, labels: Labels) -> str:
    """Return the themes of a text in words."""
    codes = [code for code in text_of(themes).split(THEMES_JOINED) if code]
    return "; ".join(labels.short(f"{variable}:{code}") for code in codes)
