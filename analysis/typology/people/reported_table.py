"""The table of what a survey reported beside what was computed."""

from __future__ import annotations

from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, plain_table
from typology.exhibits.registry import table_exhibit, unasked
from typology.exhibits.run_tables import Tables, text_of
from typology.people.reported_shares import ANSWERS_JOINED


@table_exhibit(
    "reported_shares", needs=("reported_shares",), absent=unasked,
    section="characteristics", place=4,
)  # fmt: skip
def reported_shares_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return each share that was reported, then the computed one with its counts.

    Uses ``reported_shares``.
    """
    table = tables["reported_shares"]
    columns = (
        Column(labels.word("reported_answer"), "left"),
        Column(labels.word("reported_within"), "left"),
        Column(labels.word("percent_sign"), spanner=labels.word("reported_column")),
        Column(labels.word("reported_counts"), spanner=labels.word("reported_computed")),
        Column(labels.word("percent_sign"), spanner=labels.word("reported_computed")),
    )
    rows = [
        (
            _answers(str(row["variable"]), text_of(row["answers"]), labels),
            _within(text_of(row["within"]), labels),
            labels.number(row["reported"], int(row["decimals"])),
            f"{row['n']}/{row['base']}",
            labels.number(row["computed"], int(row["decimals"]))
            + ("" if row["reproduced"] else " *"),
        )
        for row in table.to_dict("records")
    ]
    apart = int((~table["reproduced"].astype(bool)).sum())
    source = str(table[f"source_{labels.language}"].iloc[0])
    return plain_table(
        columns,
        rows,
        labels.word("reported_note", source=source),
        labels.word("reported_apart", plural=apart, count=apart) if apart else "",
    )


def _answers(variable: str, answers: str, labels: Labels) -> str:
    """Return a question with the answers that a share counts."""
    said = [_answer(variable, answer, labels) for answer in answers.split(ANSWERS_JOINED)]
    return labels.word(
        "reported_question",
        question=labels.short(variable),
        answers=labels.word("reported_or").join(said),
    )


def _answer(variable: str, answer: str, labels: Labels) -> str:
    question = labels.questionnaire.questions.get(variable)
    if question is not None and question.type != "single":
        return labels.short(f"{variable}:{answer}")
    return labels.answer(variable, answer)


def _within(within: str, labels: Labels) -> str:
    """Return among whom a share is, "all" where it is of everybody."""
    if not within:
        return labels.word("reported_all")
    parts = [each.partition("=") for each in within.split(ANSWERS_JOINED)]
    said = [_answer(name, answer, labels) for name, _, answer in parts]
    return labels.word("reported_or").join(said)
