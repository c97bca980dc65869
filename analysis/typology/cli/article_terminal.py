"""What the command prints of the article: how long it is, and what goes beyond its limits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from typology.problems import InputError

if TYPE_CHECKING:
    from typology.study import Study

FOLDERS = ("quarto", "documents")


def documents_of(study: Study) -> Path | None:
    """Return the folder of the documents of a study, beside its file or one folder up."""
    for top in (study.path.parent, study.path.parent.parent):
        for name in FOLDERS:
            if any((top / name).glob("article-*.qmd")):
                return top / name
    return None


def print_article(console: Console, study: Study) -> None:
    """Print how long the article is in each language, and what goes beyond its limits.

    Nothing where there are no documents, or no current results to fill the article with.
    """
    folder = documents_of(study)
    if folder is None or study.other_responses or not study.results_path.is_dir():
        return
    # Slow to import, and only needed where there is an article.
    from typology.documents import open_document  # noqa: PLC0415
    from typology.documents.article.length_table import length_sentence, too_long  # noqa: PLC0415

    try:
        opened = open_document(folder=folder)
    except InputError:
        return
    console.print()
    for language in opened.questionnaire.languages:
        document = opened.in_language(language)
        if told := length_sentence(document):
            console.print(Text(told))
        if told := too_long(document):
            console.print(Text(told, style="yellow"))
