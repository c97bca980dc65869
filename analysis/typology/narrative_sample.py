"""What the documents say of the sample: what a reader has to know before believing its types."""

from __future__ import annotations

from typology.findings import Tables
from typology.labels import Labels
from typology.sample_warnings import TABLE, warning_sentences
from typology.tables.markdown import escape_markdown
from typology.words import word


def sample_limits(tables: Tables, labels: Labels) -> str:
    """Return what the sample takes away from the conclusions.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``warnings``.
    labels : Labels

    Returns
    -------
    str
        Empty where there is nothing to say.
    """
    told = warning_sentences(tables[TABLE], labels.language, on_conclusions=True)
    return " ".join(map(escape_markdown, told))


def sample_notes(tables: Tables, labels: Labels) -> str:
    """Return everything to know of the sample, as a list.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``warnings``.
    labels : Labels

    Returns
    -------
    str
        Markdown.
    """
    language = labels.language
    told = warning_sentences(tables[TABLE], language, remedies=True)
    if not told:
        return word("warnings_none", language)
    return "\n".join(f"- {escape_markdown(sentence)}" for sentence in told)
