"""What the documents say of the sample: what a reader has to know before believing its types."""

from __future__ import annotations

from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables
from typology.people.sample_warnings import TABLE, warning_sentences
from typology.words.markdown import escape_markdown


def sample_limits(tables: Tables, labels: Labels) -> str:
    """Return what the sample takes away from the conclusions.

    Empty where there is nothing to say. Uses ``warnings``.
    """
    told = warning_sentences(tables[TABLE], labels.language, on_conclusions=True)
    return " ".join(map(escape_markdown, told))


def sample_notes(tables: Tables, labels: Labels) -> str:
    """Return everything to know of the sample, as a list.

    Markdown. Uses ``warnings``.
    """
    language = labels.language
    told = warning_sentences(tables[TABLE], language, remedies=True)
    if not told:
        return labels.word("warnings_none")
    return "\n".join(f"- {escape_markdown(sentence)}" for sentence in told)
