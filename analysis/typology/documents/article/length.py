"""How long an article is, and where it goes beyond what its journal takes."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from typology.documents.article.filled import FilledArticle, filled_article
from typology.study.paper import LIMITED, Journal

if TYPE_CHECKING:
    from typology.documents.document import Document

_CITATION = re.compile(r"\[-?@[^\]]*\]")
_KEY = re.compile(r"@([A-Za-z_][\w:.#$%&+?<>~/-]*\w)")
_CROSS_REFERENCE = re.compile(r"@(?:tbl|fig|sec)-[\w-]+")
_NOT_WORDS = (
    re.compile(r"\]\([^)]*\)"),  # addresses of links
    re.compile(r"\{[^}\n]*\}"),
    re.compile(r"^:{3,}.*$", re.MULTILINE),
    re.compile(r"<!--.*?-->", re.DOTALL),
)


@dataclass(frozen=True)
class ArticleLength:
    """Words of the abstract and of the text, tables and figures, keywords, references."""

    abstract: int
    text: int
    exhibits: int
    keywords: int
    references: int

    def over(self, journal: Journal) -> tuple[str, ...]:
        """Return what goes beyond a limit of the journal, by the names of the limits."""
        return tuple(key for key in LIMITED if getattr(self, key) > journal.limits[key])

    def of(self, key: str) -> int:
        """Return one of the lengths by the name of its limit."""
        return int(asdict(self)[key])


def article_length(document: Document) -> ArticleLength | None:
    """Return how long the article is in the language of a document; None without its page."""
    article = filled_article(document)
    if article is None:
        return None
    keywords = document.study.choices.paper.keywords.in_(document.language)
    return ArticleLength(
        abstract=words_in(article.abstract),
        text=words_in(article.text),
        exhibits=article.exhibits,
        keywords=len(keywords),
        references=len(_cited(article)),
    )


def words_in(markdown: str) -> int:
    """Return how many words a reader counts in Markdown.

    What has no letter or digit is no word; citations and attributes are left out, and numbers in
    groups of three digits are one word.

    >>> words_in("Of **1\N{NARROW NO-BREAK SPACE}200** GPs [@a1999], 62 % : *four* [types](x.qmd).")
    6
    """
    text = _CROSS_REFERENCE.sub("cited", _CITATION.sub("", markdown))
    for pattern in _NOT_WORDS:
        text = pattern.sub(" ", text)
    text = text.replace("\N{NARROW NO-BREAK SPACE}", "")
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def _cited(article: FilledArticle) -> set[str]:
    both = _CROSS_REFERENCE.sub("", f"{article.abstract}\n{article.text}")
    return {key for found in _CITATION.findall(both) for key in _KEY.findall(found)} | set(
        re.findall(r"(?<![\w.\[;-])@([A-Za-z][\w:-]*)", both)
    )
